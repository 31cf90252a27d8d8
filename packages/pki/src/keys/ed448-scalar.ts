import { createHash, createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { ed448 } from '@noble/curves/ed448.js'

/**
 * A private key on Ed448 as ISO 15118-20 brings it to a car: the scalar alone (V2G20-2500, 2509, 2510). RFC 8032 makes it from 57 bytes by a hash,
 * and these do not come with it; node:crypto takes no key without them.
 */
export interface Ed448Scalar {
  /** 56 bytes, big endian, below the order of the base point and not zero. */
  readonly scalar: Uint8Array
  readonly publicKey: KeyObject
}

/** A private key that signs messages: as node:crypto has it, or a bare scalar on Ed448. */
export type PrivateKey = KeyObject | Ed448Scalar

const { Point, utils } = ed448
const SCALAR_LENGTH = 56
const FIELD_LENGTH = 57
/** SubjectPublicKeyInfo up to the point, RFC 8410. */
const SPKI = '3043300506032b6571033a00'
/** What is in front of all that pure Ed448 hashes: no prehash, no context. RFC 8032, 5.2. */
const DOM4 = Buffer.from('SigEd448\0\0', 'latin1')

const fromJwk = (text = ''): Uint8Array => Uint8Array.fromBase64(text, { alphabet: 'base64url' })

const numberOf = (bytes: Uint8Array): bigint => BigInt(`0x${bytes.toHex()}`)

const bigEndian = (number: bigint): Uint8Array => Uint8Array.fromHex(number.toString(16).padStart(2 * SCALAR_LENGTH, '0'))

const littleEndian = (number: bigint): Uint8Array => Uint8Array.fromHex(number.toString(16).padStart(2 * FIELD_LENGTH, '0')).reverse()

const shake256 = (length: number, ...parts: readonly Uint8Array[]): Uint8Array => {
  const hash = createHash('shake256', { outputLength: length })
  for (const part of parts) hash.update(part)
  return new Uint8Array(hash.digest())
}

/** A hash as a number below the order of the base point. */
const reduced = (...parts: readonly Uint8Array[]): bigint => Point.Fn.create(numberOf(shake256(2 * FIELD_LENGTH, ...parts).reverse()))

/**
 * The key of a scalar.
 * @throws when the scalar is zero or not below the order of the base point
 */
export const ed448KeyOfScalar = (scalar: Uint8Array): Ed448Scalar => {
  const number = scalar.length === SCALAR_LENGTH ? numberOf(scalar) : 0n
  if (!Point.Fn.isValidNot0(number)) throw new Error('no scalar of Ed448')
  const spki = Buffer.concat([Buffer.from(SPKI, 'hex'), Point.BASE.multiply(number).toBytes()])
  return { scalar, publicKey: createPublicKey({ key: spki, format: 'der', type: 'spki' }) }
}

/** The scalar of a private key on Ed448 that has its 57 bytes: what of it is transported. */
export const ed448ScalarOf = (privateKey: KeyObject): Uint8Array =>
  bigEndian(utils.getExtendedPublicKey(fromJwk(privateKey.export({ format: 'jwk' }).d)).scalar)

/**
 * Signs as RFC 8032, 5.2.6. The secret that makes the nonce is there a half of the hash whose other half is the scalar; here it is a hash of the
 * scalar, which nobody else knows either. So the signature of the same bytes is always the same, and another one than with the 57 bytes.
 * @returns 114 bytes
 */
export const signEd448 = ({ scalar, publicKey }: Ed448Scalar, bytes: Uint8Array): Uint8Array => {
  const nonce = reduced(DOM4, shake256(FIELD_LENGTH, Buffer.from('nonce of a bare scalar'), scalar), bytes)
  const commitment = Point.BASE.multiply(nonce).toBytes()
  const challenge = reduced(DOM4, commitment, fromJwk(publicKey.export({ format: 'jwk' }).x), bytes)
  const response = Point.Fn.add(nonce, Point.Fn.mul(challenge, numberOf(scalar)))
  return new Uint8Array([...commitment, ...littleEndian(response)])
}

/** A private key as bytes to keep: PKCS #8, or the 56 bytes of a scalar. */
export const privateKeyBytes = (key: PrivateKey): Uint8Array =>
  'scalar' in key ? key.scalar : new Uint8Array(key.export({ format: 'der', type: 'pkcs8' }))

/**
 * The key of what `privateKeyBytes` gave.
 * @throws when it is none
 */
export const privateKeyOf = (bytes: Uint8Array): PrivateKey =>
  bytes.length === SCALAR_LENGTH ? ed448KeyOfScalar(bytes) : createPrivateKey({ key: Buffer.from(bytes), format: 'der', type: 'pkcs8' })
