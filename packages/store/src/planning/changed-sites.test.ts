import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { SiteId, TenantId } from '@voltway/units'
import type { Database } from '../database/open-database.ts'
import { appendOutbox } from '../outbox/append-outbox.ts'
import type { JsonObject } from '../outbox/outbox-event.ts'
import { openTestDatabase, seedTenant, testClock } from '../testing/index.ts'
import { changedSites } from './changed-sites.ts'

let database: Database
before(async () => {
  database = await openTestDatabase()
})
after(() => database.close())

const look = (tenantId: TenantId, since?: string) => database.inTenant(tenantId, (tx) => changedSites(tx, tenantId, since))
const tell = (tenantId: TenantId, type: string, data: JsonObject) =>
  database.inTenant(tenantId, (tx) => appendOutbox(tx, tenantId, [{ type, subject: 'what', data, recordedAt: testClock.now() }]))

test('who has not looked yet looks at all', async () => {
  const { tenantId } = await seedTenant(database)
  assert.equal((await look(tenantId)).siteIds, 'all')
})

test('an event names its site by itself, its station or its EVSE, and a session by where it is', async () => {
  const { tenantId, siteId, stationId, evseId } = await seedTenant(database)
  for (const [type, data] of [
    ['site.changed', { siteId }],
    ['station.connected', { stationId }],
    ['session.changed', { sessionId: stationId, evseId }],
    ['reservation.changed', { evseId }],
  ] as const) {
    const { next } = await look(tenantId)
    await tell(tenantId, type, data)
    assert.deepEqual((await look(tenantId, next)).siteIds, [siteId] satisfies SiteId[], type)
  }
})

test('readings and plans name nobody, a price names all, and what is over is not told again', async () => {
  const { tenantId, siteId, stationId } = await seedTenant(database)
  const { next } = await look(tenantId)
  await tell(tenantId, 'meter.sampled', { stationId })
  await tell(tenantId, 'site.planned', { siteId })
  const quiet = await look(tenantId, next)
  assert.deepEqual(quiet.siteIds, [])
  await tell(tenantId, 'tariff.changed', { tariffId: siteId })
  const priced = await look(tenantId, quiet.next)
  assert.equal(priced.siteIds, 'all')
  assert.deepEqual((await look(tenantId, priced.next)).siteIds, [])
})

test('what is committed beside a transaction that still runs is told at once, and what that one tells is not missed', async () => {
  const { tenantId, siteId, stationId } = await seedTenant(database)
  const { next } = await look(tenantId)
  let meanwhile = { siteIds: [] as readonly SiteId[] | 'all', next }
  await database.inTenant(tenantId, async (tx) => {
    await appendOutbox(tx, tenantId, [{ type: 'site.changed', subject: siteId, data: { siteId }, recordedAt: testClock.now() }])
    assert.deepEqual((await look(tenantId, next)).siteIds, [])
    await tell(tenantId, 'station.connected', { stationId })
    meanwhile = await look(tenantId, next)
  })
  assert.deepEqual(meanwhile.siteIds, [siteId])
  assert.deepEqual((await look(tenantId, meanwhile.next)).siteIds, [siteId])
})
