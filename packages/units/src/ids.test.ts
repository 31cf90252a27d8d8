import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { isUuid, uuidv7 } from './ids.ts'
import { epochMs } from './time.ts'

const all = (byte: number) => (count: number) => new Uint8Array(count).fill(byte)

test('an id is a UUID of version 7 and variant 2 that begins with its time in milliseconds', () => {
  const now = epochMs(0x0192_0000_1abc)
  assert.equal(uuidv7(now, all(0)), '01920000-1abc-7000-8000-000000000000')
  assert.equal(uuidv7(now, all(255)), '01920000-1abc-7fff-bfff-ffffffffffff')
})

test('ids of later moments sort after those of earlier ones, whatever their random part', () => {
  const time = fc.integer({ min: 0, max: 2 ** 48 - 1 })
  const bytes = fc.uint8Array({ minLength: 16, maxLength: 16 })
  fc.assert(
    fc.property(time, time, bytes, bytes, (a, b, some, other) => {
      const ids = [uuidv7(epochMs(a), () => some), uuidv7(epochMs(b), () => other)] as const
      assert.ok(ids.every(isUuid))
      if (a !== b) assert.equal(ids[0] < ids[1], a < b)
    }),
    { seed: 3, numRuns: 300 },
  )
})

test('what only looks like a UUID is none', () => {
  const id = '01920000-1abc-7000-8000-000000000000'
  assert.equal(isUuid(id), true)
  for (const text of ['', id.slice(1), `${id}0`, id.replace('1abc', '1abg'), id.replaceAll('-', ''), id.toUpperCase()])
    assert.equal(isUuid(text), false, text)
})
