import { createServer, type Server, type Socket } from 'node:net'
import { fail, ok, type Result } from '@voltway/units'
import { type SocketFailure, socketFailure } from '../socket-failure.ts'

export interface ServerOptions {
  /** With its scope where it is of a link: `fe80::1%eth1`. */
  readonly host: string
  /** A free one of the dynamic ports when left out. */
  readonly port?: number | undefined
  /** In [0, 1). */
  readonly random: () => number
  /** Connections at once: more are dropped unseen. */
  readonly maxConnections: number
  readonly onSocket: (socket: Socket) => void
}

/** ISO 15118-2 gives SECCs the dynamic ports of IANA. */
const FIRST_DYNAMIC = 49_152
const DYNAMIC_PORTS = 16_384
const TRIES = 32

const listen = ({ host, maxConnections, onSocket }: ServerOptions, port: number): Promise<Result<Server, SocketFailure>> =>
  new Promise((resolve) => {
    const server = createServer({ pauseOnConnect: true }, onSocket)
    server.maxConnections = maxConnections
    server.once('error', (error) => resolve(fail(socketFailure(error))))
    server.listen({ host, port, ipv6Only: true }, () => {
      server.removeAllListeners('error')
      // A connection that could not be taken: the next one is.
      server.on('error', () => {})
      resolve(ok(server))
    })
  })

/** Listens on an address of the link to the car. Sockets are handed over before anything was read. */
export const openServer = async (options: ServerOptions): Promise<Result<Server, SocketFailure>> => {
  if (options.port !== undefined) return listen(options, options.port)
  let opened = await listen(options, FIRST_DYNAMIC + Math.floor(options.random() * DYNAMIC_PORTS))
  for (let tries = 1; tries < TRIES && !opened.ok && opened.failure.code === 'EADDRINUSE'; tries++)
    opened = await listen(options, FIRST_DYNAMIC + Math.floor(options.random() * DYNAMIC_PORTS))
  return opened
}

export const portOf = (server: Server): number => {
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}
