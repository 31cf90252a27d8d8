import { connect, createServer, type Socket } from 'node:net'

/** Two ends of a TCP connection on the loopback. */
export const socketPair = async (): Promise<readonly [near: Socket, far: Socket]> => {
  const server = createServer({ allowHalfOpen: true }).listen(0, '::1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const far = connect({ port: address.port, host: '::1', allowHalfOpen: true })
  const [near] = await Promise.all([
    new Promise<Socket>((resolve) => server.once('connection', resolve)),
    new Promise((resolve) => far.once('connect', resolve)),
  ])
  server.close()
  far.on('error', () => {})
  return [near, far]
}

/** Waits, turn by turn of the event loop, until something is so. */
export const until = async (isTrue: () => boolean): Promise<void> => {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve))
}
