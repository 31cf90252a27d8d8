import { connect, createServer, type Socket } from 'node:net'
import type { Sent } from './make-capture.ts'

/** Something on the way between a car and a station that passes on every byte and remembers it, as a capture does. */
export const tapTo = async (
  port: number,
): Promise<{ readonly port: number; readonly sent: readonly Sent[]; readonly stop: () => void }> => {
  const sent: Sent[] = []
  const sockets: Socket[] = []
  let seconds = 1_700_000_000
  const pass = (side: Sent['side'], from: Socket, to: Socket): void => {
    sockets.push(from)
    from.on('data', (bytes: Buffer) => {
      seconds += 0.001
      sent.push({ side, seconds, bytes: new Uint8Array(bytes) })
      to.write(bytes)
    })
    from.on('end', () => to.end())
    from.on('error', () => to.destroy())
  }
  const server = createServer((car) => {
    const station = connect({ port, host: '::1' })
    pass('EV', car, station)
    pass('station', station, car)
  })
  server.listen(0, '::1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const stop = (): void => {
    server.close()
    for (const socket of sockets) socket.destroy()
  }
  return { port: address.port, sent, stop }
}
