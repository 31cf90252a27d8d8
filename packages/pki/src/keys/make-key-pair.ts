import { createECDH, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import type { Curve } from './curve.ts'
import type { RandomBytes } from './random-bytes.ts'

export interface KeyPair {
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

interface PrimeCurve {
  readonly openSslName: string
  readonly bits: number
  /** The number of points, which a private scalar is below. FIPS 186-5 / SP 800-186. */
  readonly order: bigint
}

const PRIME_CURVES: Readonly<Record<'P-256' | 'P-521', PrimeCurve>> = {
  'P-256': { openSslName: 'prime256v1', bits: 256, order: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n },
  'P-521': {
    openSslName: 'secp521r1',
    bits: 521,
    order:
      0x1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409n,
  },
}

/** PKCS #8 up to the private bytes, RFC 8410. */
const EDWARDS_CURVES = {
  Ed448: { length: 57, prefix: '3047020100300506032b6571043b0439' },
  X448: { length: 56, prefix: '3046020100300506032b656f043a0438' },
} as const

const withPublicKey = (privateKey: KeyObject): KeyPair => ({ privateKey, publicKey: createPublicKey(privateKey) })

const base64url = (bytes: Uint8Array): string => bytes.toBase64({ alphabet: 'base64url', omitPadding: true })

/**
 * The key pair of a private scalar, big endian, as long as the curve's field.
 * @throws when the scalar is not below the order of the curve, or zero
 */
export const keyPairOfScalar = (curve: 'P-256' | 'P-521', scalar: Uint8Array): KeyPair => {
  const ecdh = createECDH(PRIME_CURVES[curve].openSslName)
  ecdh.setPrivateKey(scalar)
  const point = new Uint8Array(ecdh.getPublicKey())
  const half = (point.length - 1) / 2
  const [x, y] = [point.subarray(1, 1 + half), point.subarray(1 + half)]
  const key = { kty: 'EC', crv: curve, x: base64url(x), y: base64url(y), d: base64url(scalar) }
  return withPublicKey(createPrivateKey({ format: 'jwk', key }))
}

const randomScalar = ({ bits, order }: PrimeCurve, random: RandomBytes): Uint8Array => {
  const length = Math.ceil(bits / 8)
  // Drawn again until it is in range: every scalar is as likely as any other (FIPS 186-5, A.2.2).
  for (let attempt = 0; attempt < 256; attempt += 1) {
    const scalar = random(length).slice()
    scalar[0]! &= 0xff >>> (length * 8 - bits)
    const value = BigInt(`0x${scalar.toHex()}`)
    if (value > 0n && value < order) return scalar
  }
  throw new Error('the source of randomness gives no usable private key')
}

/**
 * A new key pair whose private part comes from `random` alone: the same bytes give the same key.
 * @throws when `random` never gives a usable scalar
 */
export const makeKeyPair = (curve: Curve, random: RandomBytes): KeyPair => {
  if (curve === 'P-256' || curve === 'P-521') return keyPairOfScalar(curve, randomScalar(PRIME_CURVES[curve], random))
  const { length, prefix } = EDWARDS_CURVES[curve]
  const der = Buffer.concat([Buffer.from(prefix, 'hex'), random(length).subarray(0, length)])
  return withPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
}
