import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkPassword, hashStationPassword } from './check-password.ts'

const key = new Uint8Array(32).fill(3)
const bytes = (text: string) => new TextEncoder().encode(text)
const kept = (current: string | null, previous: string | null = null) => ({
  passwordHash: current === null ? null : hashStationPassword(bytes(current), key),
  previousPasswordHash: previous === null ? null : hashStationPassword(bytes(previous), key),
})
const PASSWORD = 'q7Xb2mN8tR4vK9wZ'

test('the password is right as text and as its hexadecimal digits in both cases', () => {
  const hex = Buffer.from(PASSWORD).toString('hex')
  for (const sent of [PASSWORD, hex, hex.toUpperCase()]) assert.equal(checkPassword(bytes(sent), kept(PASSWORD), key), 'current', sent)
})
test('a password that is hexadecimal itself is right as its bytes', () => {
  const password = 'ABCDEF0123456789ABCDEF0123456789'
  assert.equal(checkPassword(Buffer.from(password, 'hex'), kept(password), key), 'current')
})
test('the previous password is known as such until it is forgotten', () => {
  assert.equal(checkPassword(bytes('old'), kept('new', 'old'), key), 'previous')
  assert.equal(checkPassword(bytes('old'), kept('new'), key), undefined)
})
test('nothing is right where no password is kept, not even nothing', () => {
  for (const sent of ['', PASSWORD]) assert.equal(checkPassword(bytes(sent), kept(null), key), undefined)
  assert.equal(checkPassword(new Uint8Array(32), { passwordHash: null, previousPasswordHash: null }, key), undefined)
})
test('a wrong password, another case of it, and a part of it are wrong', () => {
  for (const sent of ['', 'wrong', PASSWORD.toLowerCase(), PASSWORD.slice(1)])
    assert.equal(checkPassword(bytes(sent), kept(PASSWORD), key), undefined, sent)
})
