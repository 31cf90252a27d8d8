import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { parseJson } from './parse-json.ts'
import { hasDuplicateKey, keysIn } from './scan-json.ts'

const SEED = { seed: 18, numRuns: 500 }
const FORBIDDEN = /__proto__|constructor|prototype/
const spaced = (value: unknown, spaces: number) => JSON.stringify(value, undefined, spaces)

test('reads any JSON as JSON.parse does, unless a key could reach a prototype', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 6 }), fc.nat(4), (value, spaces) => {
      const text = spaced(value, spaces)
      const parsed = parseJson(text)
      if (parsed.ok) assert.deepEqual(parsed.value, JSON.parse(text))
      else assert.ok(parsed.failure === 'forbiddenKey' && FORBIDDEN.test(text), parsed.failure)
    }),
    SEED,
  )
})
test('finds a key given twice, however it is escaped or spaced and wherever it stands', () => {
  const key = fc.string({ unit: 'grapheme', maxLength: 8 })
  fc.assert(
    fc.property(key, fc.jsonValue({ maxDepth: 2 }), fc.constantFrom('', ' ', '\n\t'), (name, value, space) => {
      fc.pre(!FORBIDDEN.test(name) && !FORBIDDEN.test(JSON.stringify(value)))
      const escaped = `"${Array.from({ length: name.length }, (_, at) => `\\u${name.charCodeAt(at).toString(16).padStart(4, '0')}`).join('')}"`
      const text = `[${JSON.stringify(value)},{${JSON.stringify(name)}${space}:1,"other,":":{}",${escaped}${space}:2}]`
      fc.pre(name !== 'other,')
      assert.deepEqual(parseJson(text), { ok: false, failure: 'duplicateKey' }, text)
    }),
    SEED,
  )
})
test('never counts too few keys, and finds no duplicate where there is none', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 })), fc.nat(3), (value, spaces) => {
      const text = spaced(value, spaces)
      assert.ok(keysIn(text) >= Object.keys(value).length)
      assert.equal(hasDuplicateKey(text), false)
    }),
    SEED,
  )
})
test('a hostile frame of 64 KiB is refused before it is parsed', () => {
  for (const open of ['[', '{"a":', '[{"a":['])
    assert.deepEqual(parseJson(open.repeat(65_536 / open.length)), { ok: false, failure: 'tooDeep' })
})
