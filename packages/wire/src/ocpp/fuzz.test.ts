import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzzFrames } from './testing/fuzz-frames.ts'

test('no spoiled frame throws, and many of both kinds are seen', () => {
  const { read, refused } = fuzzFrames(20_000, 42)
  assert.equal(read + refused, 20_000)
  assert.ok(read > 2000 && refused > 2000, `${read} read, ${refused} refused`)
})
