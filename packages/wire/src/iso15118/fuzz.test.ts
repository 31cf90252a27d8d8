import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzzFrames } from './testing/fuzz-frames.ts'
import { fuzzXml } from './testing/fuzz-xml.ts'

test('no spoiled frame throws or grows, and many of each kind are seen', () => {
  const { read, refused, unframed, codes } = fuzzFrames(20_000, 15118, () => 0)
  assert.equal(read + refused + unframed, 20_000)
  assert.ok(read > 4_000 && refused > 4_000 && unframed > 200, JSON.stringify(codes))
  for (const code of ['truncated', 'event', 'deviation', 'wildcard', 'range', 'length', 'character', 'partition', 'root', 'header'])
    assert.ok((codes[code] ?? 0) > 0, `${code} never came: ${JSON.stringify(codes)}`)
})

test('no spoiled XML throws, and what is read can be encoded', () => {
  const { read, refused } = fuzzXml(3_000, 2)
  assert.ok(read > 500 && refused > 500, `${read} read, ${refused} refused`)
})
