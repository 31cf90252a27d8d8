import { createHash, diffieHellman, type KeyObject } from 'node:crypto'
import { ok, type Result } from '@voltway/units'
import { curveOf } from '../keys/curve.ts'
import { type KeyTransportFailure, refuseKey } from './failure.ts'
import { type AgreementCurve, keyOfPoint } from './public-points.ts'

/** The first block of the concatenation key derivation (NIST SP 800-56A, 5.8.1): counter 1, the secret, algorithm 01, sender U, receiver V. */
export const concatKdf = (hash: 'sha256' | 'sha512', secret: Uint8Array, length: number): Uint8Array => {
  const block = createHash(hash)
    .update(Uint8Array.of(0, 0, 0, 1))
    .update(secret)
    .update(Uint8Array.of(0x01, 0x55, 0x56))
    .digest()
  return new Uint8Array(block).subarray(0, length)
}

/** The secret that two keys share, as long as the field of the curve. */
export const sharedSecret = (
  curve: AgreementCurve,
  privateKey: KeyObject,
  publicKey: KeyObject,
): Result<Uint8Array, KeyTransportFailure> => {
  if (curveOf(privateKey) !== curve || curveOf(publicKey) !== curve) return refuseKey('curve', `both keys have to be on ${curve}`)
  try {
    return ok(new Uint8Array(diffieHellman({ privateKey, publicKey })))
  } catch (error) {
    return refuseKey('point', error instanceof Error ? error.message : String(error))
  }
}

/** The same with the public key as it comes in a message. */
export const sharedSecretOfPoint = (
  curve: AgreementCurve,
  privateKey: KeyObject,
  point: Uint8Array,
): Result<Uint8Array, KeyTransportFailure> => {
  const publicKey = keyOfPoint(curve, point)
  return publicKey === undefined
    ? refuseKey('point', `${point.length} bytes that are no point of ${curve}`)
    : sharedSecret(curve, privateKey, publicKey)
}
