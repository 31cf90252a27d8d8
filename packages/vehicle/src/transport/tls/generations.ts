import type { SecureVersion } from 'node:tls'

/** The TLS of ISO 15118-2, or that of ISO 15118-20. They differ in version, in curves, and in who shows a certificate. */
export type TlsGeneration = 'iso2' | 'iso20'
export type TlsVersion = '1.2' | '1.3'

/** TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256 (V2G2-602). Its sister with static ECDH is in no OpenSSL that Node has. */
const ISO2_SUITE = 'ECDHE-ECDSA-AES128-SHA256'
/** Not of the standard; other test tools offer nothing else. */
const GCM_SUITES = 'ECDHE-ECDSA-AES128-GCM-SHA256'
const ISO20_SUITES = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256'

/** What is taken beyond the standard, for test tools. */
export interface TlsPolicy {
  /** TLS 1.2 also with AES-GCM. */
  readonly gcmSuites: boolean
  /** TLS 1.3 also with P-256 keys and usual groups, as some stacks of ISO 15118-20 still use them. */
  readonly shortCurves: boolean
}

export const TLS_POLICY: TlsPolicy = { gcmSuites: false, shortCurves: false }

interface Wire {
  readonly minVersion: SecureVersion
  readonly maxVersion: SecureVersion
  readonly ciphers: string
  readonly ecdhCurve: string
  readonly sigalgs: string
}

const ISO2_WIRE: Wire = {
  minVersion: 'TLSv1.2',
  maxVersion: 'TLSv1.2',
  ciphers: ISO2_SUITE,
  ecdhCurve: 'prime256v1',
  sigalgs: 'ecdsa_secp256r1_sha256',
}
const ISO20_WIRE: Wire = {
  minVersion: 'TLSv1.3',
  maxVersion: 'TLSv1.3',
  ciphers: ISO20_SUITES,
  ecdhCurve: 'secp521r1:X448',
  sigalgs: 'ecdsa_secp521r1_sha512:ed448',
}

const joined = (...parts: readonly string[]): string => [...new Set(parts.join(':').split(':'))].join(':')

/** Versions, suites, groups and signatures of one generation, as node:tls takes them. */
export const wireOf = (generation: TlsGeneration, { gcmSuites, shortCurves }: TlsPolicy): Wire => {
  if (generation === 'iso2') return gcmSuites ? { ...ISO2_WIRE, ciphers: joined(ISO2_SUITE, GCM_SUITES) } : ISO2_WIRE
  if (!shortCurves) return ISO20_WIRE
  return {
    ...ISO20_WIRE,
    ecdhCurve: joined(ISO20_WIRE.ecdhCurve, 'prime256v1:X25519'),
    sigalgs: joined(ISO20_WIRE.sigalgs, ISO2_WIRE.sigalgs),
  }
}

/** Both generations in one ClientHello, the newer one first. */
export const bothWires = (policy: TlsPolicy): Wire => {
  const [old, young] = [wireOf('iso2', policy), wireOf('iso20', policy)]
  return {
    minVersion: 'TLSv1.2',
    maxVersion: 'TLSv1.3',
    ciphers: joined(young.ciphers, old.ciphers),
    ecdhCurve: joined(young.ecdhCurve, old.ecdhCurve),
    sigalgs: joined(young.sigalgs, old.sigalgs),
  }
}

export const versionOf = (protocol: string | null): TlsVersion | undefined =>
  protocol === 'TLSv1.3' ? '1.3' : protocol === 'TLSv1.2' ? '1.2' : undefined
