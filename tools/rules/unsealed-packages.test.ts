import assert from 'node:assert/strict'
import { test } from 'node:test'
import { unsealedPackages } from './unsealed-packages.ts'

test('a package without a hash in the lock is found; rooms and links need none', () => {
  const packages = {
    '': {},
    'packages/app': {},
    'node_modules/@voltway/app': { link: true },
    'node_modules/ws': { integrity: 'sha512-a' },
    'packages/app/node_modules/better-auth': {},
  }
  assert.deepEqual(unsealedPackages({ packages }), ['packages/app/node_modules/better-auth'])
})
