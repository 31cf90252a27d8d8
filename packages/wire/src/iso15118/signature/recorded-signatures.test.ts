import assert from 'node:assert/strict'
import { createHash, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { test } from 'node:test'
import { type Rooted, untypedCodecOf } from '../index.ts'
import { readVectors, recordedFolder, type Vector } from '../testing/vectors.ts'
import { codec as xmldsig } from '../xmldsig/index.ts'
import { fragmentOf } from './fragment-parts.ts'
import { signedInfoBytes } from './sign-elements.ts'
import { verifyMessage } from './sign-message.ts'
import { signedElementsOf } from './signed-elements.ts'
import { SIGNED_PARTS, type SigningSchema } from './signed-parts.ts'
import { verifyingWith } from './testing/node-crypto.ts'

interface RecordedSignature {
  readonly id: string
  readonly schema: SigningSchema
  readonly exi_hex: string
  readonly references: readonly { readonly fragment_exi_hex: string; readonly digest_b64: string }[]
  readonly signer_cert_der_b64: string
}

const isSigning = (schema: string): schema is SigningSchema => Object.hasOwn(SIGNED_PARTS, schema)
const sha = (algorithm: string, bytes: Uint8Array) => createHash(algorithm).update(bytes).digest('base64')

/** The digest of a vector's element, or of its SignedInfo, as a signature takes it. */
const digestOf = ({ schema, exi_hex, digest_alg = '' }: Vector): string => {
  const decoded = untypedCodecOf(schema).fragment.decode(Uint8Array.fromHex(exi_hex))
  assert.ok(decoded.ok)
  const info = decoded.value.root === 'SignedInfo' ? xmldsig.fragment.decode(Uint8Array.fromHex(exi_hex)) : undefined
  if (info?.ok && info.value.root === 'SignedInfo') {
    const bytes = signedInfoBytes(info.value.value)
    assert.ok(bytes.ok)
    return sha(digest_alg, bytes.value)
  }
  assert.ok(isSigning(schema))
  const fragment = fragmentOf(schema, decoded.value as never, { lenient: true })
  assert.ok(fragment.ok)
  return sha(digest_alg, fragment.value)
}

test('digests of signed elements are those that two other engines computed', () => {
  const vectors = readVectors('fragments').filter(({ schema, digest_b64 }) => isSigning(schema) && digest_b64 !== undefined)
  assert.ok(vectors.length >= 40, `${vectors.length}`)
  for (const vector of vectors) assert.equal(digestOf(vector), vector.digest_b64, vector.id)
})

const folder = recordedFolder(env.VOLTWAY_DATA)
const skip = folder === undefined ? 'VOLTWAY_DATA names no folder with the recordings' : false

test('digests that another stack publishes are ours', { skip }, () => {
  const vectors = readVectors('published', folder).filter(({ digest_b64 }) => digest_b64 !== undefined)
  assert.equal(vectors.length, 5)
  for (const vector of vectors) assert.equal(digestOf(vector), vector.digest_b64, vector.id)
})

const readSignatures = (from: string): readonly RecordedSignature[] =>
  readFileSync(join(from, 'signatures.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((line): RecordedSignature => JSON.parse(line))

const documentOf = ({ schema, exi_hex }: RecordedSignature): Rooted => {
  const decoded = untypedCodecOf(schema).document.decode(Uint8Array.fromHex(exi_hex))
  assert.ok(decoded.ok)
  return decoded.value
}

test('signed messages of other stacks are believed', { skip }, () => {
  const signatures = readSignatures(folder ?? '')
  assert.equal(signatures.length, 8)
  for (const vector of signatures) {
    const document = documentOf(vector)
    const fragments = signedElementsOf(vector.schema, document).map((element) => fragmentOf(vector.schema, element, { lenient: true }))
    assert.deepEqual(
      fragments.map((fragment) => fragment.ok && fragment.value.toHex()),
      vector.references.map(({ fragment_exi_hex }) => fragment_exi_hex),
      vector.id,
    )
    const { publicKey } = new X509Certificate(Uint8Array.fromBase64(vector.signer_cert_der_b64))
    // The stack behind the -20 messages signs as in -2.
    const verified = verifyMessage(vector.schema, document as never, verifyingWith(publicKey, ['ecdsa-sha256']))
    assert.deepEqual(verified, { ok: true, value: 'ecdsa-sha256' }, vector.id)
  }
})

test('they are not believed with the key of another one', { skip }, () => {
  const signatures = readSignatures(folder ?? '')
  const keys = signatures.map(({ signer_cert_der_b64 }) => new X509Certificate(Uint8Array.fromBase64(signer_cert_der_b64)).publicKey)
  let refused = 0
  for (const [index, vector] of signatures.entries()) {
    const other = keys.find((key) => !key.equals(keys[index]!))
    assert.ok(other)
    const verified = verifyMessage(vector.schema, documentOf(vector) as never, verifyingWith(other, ['ecdsa-sha256']))
    if (!verified.ok && verified.failure.code === 'signature') refused += 1
  }
  assert.equal(refused, signatures.length)
})
