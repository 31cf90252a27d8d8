import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { WebSocket, WebSocketServer } from 'ws'

/** The actions whose answers say nothing that only the server knows. */
const EARLY = new Set(['MeterValues', 'StopTransaction', 'TransactionEvent'])

type Frame = readonly [type: number, id: string, action?: unknown]

/**
 * What this house must never be: it answers a station before the fact is committed. It stands before an honest server, passes
 * everything on, and swallows the answers that it has given already. The test that cannot see it lose facts is blind.
 * @returns the port it listens on
 */
export const earlyFront = async ({ port, behind }: { readonly port: number; readonly behind: number }): Promise<number> => {
  const front = new WebSocketServer({ host: '127.0.0.1', port, perMessageDeflate: false, handleProtocols: ([first]) => first ?? false })
  front.on('connection', (station, { url = '', headers }) => {
    const server = new WebSocket(`ws://127.0.0.1:${behind}${url}`, station.protocol, {
      headers: { authorization: headers.authorization ?? '' },
      perMessageDeflate: false,
    })
    const answered = new Set<string>()
    const waiting: string[] = []
    const pass = (text: string) => (server.readyState === WebSocket.OPEN ? server.send(text) : waiting.push(text))
    server.on('open', () => waiting.splice(0).forEach(pass))
    station.on('message', (data) => {
      const text = data.toString()
      const [type, id, action]: Frame = JSON.parse(text)
      if (type === 2 && typeof action === 'string' && EARLY.has(action)) {
        answered.add(id)
        station.send(JSON.stringify([3, id, {}]))
      }
      pass(text)
    })
    server.on('message', (data) => {
      const text = data.toString()
      const [type, id]: Frame = JSON.parse(text)
      if (type === 2 || !answered.delete(id)) station.send(text)
    })
    for (const [one, other] of [
      [station, server],
      [server, station],
    ] as const) {
      one.on('error', () => {})
      one.on('close', () => other.terminate())
    }
  })
  await once(front, 'listening')
  return (front.address() as AddressInfo).port
}
