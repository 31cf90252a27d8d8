import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'

/** One live change as the server sends it. */
export interface LiveEvent {
  readonly type: string
  readonly subject: string
  readonly data: Readonly<Record<string, unknown>>
  readonly at: string
}

/**
 * Follows a stream of server-sent events. `keysOf` names the query keys that an event makes stale; they are
 * refetched at most every 300 ms, so a burst costs one request.
 */
export const useLive = (url: string, types: readonly string[], keysOf: (event: LiveEvent) => readonly (readonly unknown[])[]) => {
  const queries = useQueryClient()
  const latest = useRef(keysOf)
  latest.current = keysOf
  const names = types.join(' ')
  useEffect(() => {
    const source = new EventSource(url, { withCredentials: true })
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
    for (const name of names.split(' ')) source.addEventListener(name, hear)
    return () => {
      source.close()
      if (timer) clearTimeout(timer)
    }
  }, [url, names, queries])
}
