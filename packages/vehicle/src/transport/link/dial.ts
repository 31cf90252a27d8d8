import { connect as connectTcp, type Socket } from 'node:net'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { type Clock, type EpochMs, fail, type Milliseconds, ok, type Result } from '@voltway/units'
import { socketFailure } from '../socket-failure.ts'
import { type Credential, pemOf, tlsCredential } from '../tls/credential.ts'
import { bothWires, TLS_POLICY, type TlsGeneration, type TlsPolicy, wireOf } from '../tls/generations.ts'
import { keyLogListener } from '../tls/tls-server.ts'
import { judgePeer } from './judge-peer.ts'
import { type Link, peerOf, securedLink } from './link.ts'

/** What a car brings to TLS. */
export interface CarTls {
  /** DER of the V2G roots that it trusts. */
  readonly roots: readonly Uint8Array[]
  /** Both in one ClientHello, or only one. */
  readonly generations: readonly TlsGeneration[]
  /** The vehicle certificate: shown where the station asks, as ISO 15118-20 does. */
  readonly credential?: Credential
  readonly policy?: TlsPolicy
  /** Whether the station has to staple an OCSP response of its leaf; one that is stapled always counts. `ifStapled` when left out. */
  readonly revocation?: 'ifStapled' | 'required'
  /** One more look at a chain (DER, leaf first) that was found good, and at the OCSP response of its leaf, where one was stapled. */
  readonly acceptChain?: (chain: readonly Uint8Array[], stapled: Uint8Array | undefined) => Result<void, string>
  readonly onKeyLog?: (line: string) => void
}

export interface DialOptions {
  /** With its scope where it is of a link: `fe80::1%eth1`. */
  readonly host: string
  readonly port: number
  readonly tls?: CarTls | undefined
  readonly clock: Clock
  readonly timeout?: Milliseconds | undefined
}

export interface DialFailure {
  /** `chain`: what the station showed is not trusted; `tls`: no handshake; `timeout`; else what the system said. */
  readonly code: 'chain' | 'tls' | 'timeout' | string
  readonly message: string
}

export const DIAL_TIMEOUT = 10_000 as Milliseconds
const openTls = ({ host, port, tls }: DialOptions, { roots, generations, credential, policy = TLS_POLICY }: CarTls): TLSSocket => {
  const [only, other] = generations
  return connectTls({
    host,
    port,
    ...(other === undefined ? wireOf(only ?? 'iso2', policy) : bothWires(policy)),
    ca: pemOf(roots),
    ...(credential && tlsCredential(credential)),
    // Stations have no host names: who they are is asked of the chain.
    checkServerIdentity: () => undefined,
    requestOCSP: true,
    rejectUnauthorized: true,
  })
}

/** Why a chain that OpenSSL takes is still not that of a station. */
const distrust = ({ tls: agreed }: Link, { roots, policy = TLS_POLICY, revocation = 'ifStapled', acceptChain }: CarTls, seen: Seen) => {
  const chain = agreed?.peerChain ?? []
  const { shortCurves } = policy
  const wrong = judgePeer(chain, { purpose: 'secc', roots, shortCurves, revocation, version: agreed?.version ?? '1.2', ...seen })
  if (wrong !== undefined) return wrong
  try {
    const accepted = acceptChain?.(chain, seen.stapled)
    return accepted === undefined || accepted.ok ? undefined : accepted.failure
  } catch (error) {
    return `what looks at chains broke: ${error instanceof Error ? error.message : error}`
  }
}

interface Seen {
  readonly now: EpochMs
  readonly stapled: Uint8Array | undefined
}

/** Codes of OpenSSL's verification, which node:tls hands on as they are, say which certificate is not trusted and why. */
const isOfChain = (code: string): boolean => /CERT|ISSUER|SIGNED|CRL|CHAIN|PURPOSE/.test(code) && !code.startsWith('ERR_SSL')

/** Opens a link to a station. Whatever fails is a coded failure. */
export const dial = (options: DialOptions): Promise<Result<Link, DialFailure>> =>
  new Promise((resolve) => {
    const { host, port, tls, clock, timeout = DIAL_TIMEOUT } = options
    let socket: Socket
    const end = (result: Result<Link, DialFailure>): void => {
      cancel()
      socket.off('error', failed)
      socket.on('error', () => {})
      if (!result.ok) socket.destroy()
      resolve(result)
    }
    const failed = (error: Error): void => {
      const { code, message } = socketFailure(error)
      end(
        fail(
          isOfChain(code)
            ? { code: 'chain', message: code }
            : code.startsWith('ERR_SSL')
              ? { code: 'tls', message: code }
              : { code, message },
        ),
      )
    }
    const cancel = clock.after(timeout, () => end(fail({ code: 'timeout', message: `no link within ${timeout / 1_000} s` })))
    if (tls === undefined) {
      socket = connectTcp({ host, port }, () => end(ok({ socket, peer: peerOf(socket), tls: undefined })))
    } else {
      let stapled: Uint8Array | undefined
      const secured = openTls(options, tls)
      socket = secured
      secured.on('OCSPResponse', (response: Buffer | null) => {
        stapled = response === null || response.length === 0 ? undefined : new Uint8Array(response)
      })
      const { onKeyLog } = tls
      if (onKeyLog !== undefined) secured.on('keylog', keyLogListener(onKeyLog))
      secured.once('secureConnect', () => {
        const link = securedLink(secured)
        if (link === undefined) return end(fail({ code: 'tls', message: 'neither TLS 1.2 nor 1.3' }))
        const reason = distrust(link, tls, { now: clock.now(), stapled })
        end(reason === undefined ? ok(link) : fail({ code: 'chain', message: reason }))
      })
    }
    socket.on('error', failed)
  })
