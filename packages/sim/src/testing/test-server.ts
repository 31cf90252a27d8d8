import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type WebSocket, WebSocketServer } from 'ws'
import { type JsonObject, objectOf } from '../json.ts'

export interface ReceivedCall {
  readonly identity: string
  readonly messageId: string
  readonly action: string
  readonly payload: JsonObject
}
type TestAnswer = object | 'silent' | 'error' | undefined
export interface TestServerOptions {
  readonly port: number
  /** The payload of the answer, or 'silent' for none, or 'error' for a CALLERROR. */
  readonly answer?: ((call: ReceivedCall) => TestAnswer | Promise<TestAnswer>) | undefined
  readonly admit?: (request: IncomingMessage) => number
}
export interface TestServer {
  readonly url: string
  readonly calls: ReceivedCall[]
  readonly of: (action: string) => readonly JsonObject[]
  readonly upgrades: { readonly authorization: string | undefined; readonly protocol: string | undefined; readonly path: string }[]
  /** Every text frame as it came. */
  readonly raw: string[]
  readonly send: (identity: string, action: string, payload: object) => Promise<JsonObject>
  readonly cutAll: () => void
  /** While false, new links are refused with 503. */
  open: boolean
  readonly close: () => Promise<void>
}

let transactions = 0
const DEFAULT: Readonly<Record<string, () => object>> = {
  BootNotification: () => ({ status: 'Accepted', currentTime: '2026-03-02T07:00:00Z', interval: 300 }),
  Heartbeat: () => ({ currentTime: '2026-03-02T07:00:00Z' }),
  Authorize: () => ({ idTagInfo: { status: 'Accepted' }, idTokenInfo: { status: 'Accepted' } }),
  StartTransaction: () => ({ transactionId: ++transactions, idTagInfo: { status: 'Accepted' } }),
  TransactionEvent: () => ({ idTokenInfo: { status: 'Accepted' } }),
}

/** The smallest server that a station can talk to: answers everything, remembers everything, checks nothing. */
export async function startTestServer({ port, answer, admit }: TestServerOptions): Promise<TestServer> {
  const http = createServer()
  const sockets = new Map<string, WebSocket>()
  const waiting = new Map<string, (payload: JsonObject) => void>()
  const webSockets = new WebSocketServer({ noServer: true, handleProtocols: (offered) => [...offered][0] ?? false })
  const server: TestServer = {
    url: '',
    calls: [],
    upgrades: [],
    raw: [],
    open: true,
    of: (action) => server.calls.filter((call) => call.action === action).map(({ payload }) => payload),
    send: (identity, action, payload) =>
      new Promise((resolve) => {
        const id = `s${waiting.size}-${Math.random()}`
        waiting.set(id, resolve)
        sockets.get(identity)?.send(JSON.stringify([2, id, action, payload]))
      }),
    cutAll: () => {
      for (const socket of sockets.values()) socket.terminate()
    },
    close: async () => {
      server.cutAll()
      await new Promise((resolve) => http.close(resolve))
    },
  }
  const receive = (identity: string, socket: WebSocket, text: string): void => {
    server.raw.push(text)
    let frame: unknown[]
    try {
      frame = JSON.parse(text)
    } catch {
      return
    }
    const [type, messageId, third, fourth] = frame
    if (type !== 2) {
      waiting.get(String(messageId))?.(type === 3 ? objectOf(third) : { callError: third, description: fourth })
      return
    }
    const call = { identity, messageId: String(messageId), action: String(third), payload: objectOf(fourth) }
    server.calls.push(call)
    const reply = (answered: TestAnswer) => {
      const response = answered ?? DEFAULT[call.action]?.() ?? {}
      if (response === 'silent') return
      socket.send(JSON.stringify(response === 'error' ? [4, messageId, 'InternalError', 'no', {}] : [3, messageId, response]))
    }
    const answered = answer?.(call)
    if (answered instanceof Promise) void answered.then(reply)
    else reply(answered)
  }
  http.on('upgrade', (request, socket, head) => {
    const status = server.open ? (admit?.(request) ?? 101) : 503
    const { authorization, 'sec-websocket-protocol': protocol } = request.headers
    server.upgrades.push({ authorization, protocol, path: request.url ?? '' })
    if (status !== 101) return socket.end(`HTTP/1.1 ${status} no\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`)
    webSockets.handleUpgrade(request, socket, head, (link) => {
      const identity = decodeURIComponent((request.url ?? '').split('/').at(-1) ?? '')
      sockets.set(identity, link)
      link.on('message', (data) => receive(identity, link, data.toString()))
    })
  })
  await new Promise<void>((resolve) => http.listen(port, '127.0.0.1', resolve))
  return Object.assign(server, { url: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/ocpp` })
}
