import assert from 'node:assert/strict'
import { verify } from 'node:crypto'
import { test } from 'node:test'
import fc from 'fast-check'
import { seededBytes } from '../testing/seeded-bytes.ts'
import { ed448KeyOfScalar, ed448ScalarOf, privateKeyBytes, privateKeyOf, signEd448 } from './ed448-scalar.ts'
import { makeKeyPair } from './make-key-pair.ts'

const seed = fc.integer({ min: 1, max: 2 ** 31 })
const keysOf = (from: number) => makeKeyPair('Ed448', seededBytes(from))

/** RFC 8032, 5.2: the order of the base point. */
const ORDER = 2n ** 446n - 13818066809895115352007386748515426880336692474882178609894547503885n
const bytesOf = (number: bigint, length = 56) => Uint8Array.fromHex(number.toString(16).padStart(2 * length, '0'))

test('the scalar of a key has the same public key', () => {
  fc.assert(
    fc.property(seed, (from) => {
      const { privateKey, publicKey } = keysOf(from)
      const { scalar, publicKey: again } = ed448KeyOfScalar(ed448ScalarOf(privateKey))
      assert.equal(scalar.length, 56)
      assert.ok(again.equals(publicKey))
    }),
    { numRuns: 20 },
  )
})

test('what a scalar signs, OpenSSL verifies by the public key, and nothing else', () => {
  fc.assert(
    fc.property(seed, fc.uint8Array({ maxLength: 300 }), fc.nat(), (from, bytes, at) => {
      const { privateKey, publicKey } = keysOf(from)
      const key = ed448KeyOfScalar(ed448ScalarOf(privateKey))
      const signature = signEd448(key, bytes)
      assert.equal(signature.length, 114)
      assert.ok(verify(null, bytes, publicKey, signature))
      assert.deepEqual(signEd448(key, bytes), signature)
      assert.ok(!verify(null, Uint8Array.of(...bytes, 0), publicKey, signature))
      const changed = signature.with(at % 114, signature[at % 114]! ^ 1)
      assert.ok(!verify(null, bytes, publicKey, changed))
    }),
    { numRuns: 20 },
  )
})

test('two messages never share a nonce, and neither do two keys', () => {
  const [one, two] = [1, 2].map((from) => ed448KeyOfScalar(ed448ScalarOf(keysOf(from).privateKey)))
  const commitments = [signEd448(one!, Uint8Array.of(1)), signEd448(one!, Uint8Array.of(2)), signEd448(two!, Uint8Array.of(1))]
  assert.equal(new Set(commitments.map((signature) => signature.subarray(0, 57).toHex())).size, 3)
})

test('what is no scalar below the order is no key', () => {
  for (const bytes of [bytesOf(0n), bytesOf(ORDER), bytesOf(ORDER + 1n), new Uint8Array(56).fill(255), bytesOf(5n, 57), new Uint8Array(0)])
    assert.throws(() => ed448KeyOfScalar(bytes), /no scalar of Ed448/)
  assert.deepEqual(ed448KeyOfScalar(bytesOf(ORDER - 1n)).scalar, bytesOf(ORDER - 1n))
})

test('keys are kept as bytes, those that node:crypto has and bare scalars', () => {
  const whole = keysOf(3).privateKey
  const kept = privateKeyOf(privateKeyBytes(whole))
  assert.ok(!('scalar' in kept) && kept.equals(whole))
  const bare = ed448KeyOfScalar(ed448ScalarOf(whole))
  assert.deepEqual(privateKeyBytes(privateKeyOf(privateKeyBytes(bare))), bare.scalar)
})
