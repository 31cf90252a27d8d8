import { WebSocket } from 'ws'

export interface SocketTarget {
  readonly url: string
  readonly subprotocol: string | undefined
  /** The Authorization header. */
  readonly authorization: string | undefined
}
export interface SocketEvents {
  readonly opened: () => void
  readonly message: (text: string) => void
  /** Once, after opened or without it. */
  readonly closed: (reason: string) => void
  readonly pong: () => void
  /** The upgrade was answered with an HTTP status; closed follows. */
  readonly refused: (status: number) => void
}
export interface Socket {
  readonly send: (text: string) => void
  readonly ping: () => void
  readonly close: () => void
  /** As if the cable were cut. */
  readonly cut: () => void
}
/** The network as an argument. */
export type Connect = (target: SocketTarget, events: SocketEvents) => Socket

/** The real network: a WebSocket without compression. */
export const connectWebSocket: Connect = ({ url, subprotocol, authorization }, events) => {
  const socket = new WebSocket(url, subprotocol === undefined ? [] : [subprotocol], {
    perMessageDeflate: false,
    handshakeTimeout: 10_000,
    ...(authorization !== undefined && { headers: { authorization } }),
  })
  let reason = ''
  socket.on('open', events.opened)
  socket.on('pong', events.pong)
  socket.on('message', (data) => events.message(data.toString()))
  socket.on('unexpected-response', (_request, response) => {
    reason = `HTTP ${response.statusCode}`
    events.refused(response.statusCode ?? 0)
    socket.terminate()
  })
  socket.on('error', (error) => {
    reason ||= error.message
  })
  socket.on('close', (code, text) => events.closed(reason || `${code} ${text.toString()}`.trim()))
  return {
    send: (text) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(text)
    },
    ping: () => {
      if (socket.readyState === WebSocket.OPEN) socket.ping()
    },
    close: () => socket.close(1000),
    cut: () => socket.terminate(),
  }
}
