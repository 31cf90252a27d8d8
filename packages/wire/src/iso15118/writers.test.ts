import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Result, seeded } from '@voltway/units'
import { BitWriter } from '../exi/bit-writer.ts'
import { exiCodec, type RootCodec, type Rooted } from '../exi/codec.ts'
import type { ExiFailure } from '../exi/failure.ts'
import { linkGrammar } from '../exi/grammar.ts'
import { randomDocument } from '../exi/testing/random-document.ts'
import { spoil } from '../exi/testing/spoil.ts'
import { untypedCodecOf } from './index.ts'
import { GENERATED, GRAMMARS } from './testing/grammars.ts'
import { readVectors, SETS } from './testing/vectors.ts'

const ROUNDS = 400
/** How often each came: bytes, or a failure of a code. */
const seen = new Map<string, number>()

/** What came of writing: bytes, or all that is said of a failure. */
const told = (result: Result<Uint8Array, ExiFailure>): string => (result.ok ? result.value.toHex() : JSON.stringify(result.failure))

for (const { schema, tables, writers } of GENERATED)
  for (const kind of ['document', 'fragment'] as const)
    test(`generated writers write random ${kind}s of ${schema}, whole and spoiled, as the walk along the grammar does`, () => {
      const random = seeded(schema.length * 3 + kind.length)
      const grammar = linkGrammar(tables)
      const roots = kind === 'document' ? grammar.documents : grammar.fragments
      const [generated, walking] = [exiCodec(tables, writers)[kind], exiCodec(tables)[kind]] as readonly RootCodec<Rooted>[]
      for (let round = 0; round < ROUNDS; round++) {
        const whole = randomDocument(random, roots)
        const other = randomDocument(random, { ...roots, roots: roots.roots.filter(({ key }) => key === whole.root) })
        for (let value: unknown = whole.value, spoiled = 0; spoiled < 4; value = spoil(random, value, other.value), spoiled++)
          for (const lenient of [false, true]) {
            const document = { root: whole.root, value }
            const expected = walking!.encode(document, { lenient })
            assert.equal(told(generated!.encode(document, { lenient })), told(expected), `round ${round}, ${spoiled} times spoiled`)
            const code = expected.ok ? 'ok' : expected.failure.code
            seen.set(code, (seen.get(code) ?? 0) + 1)
          }
      }
    })

test('among them were many of each kind', () => {
  for (const code of ['ok', 'type', 'missing', 'unexpected', 'range', 'facet', 'character'])
    assert.ok((seen.get(code) ?? 0) > 50, `${code} hardly came: ${JSON.stringify([...seen])}`)
})

test('every message that was read is written by generated writers, without a walk', () => {
  const grammars = new Map(GRAMMARS)
  const writer = new BitWriter()
  for (const { id, schema, exi_hex } of SETS.flatMap((set) => readVectors(set))) {
    const decoded = untypedCodecOf(schema).document.decode(Uint8Array.fromHex(exi_hex))
    assert.ok(decoded.ok)
    const { root, value } = decoded.value
    const write = grammars.get(schema)!.documents.byKey.get(root)!.complex!.write
    assert.ok(write?.({ writer, lenient: false, ids: new Set() }, value, 0, 0), id)
  }
})
