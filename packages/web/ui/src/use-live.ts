import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'

/** One live change as the server sends it. */
export interface LiveEvent {
  readonly type: string
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
  readonly at: string
}

/** Whether the stream is heard now. */
export type LiveState = 'connecting' | 'live' | 'lost'
const AGAIN_MS = 5_000

/**
 * Follows a stream of server-sent events. `keysOf` names the query keys that an event makes stale; they are
 * refetched at most every 300 ms, so a burst costs one request. A stream that the server refuses is asked for again.
 */
export const useLive = (url: string, types: readonly string[], keysOf: (event: LiveEvent) => readonly (readonly unknown[])[]) => {
  const queries = useQueryClient()
  const latest = useRef(keysOf)
  latest.current = keysOf
  const names = types.join(' ')
  const [state, setState] = useState<LiveState>('connecting')
  useEffect(() => {
    const stale = new Map<string, readonly unknown[]>()
    let timer: ReturnType<typeof setTimeout> | undefined
    const flush = () => {
      timer = undefined
      for (const queryKey of stale.values()) void queries.invalidateQueries({ queryKey })
      stale.clear()
    }
    const hear = (message: MessageEvent<string>) => {
      for (const key of latest.current(JSON.parse(message.data) as LiveEvent)) stale.set(JSON.stringify(key), key)
      timer ??= setTimeout(flush, 300)
    }
    let source: EventSource
    let again: ReturnType<typeof setTimeout> | undefined
    const open = () => {
      source = new EventSource(url, { withCredentials: true })
      source.onopen = () => setState('live')
      source.onerror = () => {
        setState('lost')
        if (source.readyState === EventSource.CLOSED) again = setTimeout(open, AGAIN_MS)
      }
      for (const name of names.split(' ')) source.addEventListener(name, hear)
    }
    open()
    return () => {
      source.close()
      clearTimeout(timer)
      clearTimeout(again)
    }
  }, [url, names, queries])
  return state
}
