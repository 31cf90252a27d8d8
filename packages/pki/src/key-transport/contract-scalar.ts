import type { KeyObject } from 'node:crypto'
import { ok, type Result } from '@voltway/units'
import { curveOf, type SigningCurve } from '../keys/curve.ts'
import { ed448KeyOfScalar, ed448ScalarOf, type PrivateKey } from '../keys/ed448-scalar.ts'
import { keyPairOfScalar } from '../keys/make-key-pair.ts'
import { type KeyTransportFailure, refuseKey } from './failure.ts'

/** A private key as the number that it is, big endian, as long as the field of its curve. */
export const scalarOf = (curve: SigningCurve, key: KeyObject): Result<Uint8Array, KeyTransportFailure> => {
  if (key.type !== 'private' || curveOf(key) !== curve) return refuseKey('curve', `the contract key has to be a private one on ${curve}`)
  return ok(
    curve === 'Ed448' ? ed448ScalarOf(key) : Uint8Array.fromBase64(key.export({ format: 'jwk' }).d ?? '', { alphabet: 'base64url' }),
  )
}

const held = <Key extends PrivateKey>(
  curve: SigningCurve,
  make: () => { readonly privateKey: Key; readonly publicKey: KeyObject },
  contractPublicKey: KeyObject,
): Result<Key, KeyTransportFailure> => {
  try {
    const { privateKey, publicKey } = make()
    return publicKey.equals(contractPublicKey) ? ok(privateKey) : refuseKey('wrong-key', 'it is not the key of the contract certificate')
  } catch {
    return refuseKey('not-a-key', `the number is not below the order of ${curve}`)
  }
}

/** The private key of a number, if it is that of the contract certificate. */
export const contractKeyOf = (
  curve: 'P-256' | 'P-521',
  scalar: Uint8Array,
  contractPublicKey: KeyObject,
): Result<KeyObject, KeyTransportFailure> => held(curve, () => keyPairOfScalar(curve, scalar), contractPublicKey)

/** The same on Ed448, where the number alone is the key. */
export const ed448ContractKeyOf = (scalar: Uint8Array, contractPublicKey: KeyObject): Result<PrivateKey, KeyTransportFailure> => {
  const make = () => {
    const privateKey = ed448KeyOfScalar(scalar)
    return { privateKey, publicKey: privateKey.publicKey }
  }
  return held('Ed448', make, contractPublicKey)
}
