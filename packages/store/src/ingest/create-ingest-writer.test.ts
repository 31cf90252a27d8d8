import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { MeterSampled } from '@voltway/domain/sessions'
import { type ChargingStationId, epochMs, type TenantId, wattHours, watts } from '@voltway/units'
import { sql } from 'kysely'
import type { Database } from '../database/open-database.ts'
import { openTestDatabase, type SeededTenant, seedTenant, testClock, testId } from '../testing/index.ts'
import { createIngestWriter, type OwnedIngestWriter } from './create-ingest-writer.ts'
import type { IngestItem, StoredFact, StoredTransactionFact } from './ingest-item.ts'

let database: Database
let writer: OwnedIngestWriter
before(async () => {
  database = await openTestDatabase()
  writer = createIngestWriter(database)
})
after(async () => {
  await writer.close()
  await database.close()
})

const now = testClock.now()
const at = (seconds: number) => epochMs(now + seconds * 1000)
const meter = (seconds: number, more: Partial<MeterSampled> = {}): MeterSampled => ({
  kind: 'meter.sampled',
  evse: 1,
  connector: 1,
  occurredAt: at(seconds),
  receivedAt: at(seconds),
  transactionId: 'T1',
  payloadHash: `hash-${seconds}`,
  context: 'Sample.Periodic',
  importWh: wattHours(1000 + seconds),
  exportWh: undefined,
  powerW: watts(7200),
  offeredW: undefined,
  currentA: 31.5,
  voltageV: 230,
  socPercent: undefined,
  other: undefined,
  ...more,
})
const step = (
  kind: StoredTransactionFact['kind'],
  naturalKey: string,
  more: Partial<StoredTransactionFact> = {},
): StoredTransactionFact => ({
  kind,
  naturalKey,
  transactionId: 'T1',
  occurredAt: at(0),
  receivedAt: at(0),
  evse: 1,
  connector: 1,
  seqNo: 0,
  trigger: 'Authorized',
  chargingState: 'charging',
  stopReason: undefined,
  reservationNumber: undefined,
  remoteStartNumber: undefined,
  registerWh: undefined,
  offline: false,
  idTokenHash: new Uint8Array([1, 2, 3]),
  idTokenLastFour: '4711',
  authorisation: 'accepted',
  ...more,
})
const status = (seconds: number, more: object = {}): StoredFact => ({
  kind: 'status.reported',
  evse: 1,
  connector: 1,
  occurredAt: at(seconds),
  receivedAt: at(seconds),
  status: 'available',
  reported: 'Available',
  errorCode: 'NoError',
  info: undefined,
  vendorErrorCode: undefined,
  ...more,
})
const item = ({ tenantId, stationId }: SeededTenant, ...facts: StoredFact[]): IngestItem => ({
  tenantId,
  stationId,
  facts,
  frame: {
    epoch: 3,
    messageId: 'm1',
    action: 'MeterValues',
    receivedAt: at(0),
    request: '[2,"m1","MeterValues",{}]',
    response: '[3,"m1",{}]',
    outcome: 'result',
    violations: undefined,
  },
})
const count = async (tenantId: TenantId, table: string) => {
  const { rows } = await database.inTenant(tenantId, (tx) =>
    sql<{ count: number }>`select count(*) from ${sql.table(`voltway.${table}`)}`.execute(tx),
  )
  return rows[0]!.count
}
const counts = async (tenantId: TenantId, ...tables: string[]) => Promise.all(tables.map((table) => count(tenantId, table)))
const events = async (tenantId: TenantId) => {
  const { rows } = await database.inTenant(tenantId, (tx) =>
    sql<{ type: string; data: unknown }>`select type, data from voltway.outbox order by xid, position`.execute(tx),
  )
  return rows
}

test('every kind of fact is stored with its raw frame, and published', async () => {
  const seed = await seedTenant(database)
  const { tenantId, stationId } = seed
  const facts: StoredFact[] = [
    meter(1, { other: { temperatureC: 21.5 } }),
    status(2),
    step('transaction.started', 'seq:0'),
    step('transaction.ended', 'seq:1', { stopReason: 'driver', idTokenHash: undefined }),
    {
      kind: 'station.booted',
      occurredAt: at(0),
      receivedAt: at(0),
      vendor: 'ACME',
      model: 'One',
      serial: 'S1',
      firmware: '1.2',
      reason: 'PowerUp',
    },
    {
      kind: 'variables.reported',
      occurredAt: at(0),
      receivedAt: at(0),
      requestId: 1,
      seqNo: 0,
      variables: [
        { component: 'Connector', instance: undefined, evse: 1, variable: 'Available', value: 'true', mutability: 'ReadOnly' },
        { component: 'Connector', instance: undefined, evse: 1, variable: 'Available', value: 'false', mutability: 'ReadOnly' },
      ],
    },
    { kind: 'data.transferred', occurredAt: at(0), receivedAt: at(0), vendorId: 'acme', messageId: 'x', data: 'y' },
  ]
  const [result] = await writer.write([item(seed, ...facts)], [tenantId])
  assert.deepEqual(result, { inserted: 7, duplicates: 0 })
  assert.deepEqual(
    await counts(tenantId, 'ocpp_message', 'meter_value', 'status_history', 'transaction_fact', 'station_variable', 'data_transfer'),
    [1, 1, 1, 2, 1, 1],
  )
  assert.deepEqual(await events(tenantId), [
    { type: 'status.reported', data: { stationId, evse: 1 } },
    { type: 'meter.sampled', data: { stationId, evse: 1, transactionId: 'T1', from: at(1) } },
    { type: 'transaction.changed', data: { stationId, transactionId: 'T1', from: at(0) } },
    { type: 'station.booted', data: { stationId } },
  ])
  const stored = await database.inTenant(tenantId, (tx) => tx.selectFrom('voltway.meter_value').selectAll().executeTakeFirstOrThrow())
  assert.deepEqual(
    { ...stored, tenant_id: undefined, station_id: undefined },
    {
      tenant_id: undefined,
      station_id: undefined,
      evse: 1,
      occurred_at: at(1),
      payload_hash: 'hash-1',
      received_at: at(1),
      connector: 1,
      transaction_id: 'T1',
      context: 'Sample.Periodic',
      import_wh: 1001,
      export_wh: null,
      power_w: 7200,
      offered_w: null,
      current_a: 31.5,
      voltage_v: 230,
      soc_percent: null,
      other: { temperatureC: 21.5 },
    },
  )
  const [token] = await database.inTenant(tenantId, (tx) =>
    tx.selectFrom('voltway.transaction_fact').select(['id_token_hash', 'id_token_last_four']).orderBy('natural_key').execute(),
  )
  assert.deepEqual({ ...token, id_token_hash: [...token!.id_token_hash!] }, { id_token_hash: [1, 2, 3], id_token_last_four: '4711' })
  const variable = await database.inTenant(tenantId, (tx) => tx.selectFrom('voltway.station_variable').select('value').executeTakeFirst())
  assert.equal(variable?.value, 'false')
})

test('facts that are known are counted as duplicates and published once, within a batch and across', async () => {
  const seed = await seedTenant(database)
  const first = await writer.write([item(seed, meter(1), meter(2)), item(seed, meter(2), meter(3), meter(3))], [seed.tenantId])
  assert.deepEqual(first, [
    { inserted: 2, duplicates: 0 },
    { inserted: 1, duplicates: 2 },
  ])
  const again = await writer.write(
    [item(seed, meter(3), step('transaction.started', 'seq:0')), item(seed, meter(4), step('transaction.started', 'seq:0'))],
    [seed.tenantId],
  )
  assert.deepEqual(again, [
    { inserted: 1, duplicates: 1 },
    { inserted: 1, duplicates: 1 },
  ])
  assert.deepEqual(await counts(seed.tenantId, 'meter_value', 'transaction_fact', 'ocpp_message'), [4, 1, 4])
  assert.deepEqual(
    (await events(seed.tenantId)).map(({ type }) => type),
    ['meter.sampled', 'meter.sampled', 'transaction.changed'],
  )
})

test('a 1.6 start that comes again under another number is known; two starts of one number are an error', async () => {
  const seed = await seedTenant(database)
  const start = (naturalKey: string, number: number) =>
    step('transaction.started', naturalKey, { number, transactionId: String(number), seqNo: undefined })
  assert.deepEqual(await writer.write([item(seed, start('start:1:A:1:0', 1))], [seed.tenantId]), [{ inserted: 1, duplicates: 0 }])
  assert.deepEqual(await writer.write([item(seed, start('start:1:A:1:0', 2))], [seed.tenantId]), [{ inserted: 0, duplicates: 1 }])
  await assert.rejects(writer.write([item(seed, start('start:1:B:2:0', 1))], [seed.tenantId]), { code: '23505' })
  assert.equal(await count(seed.tenantId, 'transaction_fact'), 1)
})

test('a bad item leaves nothing of its batch behind, and its error says of which class it is', async () => {
  const seed = await seedTenant(database)
  const stranger: SeededTenant = { ...seed, stationId: testId() as ChargingStationId }
  await assert.rejects(writer.write([item(seed, meter(1)), item(stranger, step('transaction.started', 'seq:0'))], [seed.tenantId]), {
    code: '23503',
  })
  await assert.rejects(writer.write([item(seed, meter(1)), item(seed, meter(2, { evse: 3e9 }))], [seed.tenantId]), { code: '22003' })
  assert.deepEqual(await counts(seed.tenantId, 'meter_value', 'ocpp_message', 'outbox'), [0, 0, 0])
  assert.deepEqual(await writer.write([item(seed, meter(1))], [seed.tenantId]), [{ inserted: 1, duplicates: 0 }])
})

test('an item of a tenant whose link was not authenticated is refused by the database', async () => {
  const [ours, theirs] = [await seedTenant(database), await seedTenant(database)]
  await assert.rejects(writer.write([item(ours, meter(1)), item(theirs, meter(1))], [ours.tenantId]), { code: '42501' })
  const both = await writer.write([item(ours, meter(1)), item(theirs, meter(1))], [ours.tenantId, theirs.tenantId])
  assert.deepEqual(both, [
    { inserted: 1, duplicates: 0 },
    { inserted: 1, duplicates: 0 },
  ])
  await assert.rejects(writer.write([item(theirs, meter(2))], [ours.tenantId]), { code: '42501' })
})

test('text that PostgreSQL cannot hold is stored with its place marked, not refused', async () => {
  const seed = await seedTenant(database)
  const odd = status(1, { info: 'a\0b\u{1f50c}"\\{,}' })
  const [result] = await writer.write([item(seed, odd, meter(1, { other: { note: 'x\0y' } }))], [seed.tenantId])
  assert.deepEqual(result, { inserted: 2, duplicates: 0 })
  const stored = await database.inTenant(seed.tenantId, (tx) =>
    tx.selectFrom('voltway.status_history').select('info').executeTakeFirstOrThrow(),
  )
  assert.equal(stored.info, 'a\u{fffd}b\u{1f50c}"\\{,}')
})

test('a boot is known when it is older than the last, and does not erase what it leaves out', async () => {
  const seed = await seedTenant(database)
  const boot = (seconds: number, serial: string | undefined): StoredFact => ({
    kind: 'station.booted',
    occurredAt: at(seconds),
    receivedAt: at(seconds),
    vendor: 'ACME',
    model: `M${seconds}`,
    serial,
    firmware: undefined,
    reason: undefined,
  })
  assert.deepEqual(await writer.write([item(seed, boot(5, 'S1'))], [seed.tenantId]), [{ inserted: 1, duplicates: 0 }])
  assert.deepEqual(await writer.write([item(seed, boot(4, 'S0')), item(seed, boot(6, undefined))], [seed.tenantId]), [
    { inserted: 0, duplicates: 1 },
    { inserted: 1, duplicates: 0 },
  ])
  const station = await database.inTenant(seed.tenantId, (tx) =>
    tx.selectFrom('voltway.charging_station').select(['model', 'serial']).executeTakeFirstOrThrow(),
  )
  assert.deepEqual(station, { model: 'M6', serial: 'S1' })
})

test('lanes side by side and a broken connection lose nothing', async () => {
  const seed = await seedTenant(database)
  const wide = createIngestWriter(database, { lanes: 2 })
  try {
    const results = await Promise.all(
      Array.from({ length: 20 }, (_, index) => wide.write([item(seed, meter(index), meter(index + 1))], [seed.tenantId])),
    )
    assert.equal(
      results.flat().reduce((sum, { inserted }) => sum + inserted, 0),
      21,
    )
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'voltway-ingest' and datname = current_database()`.execute(
      database.kysely,
    )
    // The first write may still meet the broken connection; the one after it has a new one.
    await wide.write([item(seed, meter(100))], [seed.tenantId]).catch(() => undefined)
    await wide.write([item(seed, meter(100))], [seed.tenantId]).catch(() => undefined)
    const [last] = await wide.write([item(seed, meter(100), meter(101))], [seed.tenantId])
    assert.equal(last!.inserted + last!.duplicates, 2)
    assert.equal(await count(seed.tenantId, 'meter_value'), 23)
  } finally {
    await wide.close()
  }
})
