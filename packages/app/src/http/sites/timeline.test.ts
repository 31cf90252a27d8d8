import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { beginLink, createIngestWriter, endLink } from '@voltway/store'
import { seedNode } from '@voltway/store/testing'
import { type ChargingStationId, epochMs, HOUR, isoOf, type TenantId } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
before(async () => {
  it = await openTestApp()
})
after(() => it.close())

test('a status outlives a lost link, the time without link is shown, and nothing is shown of the future', async () => {
  const [tenantId, stationId] = [it.seeded.tenantId as TenantId, it.seeded.stations[0]?.id as ChargingStationId]
  const start = it.services.clock.now()
  const at = (hours: number) => epochMs(start + hours * HOUR)
  it.advance(5 * HOUR)
  const link = { tenantId, stationId, ocppVersion: 'ocpp1.6', nodeId: await seedNode(it.services.db) }
  const { epoch } = await it.services.db.inTenant(tenantId, (tx) => beginLink(tx, { ...link, at: at(0) }))
  const writer = createIngestWriter(it.services.db)
  const status = {
    kind: 'status.reported',
    evse: 1,
    connector: 1,
    status: 'available',
    reported: 'Available',
    errorCode: undefined,
    info: undefined,
    vendorErrorCode: undefined,
    occurredAt: at(1),
    receivedAt: at(1),
    payloadHash: 'one',
  } as const
  await writer.write([{ tenantId, stationId, frame: undefined, facts: [status] }], [tenantId])
  await writer.close()
  await it.services.db.inTenant(tenantId, (tx) => endLink(tx, { tenantId, stationId, epoch, at: at(2), reason: 'test' }))
  await it.services.db.inTenant(tenantId, (tx) => beginLink(tx, { ...link, at: at(3) }))
  const segments = async (from: number) => {
    const url = `/api/v1/sites/${it.seeded.siteIds[0]}/timeline?from=${isoOf(at(from))}&to=${isoOf(at(100))}`
    const answer = await it.ask('GET', url, { key: it.key })
    return Object.values(answer.body.evses?.[0]?.segments ?? {}).map(
      (segment) => `${String(segment.status)} ${String(segment.from).slice(11, 13)}-${String(segment.to).slice(11, 13)}`,
    )
  }
  assert.deepEqual(await segments(0), ['unknown 12-13', 'available 13-14', 'offline 14-15', 'available 15-17'])
  // Asked from within the time without link, what the station had said before is still known afterwards.
  assert.deepEqual(await segments(2.5), ['offline 14-15', 'available 15-17'])
})
