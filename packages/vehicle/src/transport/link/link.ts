import type { X509Certificate } from 'node:crypto'
import type { Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { type TlsVersion, versionOf } from '../tls/generations.ts'

/** What TLS agreed on. */
export interface LinkTls {
  readonly version: TlsVersion
  readonly cipher: string
  /** DER of what the peer showed, the leaf first, without a root; empty where it showed nothing. */
  readonly peerChain: readonly Uint8Array[]
}

/** An open connection, before anything of V2GTP was said over it. */
export interface Link {
  readonly socket: Socket
  /** Address and port. */
  readonly peer: string
  /** Undefined over plain TCP. */
  readonly tls: LinkTls | undefined
}

export const peerOf = ({ remoteAddress = '', remotePort = 0 }: Socket): string => `[${remoteAddress}]:${remotePort}`

/** More than any path of ISO 15118 has. */
const LONGEST_CHAIN = 8

const peerChain = (socket: TLSSocket): readonly Uint8Array[] => {
  const chain: Uint8Array[] = []
  let one: X509Certificate | undefined = socket.getPeerX509Certificate()
  while (one !== undefined && chain.length < LONGEST_CHAIN && (chain.length === 0 || !one.checkIssued(one))) {
    chain.push(new Uint8Array(one.raw))
    one = one.issuerCertificate
  }
  return chain
}

/** The link of a socket whose handshake is done; undefined for a version that is not ours. */
export const securedLink = (socket: TLSSocket): Link | undefined => {
  const version = versionOf(socket.getProtocol())
  if (version === undefined) return undefined
  return { socket, peer: peerOf(socket), tls: { version, cipher: socket.getCipher().standardName, peerChain: peerChain(socket) } }
}
