import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { env } from 'node:process'
import { test } from 'node:test'
import { untypedCodecOf } from './index.ts'
import { checkVector } from './testing/check-vector.ts'
import { readVectors, recordedFolder, SETS } from './testing/vectors.ts'

const LEAST: Readonly<Record<string, number>> = { app_protocol: 18, din70121: 139, 'iso15118-2': 138 }

for (const set of SETS)
  test(`every message of ${set} is coded byte for byte as two other engines code it, and is the same in XML`, () => {
    const vectors = readVectors(set)
    assert.ok(vectors.length >= (LEAST[set] ?? 27), `${vectors.length} vectors`)
    for (const vector of vectors) checkVector(vector)
  })

test('signed elements are coded as fragments whose digest is that of the signature', () => {
  const vectors = readVectors('fragments')
  for (const vector of vectors) checkVector(vector)
  const digested = vectors.filter(({ digest_b64 }) => digest_b64 !== undefined)
  assert.ok(digested.length > 40, `${digested.length} digests`)
  for (const { id, digest_alg = '', digest_b64, exi_hex } of digested)
    assert.equal(createHash(digest_alg).update(Uint8Array.fromHex(exi_hex)).digest('base64'), digest_b64, id)
})

test('value-table references and empty values without an event of their own are read', () => {
  const vectors = readVectors('tolerance')
  assert.equal(vectors.length, 46)
  for (const vector of vectors) checkVector(vector)
})

for (const vector of readVectors('malformed'))
  test(`${vector.id} (${vector.kind}, ${vector.schema}) is refused with a code and a place`, () => {
    const decoded = untypedCodecOf(vector.schema).document.decode(Uint8Array.fromHex(vector.exi_hex))
    assert.ok(!decoded.ok, 'it was read')
    const { code, bitOffset, path, message } = decoded.failure
    assert.ok(['header', 'truncated', 'event', 'deviation', 'range', 'length', 'character'].includes(code), code)
    assert.ok(bitOffset > 0 && bitOffset <= vector.exi_hex.length * 4, `${bitOffset}`)
    assert.ok(path.startsWith('/') && message !== '')
  })

const folder = recordedFolder(env.VOLTWAY_DATA)
for (const [name, least] of [
  ['captures', 800],
  ['published', 39],
  ['signatures', 8],
] as const)
  test(`recorded bodies (${name}) are coded as their cars and stations coded them`, {
    skip: folder ? false : 'VOLTWAY_DATA names no folder with the recordings',
  }, () => {
    const vectors = readVectors(name, folder)
    assert.ok(vectors.length >= least, `${vectors.length} vectors`)
    for (const vector of vectors) checkVector(vector)
  })
