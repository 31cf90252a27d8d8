import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeTestPki, pemOf } from '@voltway/pki'
import { DAY, epochMs, seeded } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
before(async () => {
  it = await openTestApp()
})
after(() => it.close())

const chance = seeded(7)
const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256))
const pkiOf = (now: number) => makeTestPki({ now: epochMs(now), random })
const add = (use: string, pem: string) => it.ask('POST', '/api/v1/trust-anchors', { key: it.key, body: { use, pem } })
const list = async (key = it.key) => Object.values((await it.ask('GET', '/api/v1/trust-anchors', { key })).body.items ?? {})

test('a root is trusted once for a use, seen only by its own tenant, and forgotten when it is taken away', async () => {
  const { roots } = pkiOf(it.services.clock.now() - DAY)
  const added = await add('MO', pemOf(roots.mo.der))
  assert.equal(added.status, 201, added.text)
  assert.match(String(added.body.fingerprint), /^[0-9a-f]{64}$/)
  assert.match(String(added.body.subject), /CN=MO Root CA/)
  assert.equal((await add('MO', pemOf(roots.mo.der))).status, 409)
  assert.equal((await add('V2G', pemOf(roots.mo.der))).status, 201, 'for another use it is another choice')
  assert.deepEqual(await list(it.otherKey), [])
  const [first] = await list()
  assert.equal((await it.ask('DELETE', `/api/v1/trust-anchors/${String(first?.id)}`, { key: it.otherKey })).status, 404)
  assert.equal((await it.ask('DELETE', `/api/v1/trust-anchors/${String(first?.id)}`, { key: it.key })).status, 200)
  assert.deepEqual(
    (await list()).map(({ use }) => String(use)),
    ['V2G'],
  )
})

test('what is no root, or one no more, is refused with the reason', async () => {
  const now = it.services.clock.now()
  const { roots, contract } = pkiOf(now - DAY)
  const old = pkiOf(now - 60 * 365 * DAY)
  const why = async (pem: string) => String((await add('OEM', pem)).body.errors?.[0]?.message)
  assert.match(await why('rubbish'), /not one PEM block/)
  assert.match(await why(pemOf(roots.oem.der) + pemOf(roots.mo.der)), /not one PEM block/)
  assert.match(await why(pemOf(roots.oem.der.slice(0, 100))), /cannot be read/)
  assert.match(await why(pemOf(contract.der)), /may not issue/)
  const forged = Uint8Array.from(roots.oem.der)
  forged[forged.length - 1]! ^= 1
  assert.match(await why(pemOf(forged)), /not signed by itself/)
  assert.match(await why(pemOf(old.roots.oem.der)), /expired/)
})
