import { createHash, type KeyObject, sign, verify } from 'node:crypto'
import type { SignatureAlgorithm } from '../algorithms.ts'
import type { Signing } from '../sign-elements.ts'
import type { Verifying } from '../verify-elements.ts'

/** What signs and verifies in tests. */
const HASHES: Readonly<Record<SignatureAlgorithm, string | null>> = { 'ecdsa-sha256': 'sha256', 'ecdsa-sha512': 'sha512', ed448: null }
const dsaEncoding = 'ieee-p1363'

const digest: Signing['digest'] = (algorithm, bytes) => new Uint8Array(createHash(algorithm).update(bytes).digest())

export const signingWith = (algorithm: SignatureAlgorithm, key: KeyObject): Signing => ({
  digest,
  algorithm,
  sign: (name, bytes) => new Uint8Array(sign(HASHES[name], bytes, { key, dsaEncoding })),
})

export const verifyingWith = (key: KeyObject, accept?: readonly SignatureAlgorithm[]): Verifying => ({
  digest,
  verify: (name, bytes, signature) => verify(HASHES[name], bytes, { key, dsaEncoding }, signature),
  ...(accept === undefined ? {} : { accept }),
})
