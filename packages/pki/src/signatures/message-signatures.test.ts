import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeKeyPair } from '../keys/make-key-pair.ts'
import { seededBytes } from '../testing/seeded-bytes.ts'
import { digest, type MessageAlgorithm, signingWith, verifyingWith } from './message-signatures.ts'

const BYTES = new TextEncoder().encode('a SignedInfo')
const CURVES = [
  ['P-256', 'ecdsa-sha256', 64],
  ['P-521', 'ecdsa-sha512', 132],
  ['Ed448', 'ed448', 114],
] as const

for (const [curve, algorithm, length] of CURVES) {
  const { privateKey, publicKey } = makeKeyPair(curve, seededBytes(1))

  test(`a key on ${curve} signs by ${algorithm} in ${length} bytes, every time`, () => {
    const signing = signingWith(privateKey)
    assert.equal(signing.algorithm, algorithm)
    for (let attempt = 0; attempt < 20; attempt += 1) {
      const signature = signing.sign(algorithm, BYTES)
      assert.equal(signature.length, length)
      assert.ok(verifyingWith(publicKey).verify(algorithm, BYTES, signature))
    }
  })

  test(`a key on ${curve} believes neither other bytes, nor another algorithm, nor a signature of another length`, () => {
    const signature = signingWith(privateKey).sign(algorithm, BYTES)
    const { verify } = verifyingWith(publicKey)
    assert.ok(!verify(algorithm, BYTES.subarray(1), signature))
    for (const [, other] of CURVES) assert.equal(verify(other as MessageAlgorithm, BYTES, signature), other === algorithm)
    for (const wrong of [new Uint8Array(0), signature.subarray(1), new Uint8Array(length), Uint8Array.of(...signature, 0)])
      assert.ok(!verify(algorithm, BYTES, wrong), `${wrong.length} bytes`)
  })
}

test('a key that only agrees on keys signs nothing and is believed nothing', () => {
  const { privateKey, publicKey } = makeKeyPair('X448', seededBytes(2))
  assert.throws(() => signingWith(privateKey), /does not sign/)
  assert.ok(!verifyingWith(publicKey).verify('ed448', BYTES, new Uint8Array(114)))
})

test('digests are those of SHA-2', () => {
  assert.equal(digest('sha256', new Uint8Array(0)).toHex(), 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  assert.equal(digest('sha512', new Uint8Array(0)).toHex().slice(0, 16), 'cf83e1357eefb8bd')
})
