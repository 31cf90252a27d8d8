// The bare peer: a `ws` server that sends every frame back, and does nothing else.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocketServer } from 'ws'
import { serveParent } from './child.ts'
import { residentKb } from './processes.ts'

const server = new WebSocketServer({
  host: '127.0.0.1',
  port: 0,
  clientTracking: false,
  perMessageDeflate: false,
  handleProtocols: ([first]) => first ?? false,
})
server.on('connection', (socket) => {
  socket.on('message', (data) => socket.send(data.toString()))
})
await once(server, 'listening')
const { port } = server.address() as AddressInfo

const calls = {
  address: async (_: undefined) => ({ url: `ws://127.0.0.1:${port}/` }),
  residentKb: async (_: undefined) => {
    globalThis.gc?.()
    return residentKb(process.pid)
  },
}
export type EchoCalls = typeof calls

serveParent(calls, async () => {
  server.close()
})
