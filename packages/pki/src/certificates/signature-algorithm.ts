import type { KeyObject } from 'node:crypto'
import { sign } from 'node:crypto'
import { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { curveOf, type SigningCurve } from '../keys/curve.ts'

interface SignatureAlgorithm {
  readonly oid: string
  /** The hash, as node:crypto names it; null where the algorithm brings its own. */
  readonly hash: 'sha256' | 'sha512' | null
}

/** What an authority signs with, by its curve: -2 asks for SHA-256 on P-256, -20 for SHA-512 on P-521 or for Ed448. */
export const SIGNATURE_ALGORITHMS: Readonly<Record<SigningCurve, SignatureAlgorithm>> = {
  'P-256': { oid: '1.2.840.10045.4.3.2', hash: 'sha256' },
  'P-521': { oid: '1.2.840.10045.4.3.4', hash: 'sha512' },
  Ed448: { oid: '1.3.101.113', hash: null },
}

/**
 * The algorithm that a key signs ASN.1 structures with.
 * @throws when the key is of no curve that ISO 15118 signs with
 */
export const signatureAlgorithmOf = (key: KeyObject): SignatureAlgorithm => {
  const curve = curveOf(key)
  if (curve === undefined || curve === 'X448') throw new Error(`a key of type ${key.asymmetricKeyType} does not sign here`)
  return SIGNATURE_ALGORITHMS[curve]
}

export const algorithmIdentifier = (oid: string): AlgorithmIdentifier => new AlgorithmIdentifier({ algorithm: oid })

/** The signature of an ASN.1 structure, ECDSA as the DER sequence of r and s (RFC 5480), EdDSA as it is (RFC 8410). */
export const signDer = (der: Uint8Array, key: KeyObject): Uint8Array => new Uint8Array(sign(signatureAlgorithmOf(key).hash, der, key))
