import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hashIdToken, lastFourOf } from './hash-id-token.ts'

const key = new Uint8Array(32).fill(7)
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')

test('a card is the same card in any case and with spaces around it', () => {
  assert.equal(hex(hashIdToken(' 04a1b2c3 ', key)), hex(hashIdToken('04A1B2C3', key)))
})
test('different cards and different keys give different hashes', () => {
  assert.notEqual(hex(hashIdToken('04A1B2C3', key)), hex(hashIdToken('04A1B2C4', key)))
  assert.notEqual(hex(hashIdToken('04A1B2C3', key)), hex(hashIdToken('04A1B2C3', new Uint8Array(32))))
})
test('people see the last four characters, and never a whole token', () => {
  for (const [token, shown] of [
    ['04a1b2c3', 'B2C3'],
    ['abc', 'C'],
    ['abcd', 'CD'],
  ] as const)
    assert.equal(lastFourOf(token), shown)
})
test('a token of one character shows nothing but is not an error', () => assert.equal(lastFourOf('x'), ''))
