import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { randomDocument } from '../exi/testing/random-document.ts'
import { untypedCodecOf } from './index.ts'
import { GRAMMARS } from './testing/grammars.ts'

const ROUNDS = 150

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
        const xml = codec.toXml(document)
        if (!xml.ok) assert.fail(`round ${round}: ${JSON.stringify(xml.failure)}`)
        const read = codec.fromXml(xml.value)
        if (!read.ok) assert.fail(`round ${round}: ${JSON.stringify(read.failure)} ${xml.value}`)
        assert.deepEqual(read.value, document, `round ${round}`)
      }
      assert.ok(roots.size > (schema === 'app_protocol' ? 1 : 10), `${roots.size} kinds of root`)
    })
