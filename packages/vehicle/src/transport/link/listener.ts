import type { Server, Socket } from 'node:net'
import type { TLSSocket, Server as TlsServer } from 'node:tls'
import { type Clock, type EpochMs, fail, type Milliseconds, ok, type Result } from '@voltway/units'
import { fewRefusals } from '../few-refusals.ts'
import type { SocketFailure } from '../socket-failure.ts'
import { awaitHello } from '../tls/await-hello.ts'
import { chooserOf, missingFor, type StationCredentials } from '../tls/choose-generation.ts'
import { TLS_POLICY, type TlsGeneration, type TlsPolicy } from '../tls/generations.ts'
import { type Staple, tlsServer } from '../tls/tls-server.ts'
import type { OnEvent } from '../transport-event.ts'
import { judgePeer } from './judge-peer.ts'
import { type Link, peerOf, securedLink } from './link.ts'
import { openServer, portOf, type ServerOptions } from './open-server.ts'

export interface StationTls {
  readonly credentials: StationCredentials
  /** DER of the roots of cars, for ISO 15118-20. */
  readonly clientRoots: readonly Uint8Array[]
  readonly policy?: TlsPolicy
  readonly staple?: Staple | undefined
  readonly onKeyLog?: (line: string) => void
}

export interface ListenerOptions extends Pick<ServerOptions, 'host' | 'port' | 'random'> {
  readonly clock: Clock
  readonly onEvent: OnEvent
  /** Plain TCP when left out: only for a site that is switched to trusted. */
  readonly tls?: StationTls | undefined
  readonly onLink: (link: Link) => void
}

export interface Listener {
  readonly port: number
  /** Takes nothing new; links that were handed over live on. */
  readonly stop: () => void
}

/** From the connection to the end of the handshake. */
export const HANDSHAKE_TIMEOUT = 10_000 as Milliseconds
/** A car, and a few that come while its session is still closing. */
const MAX_CONNECTIONS = 16

/** What is known of a connection until its handshake is done. */
interface Pending {
  readonly socket: Socket
  readonly missing: readonly string[]
  readonly settle: () => void
}

/** Why a peer that ended its handshake is not taken: ISO 15118-20 wants a certificate of the car that leads to a root. */
const untrusted = (socket: TLSSocket, link: Link, { clientRoots, policy = TLS_POLICY }: StationTls, now: EpochMs): string | undefined => {
  if (link.tls?.version !== '1.3') return undefined
  if (link.tls.peerChain.length === 0) return 'the car shows no certificate'
  if (!socket.authorized) return String(socket.authorizationError)
  const { shortCurves } = policy
  return judgePeer(link.tls.peerChain, {
    purpose: 'vehicle',
    roots: clientRoots,
    version: '1.3',
    shortCurves,
    now,
    revocation: 'ifStapled',
  })
}

const tell = ({ clock, onEvent }: ListenerOptions, { peer, tls }: Link, missing: readonly string[]): void =>
  onEvent({
    kind: 'link',
    at: clock.now(),
    from: 'evcc',
    to: 'secc',
    message: 'connected',
    peer,
    tls: tls?.version,
    ...(tls && { cipher: tls.cipher }),
    ...(missing.length > 0 && { missing }),
  })

/** The TLS half: each socket is given to the server of the generation that its ClientHello speaks. */
const securing = (options: ListenerOptions, tls: StationTls) => {
  const { clock, onLink } = options
  const refuse = fewRefusals(options, 'evcc', 'secc')
  const { credentials, policy = TLS_POLICY, clientRoots, staple, onKeyLog } = tls
  const choose = chooserOf(credentials)
  const pending = new Map<string, Pending>()

  const onSecure = (socket: TLSSocket) => {
    const known = pending.get(peerOf(socket))
    known?.settle()
    const link = securedLink(socket)
    const reason = link && untrusted(socket, link, tls, clock.now())
    // From here on the connection listens for errors; one that is dropped must not throw them.
    socket.on('error', () => {})
    if (link !== undefined && reason === undefined) {
      tell(options, link, known?.missing ?? [])
      return onLink(link)
    }
    socket.destroy()
    refuse({ code: reason === undefined ? 'tlsVersion' : 'certificate', message: reason ?? 'neither TLS 1.2 nor 1.3' })
  }

  const serverFor = (generation: TlsGeneration): TlsServer | undefined => {
    const credential = credentials[generation]
    if (credential === undefined) return undefined
    const shown = { generation, credential, policy, clientRoots, ...(staple && { staple }), ...(onKeyLog && { onKeyLog }) }
    const server = tlsServer(shown, onSecure)
    server.on('tlsClientError', (error: NodeJS.ErrnoException, socket) => {
      pending.get(peerOf(socket))?.settle()
      socket.destroy()
      refuse({ code: 'tls', message: error.code ?? error.message })
    })
    return server
  }
  const servers: Readonly<Partial<Record<TlsGeneration, TlsServer | undefined>>> = { iso2: serverFor('iso2'), iso20: serverFor('iso20') }

  const onSocket = async (socket: Socket): Promise<void> => {
    const peer = peerOf(socket)
    const cancel = clock.after(HANDSHAKE_TIMEOUT, () => {
      socket.destroy()
      refuse({ code: 'handshakeTimeout', message: `no TLS with ${peer} within ${HANDSHAKE_TIMEOUT / 1_000} s` })
    })
    const settle = (): void => {
      cancel()
      pending.delete(peer)
    }
    pending.set(peer, { socket, missing: [], settle })
    socket.on('close', settle)
    socket.on('error', () => {})
    const hello = await awaitHello(socket)
    if (!hello.ok) {
      settle()
      socket.destroy()
      return refuse(hello.failure)
    }
    if (pending.has(peer)) pending.set(peer, { socket, missing: missingFor(hello.value), settle })
    servers[choose(hello.value)]?.emit('connection', socket)
  }
  const stop = (): void => {
    for (const { socket, settle } of [...pending.values()]) {
      settle()
      socket.destroy()
    }
  }
  return { onSocket, stop }
}

const plain = (options: ListenerOptions) => ({
  onSocket: (socket: Socket): void => {
    socket.on('error', () => {})
    const link: Link = { socket, peer: peerOf(socket), tls: undefined }
    tell(options, link, [])
    options.onLink(link)
  },
  stop: (): void => {},
})

const serve = async (options: ListenerOptions): Promise<Result<Listener, SocketFailure>> => {
  const taking = options.tls === undefined ? plain(options) : securing(options, options.tls)
  const opened = await openServer({ ...options, maxConnections: MAX_CONNECTIONS, onSocket: taking.onSocket })
  if (!opened.ok) return opened
  const server: Server = opened.value
  const stop = (): void => {
    server.close()
    taking.stop()
  }
  return ok({ port: portOf(server), stop })
}

/**
 * Takes connections on one port: TLS 1.2 as ISO 15118-2 has it and TLS 1.3 as ISO 15118-20 has it beside each other, or plain TCP.
 * @returns a failure `credential` where a certificate or key is none that TLS can show
 */
export const startListener = async (options: ListenerOptions): Promise<Result<Listener, SocketFailure>> => {
  if (options.tls !== undefined && Object.keys(options.tls.credentials).length === 0)
    return fail({ code: 'credential', message: 'TLS without any certificate' })
  try {
    return await serve(options)
  } catch (error) {
    return fail({ code: 'credential', message: error instanceof Error ? error.message : String(error) })
  }
}
