import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appsOf, cookiesFor, cookiesOf } from './app-cookies.ts'

for (const [app, header, expected] of [
  ['console', 'voltway.session_token=a; voltway-driver.session_token=b; theme=dark', 'voltway.session_token=a'],
  ['driver', 'voltway.session_token=a; voltway-driver.session_token=b.c%3D', 'voltway.session_token=b.c%3D'],
  ['driver', '__Secure-voltway-driver.session_token=b;__Secure-voltway.session_token=a', '__Secure-voltway.session_token=b'],
  ['driver', 'voltway.session_token=a', ''],
  ['console', 'voltwayish.session_token=a; x=voltway.session_token', ''],
  ['console', '', ''],
] as const)
  test(`of "${header}" the ${app} has "${expected}"`, () => assert.equal(cookiesOf(app, header), expected))

test('what the library sets is renamed for the driver app and left alone for the console', () => {
  const set = ['voltway.session_token=a; Path=/; HttpOnly', '__Secure-voltway.session_data=; Max-Age=0', 'other=1']
  assert.deepEqual(cookiesFor('console', set), set)
  assert.deepEqual(cookiesFor('driver', set), [
    'voltway-driver.session_token=a; Path=/; HttpOnly',
    '__Secure-voltway-driver.session_data=; Max-Age=0',
    'other=1',
  ])
})

for (const [named, url, expected] of [
  ['driver', '/api/v1/sessions', ['driver']],
  ['console', '/api/v1/driver/sessions', ['console']],
  [undefined, '/api/v1/driver/events', ['driver', 'console']],
  [undefined, '/api/v1/events', ['console', 'driver']],
  [undefined, '/api/auth/sign-up/email', ['driver', 'console']],
  ['root', '/api/v1/me', ['console', 'driver']],
] as const)
  test(`${url} asked by ${named ?? 'an app without a name'} speaks as ${expected.join(', else ')}`, () =>
    assert.deepEqual(appsOf({ url, headers: named ? { 'x-voltway-app': named } : {} }), expected))
