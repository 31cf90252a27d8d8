import { type ClientHello, EXTENSION, TLS_1_3 } from './client-hello.ts'
import { type Credential, signatureSchemeOf } from './credential.ts'
import type { TlsGeneration } from './generations.ts'

/** The certificates that a station has, one for each generation: a client of one cannot read the other's. */
export type StationCredentials = Readonly<Partial<Record<TlsGeneration, Credential>>>

/** How a station serves each generation; undefined where it has no certificate. */
export const chooserOf = ({ iso2, iso20 }: StationCredentials) => {
  const scheme = iso20 && signatureSchemeOf(iso20)
  /**
   * Which generation answers a client. ISO 15118-20 where it offers TLS 1.3 and can verify the key of that certificate, else -2; where only
   * one is there it answers, and its handshake says what does not fit.
   */
  return ({ versions, signatureSchemes }: ClientHello): TlsGeneration => {
    if (iso2 === undefined) return 'iso20'
    if (iso20 === undefined) return 'iso2'
    return versions.includes(TLS_1_3) && scheme !== undefined && signatureSchemes.includes(scheme) ? 'iso20' : 'iso2'
  }
}

/** Suites of TLS 1.2 with static ECDH, which ISO 15118-2 also has. */
const STATIC_ECDH = 0xc025

/** What a client asks for and node:tls cannot give: to be listed, not emulated. */
export const missingFor = ({ extensions, cipherSuites }: ClientHello): readonly string[] => [
  ...(extensions.has(EXTENSION.trusted_ca_keys) ? ['trusted_ca_keys: the chain is not chosen by it'] : []),
  ...(extensions.has(EXTENSION.status_request_v2)
    ? ['status_request_v2: only the OCSP answer of the leaf is stapled, by status_request']
    : []),
  ...(cipherSuites.every((suite) => suite === STATIC_ECDH || suite === 0x00ff) ? ['static ECDH: no other suite is offered'] : []),
]
