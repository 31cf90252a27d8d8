import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isPublicAddress } from './public-address.ts'

for (const address of [
  '127.0.0.1',
  '10.1.2.3',
  '169.254.169.254',
  '172.31.0.1',
  '192.168.1.1',
  '0.0.0.0',
  '224.0.0.1',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  'fe80::1',
  'fc00::1',
  '64:ff9b::7f00:1',
  'localhost',
  '',
])
  test(`${address || 'an empty address'} is not public`, () => assert.equal(isPublicAddress(address), false))
for (const address of ['1.1.1.1', '172.32.0.1', '2606:4700:4700::1111'])
  test(`${address} is public`, () => assert.equal(isPublicAddress(address), true))
