import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTestApp } from './testing/test-app.ts'

// An address may be written in more than one way: what guards it must not go by its letters.
const DISGUISED = '/%61pi/v1/sites'

test('an address in disguise is counted by the limit of requests', async () => {
  const it = await openTestApp({ VOLTWAY_REQUESTS_PER_MINUTE: '3' })
  const statuses: number[] = []
  for (let round = 0; round < 5; round++) statuses.push((await it.ask('GET', DISGUISED, { key: it.key })).status)
  await it.close()
  assert.deepEqual(statuses, [200, 200, 200, 429, 429])
})

test('an address in disguise is held against the Origin, and its answer is kept by no cache', async () => {
  const it = await openTestApp()
  const cookie = await it.signIn('owner@one.example')
  const foreign = await it.ask('POST', DISGUISED, { cookie, body: {}, headers: { origin: 'https://evil.example' } })
  const own = await it.ask('GET', DISGUISED, { cookie })
  await it.close()
  assert.equal(String(foreign.body.code), 'ORIGIN_REFUSED')
  assert.equal(own.headers['cache-control'], 'no-store')
})
