import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { randomDocument } from '../exi/testing/random-document.ts'
import { untypedCodecOf } from './index.ts'
import { GRAMMARS } from './testing/grammars.ts'

const ROUNDS = 150

/** The same object with the last key first, and so on inside; lists stay as they are. */
const turnedAround = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turnedAround)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, turnedAround(inner)]),
  )
}

for (const [schema, grammar] of GRAMMARS)
  for (const kind of ['document', 'fragment'] as const)
    test(`random ${kind}s of ${schema} are the same after EXI and after XML`, () => {
      const random = seeded(schema.length * 2 + kind.length)
      const codec = untypedCodecOf(schema)[kind]
      const roots = new Set<string>()
      for (let round = 0; round < ROUNDS; round++) {
        const document = randomDocument(random, kind === 'document' ? grammar.documents : grammar.fragments)
        roots.add(document.root)
        const encoded = codec.encode(document)
        if (!encoded.ok) assert.fail(`round ${round}: ${JSON.stringify(encoded.failure)}`)
        const decoded = codec.decode(encoded.value)
        if (!decoded.ok) assert.fail(`round ${round}: ${JSON.stringify(decoded.failure)}`)
        assert.deepEqual(decoded.value, document, `round ${round}`)
        const turned = codec.encode({ root: document.root, value: turnedAround(document.value) })
        assert.deepEqual(turned, encoded, `round ${round}: keys in another order`)
        const xml = codec.toXml(document)
        if (!xml.ok) assert.fail(`round ${round}: ${JSON.stringify(xml.failure)}`)
        const read = codec.fromXml(xml.value)
        if (!read.ok) assert.fail(`round ${round}: ${JSON.stringify(read.failure)} ${xml.value}`)
        assert.deepEqual(read.value, document, `round ${round}`)
      }
      assert.ok(roots.size > (schema === 'app_protocol' ? 1 : 10), `${roots.size} kinds of root`)
    })
