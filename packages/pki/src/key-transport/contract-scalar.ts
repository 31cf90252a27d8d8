import type { KeyObject } from 'node:crypto'
import { ok, type Result } from '@voltway/units'
import { curveOf } from '../keys/curve.ts'
import { keyPairOfScalar } from '../keys/make-key-pair.ts'
import { type KeyTransportFailure, refuseKey } from './failure.ts'

/** A private key as the number that it is, big endian, as long as the field of its curve. */
export const scalarOf = (curve: 'P-256' | 'P-521', key: KeyObject): Result<Uint8Array, KeyTransportFailure> => {
  if (key.type !== 'private' || curveOf(key) !== curve) return refuseKey('curve', `the contract key has to be a private one on ${curve}`)
  return ok(Uint8Array.fromBase64(key.export({ format: 'jwk' }).d ?? '', { alphabet: 'base64url' }))
}

/** The private key of a number, if it is that of the contract certificate. */
export const contractKeyOf = (
  curve: 'P-256' | 'P-521',
  scalar: Uint8Array,
  contractPublicKey: KeyObject,
): Result<KeyObject, KeyTransportFailure> => {
  try {
    const { privateKey, publicKey } = keyPairOfScalar(curve, scalar)
    return publicKey.equals(contractPublicKey) ? ok(privateKey) : refuseKey('wrong-key', 'it is not the key of the contract certificate')
  } catch {
    return refuseKey('not-a-key', `the number is not below the order of ${curve}`)
  }
}
