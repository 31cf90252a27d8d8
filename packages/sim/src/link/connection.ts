import { type Clock, milliseconds } from '@voltway/units'
import { noPings, pingLine } from './ping-line.ts'
import type { Connect, Socket } from './socket.ts'

export type LinkState = 'connected' | 'connecting' | 'down' | 'refused'

export interface ConnectionOptions {
  readonly connect: Connect
  /** The server's OCPP URL without the identity, e.g. ws://127.0.0.1:8080/ocpp */
  readonly url: string
  readonly identity: string
  readonly authorization: string | undefined
  readonly subprotocol: string | undefined
  /** Real time: networks do not run faster in a simulated world. */
  /** Real seconds between pings, asked anew each time; a ping without pong tears the line. 0 is never. */
  readonly pingSeconds: () => number
  readonly network: Clock
  readonly random: () => number
  readonly backoff: { readonly firstMs: number; readonly longestMs: number }
  readonly onState: (state: LinkState, detail: string) => void
  readonly onText: (text: string) => void
}

export interface Connection {
  readonly state: () => LinkState
  readonly send: (text: string) => void
  readonly up: () => void
  /** Closes and stays down until `up`. `cut` tears the line instead of closing it. */
  readonly down: (how: 'close' | 'cut') => void
  /** Tears the line and lets it come back by itself. */
  readonly reconnect: () => void
}

/** One WebSocket that comes back by itself, later each time and with jitter, so that a fleet does not return in one instant. */
export function openConnection(options: ConnectionOptions): Connection {
  const { network, backoff, random } = options
  let state: LinkState = 'down'
  let wanted = false
  let failures = 0
  let socket: Socket | undefined
  let cancelRetry = () => {}
  let pings = noPings

  const enter = (next: LinkState, detail = ''): void => {
    state = next
    options.onState(next, detail)
  }
  const retryLater = (): void => {
    const longest = Math.min(backoff.longestMs, backoff.firstMs * 2 ** failures)
    failures += 1
    cancelRetry = network.after(milliseconds(longest * (0.5 + random() / 2)), dial)
  }
  const dial = (): void => {
    if (!wanted) return
    enter('connecting')
    let refusedWith: number | undefined
    const mine: Socket = options.connect(
      {
        url: `${options.url}/${encodeURIComponent(options.identity)}`,
        subprotocol: options.subprotocol,
        authorization: options.authorization,
      },
      {
        opened: () => {
          if (socket !== mine) return mine.cut()
          failures = 0
          enter('connected')
          pings = pingLine(mine, options)
        },
        message: (text) => socket === mine && options.onText(text),
        pong: () => pings.pong(),
        refused: (status) => {
          refusedWith = status
        },
        closed: (reason) => {
          if (socket !== mine) return
          socket = undefined
          pings.stop()
          enter(refusedWith === undefined ? 'down' : 'refused', reason)
          if (wanted) retryLater()
        },
      },
    )
    socket = mine
  }
  const leave = (how: 'close' | 'cut'): void => {
    const last = socket
    pings.stop()
    socket = undefined
    if (how === 'cut') last?.cut()
    else last?.close()
    if (state !== 'down') enter('down', how)
  }
  return {
    state: () => state,
    send: (text) => socket?.send(text),
    up: () => {
      if (wanted) return
      wanted = true
      failures = 0
      dial()
    },
    down: (how) => {
      wanted = false
      cancelRetry()
      leave(how)
    },
    reconnect: () => {
      leave('cut')
      if (wanted) retryLater()
    },
  }
}
