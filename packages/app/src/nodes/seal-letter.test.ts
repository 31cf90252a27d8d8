import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { sealing } from './seal-letter.ts'

const random = (count: number) => new Uint8Array(randomBytes(count))
const key = random(32)

test('a letter is read under the key that it was sealed with, and shows nothing without it', () => {
  const { seal, open } = sealing(key, random)
  const text = '{"idTag":"CARD0001","who":"Åsa"}'
  assert.equal(open(seal(text)), text)
  assert.notEqual(seal(text), seal(text))
  assert.ok(!Buffer.from(seal(text), 'base64url').includes('CARD0001'))
})

test('a letter of another key, a changed one and no letter at all are refused', () => {
  const { seal, open } = sealing(key, random)
  const sealed = Buffer.from(seal('reset'), 'base64url')
  assert.throws(() => sealing(random(32), random).open(sealed.toString('base64url')))
  for (const at of [0, 12, 28]) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    assert.throws(() => open(changed.toString('base64url')))
  }
  for (const text of ['', 'abc', '{}']) assert.throws(() => open(text))
})
