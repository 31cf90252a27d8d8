import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import { curveOf, type SigningCurve } from '../keys/curve.ts'
import { type PrivateKey, signEd448 } from '../keys/ed448-scalar.ts'

/** As the wire's signatures name them. */
export type MessageAlgorithm = 'ecdsa-sha256' | 'ecdsa-sha512' | 'ed448'

const ALGORITHMS: Readonly<Record<SigningCurve, { readonly name: MessageAlgorithm; readonly hash: string | null }>> = {
  'P-256': { name: 'ecdsa-sha256', hash: 'sha256' },
  'P-521': { name: 'ecdsa-sha512', hash: 'sha512' },
  Ed448: { name: 'ed448', hash: null },
}

/** r and s one after the other, each as long as the field. */
const dsaEncoding = 'ieee-p1363'

/** The hash of a signed element. */
export const digest = (algorithm: 'sha256' | 'sha512', bytes: Uint8Array): Uint8Array =>
  new Uint8Array(createHash(algorithm).update(bytes).digest())

const algorithmOf = (key: KeyObject) => {
  const curve = curveOf(key)
  return curve === undefined || curve === 'X448' ? undefined : ALGORITHMS[curve]
}

/**
 * What `signMessage` of `@voltway/wire/iso15118/signature` signs with: the algorithm is that of the key's curve.
 * @throws when the key is of no curve that ISO 15118 signs with
 */
export const signingWith = (privateKey: PrivateKey) => {
  if ('scalar' in privateKey)
    return {
      digest,
      algorithm: ALGORITHMS.Ed448.name,
      sign: (_: MessageAlgorithm, bytes: Uint8Array) => signEd448(privateKey, bytes),
    } as const
  const algorithm = algorithmOf(privateKey)
  if (algorithm === undefined) throw new Error(`a key of type ${privateKey.asymmetricKeyType} does not sign messages`)
  const { name, hash } = algorithm
  const signBytes = (_: MessageAlgorithm, bytes: Uint8Array) => new Uint8Array(sign(hash, bytes, { key: privateKey, dsaEncoding }))
  return { digest, algorithm: name, sign: signBytes } as const
}

/** What `verifyMessage` checks with: only signatures of the algorithm that goes with the key's curve are believed. */
export const verifyingWith = (publicKey: KeyObject) => {
  const algorithm = algorithmOf(publicKey)
  const verifyBytes = (name: MessageAlgorithm, bytes: Uint8Array, signature: Uint8Array): boolean =>
    algorithm?.name === name && verify(algorithm.hash, bytes, { key: publicKey, dsaEncoding }, signature)
  return { digest, verify: verifyBytes } as const
}
