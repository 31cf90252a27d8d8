import { constants } from 'node:crypto'
import { createServer, type Server, type TLSSocket } from 'node:tls'
import { type Credential, pemOf, tlsCredential } from './credential.ts'
import { type TlsGeneration, type TlsPolicy, wireOf } from './generations.ts'

/** Gives the OCSP response (DER) of a station's leaf, to be stapled; undefined where there is none. Both certificates are DER. */
export type Staple = (leaf: Uint8Array, issuer: Uint8Array | undefined) => Promise<Uint8Array | undefined>

export interface TlsServerOptions {
  readonly generation: TlsGeneration
  readonly credential: Credential
  readonly policy: TlsPolicy
  /** DER of the roots of cars (OEM, V2G): ISO 15118-20 asks the car for its certificate. */
  readonly clientRoots: readonly Uint8Array[]
  readonly staple?: Staple
  /** Takes lines of the SSLKEYLOGFILE format: whoever has them can read the sessions. */
  readonly onKeyLog?: (line: string) => void
}

/** Hands on lines of a key log. A log that cannot be written must not end a session. */
export const keyLogListener =
  (onKeyLog: (line: string) => void) =>
  (line: Buffer): void => {
    try {
      onKeyLog(line.toString('latin1'))
    } catch {
      // Whoever reads the log will miss these keys.
    }
  }

/** A TLS server that listens nowhere: sockets are given to it by `emit('connection')`. Who it trusts is looked at after the handshake. */
export const tlsServer = (options: TlsServerOptions, onSecure: (socket: TLSSocket) => void): Server => {
  const { generation, credential, policy, clientRoots, staple, onKeyLog } = options
  const isMutual = generation === 'iso20'
  const server = createServer(
    {
      ...tlsCredential(credential),
      ...wireOf(generation, policy),
      ...(isMutual ? { ca: pemOf(clientRoots) } : {}),
      requestCert: isMutual,
      // Otherwise Node drops the connection without saying why.
      rejectUnauthorized: false,
      honorCipherOrder: true,
      // No session is taken up again without its certificates.
      secureOptions: constants.SSL_OP_NO_TICKET | constants.SSL_OP_NO_RENEGOTIATION,
    },
    onSecure,
  )
  if (staple !== undefined)
    server.on('OCSPRequest', (leaf: Buffer, issuer: Buffer | null, callback: (error: Error | null, response: Buffer) => void) => {
      const nothing = Buffer.alloc(0)
      const stapled = async (): Promise<Uint8Array | undefined> => staple(leaf, issuer ?? undefined)
      stapled().then(
        (response) => callback(null, response === undefined ? nothing : Buffer.from(response)),
        () => callback(null, nothing),
      )
    })
  if (onKeyLog !== undefined) server.on('keylog', keyLogListener(onKeyLog))
  return server
}
