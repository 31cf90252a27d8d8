import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import { createIngestWriter } from '../ingest/create-ingest-writer.ts'
import { appendOutbox } from '../outbox/append-outbox.ts'
import type { Tables } from '../tables.ts'
import { openTestDatabase, type SeededTenant, seedTenant, testClock } from '../testing/index.ts'
import type { Database } from './open-database.ts'

/** What must be found before a tenant is known; everything else with a tenant is protected. */
const DIRECTORY = ['station_directory', 'membership', 'api_key']

interface Table {
  readonly name: string
  readonly parent: string | null
  readonly enabled: boolean
  readonly forced: boolean
  readonly policies: readonly string[]
}

let database: Database
let tables: readonly Table[]
let ours: SeededTenant
let theirs: SeededTenant

const asTenant = <Value>(tenant: TenantId | undefined, work: (tx: Transaction<Tables>) => Promise<Value>) =>
  tenant === undefined ? database.kysely.transaction().execute(work) : database.inTenant(tenant, work)

before(async () => {
  database = await openTestDatabase()
  ours = await seedTenant(database)
  theirs = await seedTenant(database)
  tables = (
    await sql<Table>`
      select c.relname as name, parent.relname as parent, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        array(select coalesce(pg_get_expr(polqual, polrelid), '') || ' / ' || coalesce(pg_get_expr(polwithcheck, polrelid), '') || ' / ' || polcmd::text
          from pg_policy where polrelid = c.oid) as policies
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      left join pg_inherits i on i.inhrelid = c.oid left join pg_class parent on parent.oid = i.inhparent
      where n.nspname = 'voltway' and c.relkind in ('r', 'p')
        and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped)
      order by 1`.execute(database.kysely)
  ).rows.filter(({ name }) => !DIRECTORY.includes(name))
  for (const tenant of [ours, theirs]) await fill(tenant)
})
after(() => database.close())

/** At least one row in every protected table, so that "sees nothing" means something. */
const fill = async ({ tenantId, stationId, evseId, driverId, siteId }: SeededTenant) => {
  const now = testClock.now()
  const id = () => sql`gen_random_uuid()`
  const writer = createIngestWriter(database)
  const at = { occurredAt: now, receivedAt: now }
  await writer.write(
    [
      {
        tenantId,
        stationId,
        frame: { epoch: 1, messageId: 'm', action: 'A', receivedAt: now, request: '[]', response: '[]', outcome: 'result', violations: [] },
        facts: [
          {
            kind: 'status.reported',
            ...at,
            evse: 1,
            connector: 1,
            status: 'available',
            reported: 'Available',
            errorCode: undefined,
            info: undefined,
            vendorErrorCode: undefined,
          },
          {
            kind: 'meter.sampled',
            ...at,
            evse: 1,
            connector: 1,
            transactionId: 'T',
            payloadHash: 'h',
            context: undefined,
            importWh: undefined,
            exportWh: undefined,
            powerW: undefined,
            offeredW: undefined,
            currentA: undefined,
            voltageV: undefined,
            socPercent: undefined,
            other: undefined,
          },
          {
            kind: 'transaction.started',
            ...at,
            transactionId: 'T',
            naturalKey: 'seq:0',
            seqNo: 0,
            trigger: undefined,
            chargingState: undefined,
            stopReason: undefined,
            reservationNumber: undefined,
            remoteStartNumber: undefined,
            registerWh: undefined,
            offline: false,
          },
          {
            kind: 'variables.reported',
            ...at,
            requestId: 1,
            seqNo: 0,
            variables: [{ component: 'C', instance: undefined, evse: undefined, variable: 'V', value: '1', mutability: undefined }],
          },
          { kind: 'data.transferred', ...at, vendorId: 'v', messageId: undefined, data: undefined },
        ],
      },
    ],
    [tenantId],
  )
  await writer.close()
  await database.inTenant(tenantId, async (tx) => {
    const put = (statement: ReturnType<typeof sql>) => statement.execute(tx)
    const [tariff, reservation, session, transaction] = ['1', '2', '3', '4'].map((digit) => `${tenantId.slice(0, -1)}${digit}`)
    await put(sql`insert into voltway.idempotency_key values (${tenantId}, 'k', '\\x00', 200, '{}', ${now})`)
    await put(
      sql`insert into voltway.tariff (tenant_id, id, name, definition, updated_at) values (${tenantId}, ${tariff}, 'Day', '{}', ${now})`,
    )
    await put(sql`insert into voltway.tariff_version values (${tenantId}, ${tariff}, 1, '{}', ${now})`)
    await put(sql`insert into voltway.price_series values (${tenantId}, 'day-ahead', 1, 2, 100000)`)
    await put(sql`insert into voltway.connector values (${tenantId}, ${evseId}, 1, 'IEC_62196_T2', 22000, false)`)
    await put(
      sql`insert into voltway.station_command (tenant_id, id, station_id, action, payload, requested_by, requested_at, state) values (${tenantId}, ${id()}, ${stationId}, 'Reset', '{}', 'x', ${now}, 'queued')`,
    )
    await put(sql`insert into voltway.alarm (tenant_id, id, kind, raised_at) values (${tenantId}, ${id()}, 'x', ${now})`)
    await put(sql`insert into voltway.vehicle values (${tenantId}, ${id()}, ${driverId}, 'Car', 50000, 11000, null, '{}')`)
    const token = `${tenantId.slice(0, -1)}5`
    await put(
      sql`insert into voltway.id_token (tenant_id, id, token_hash, last_four, type, label, created_at) values (${tenantId}, ${token}, '\\x01', '1234', 'rfid', 'Card', ${now})`,
    )
    await put(sql`insert into voltway.contract (tenant_id, id, driver_id, id_token_id, emaid, pcid_hash, created_at)
      values (${tenantId}, ${id()}, ${driverId}, ${token}, 'DEVTWC00000001', '\\x01', ${now})`)
    await put(sql`insert into voltway.known_contract values (${tenantId}, '\\x01', '\\x01', ${now}, null, '{}', ${now})`)
    await put(sql`insert into voltway.trust_anchor values (${tenantId}, ${id()}, 'MO', '\\x01', 'Root', '\\x01', ${now}, ${now})`)
    await put(sql`insert into voltway.push_subscription values (${tenantId}, ${driverId}, 'https://push.example', '{}', ${now})`)
    await put(
      sql`insert into voltway.notification (tenant_id, id, driver_id, kind, created_at) values (${tenantId}, ${id()}, ${driverId}, 'x', ${now})`,
    )
    await put(sql`insert into voltway.reservation (tenant_id, id, code, station_id, evse_id, number, driver_id, starts_at, ends_at, state, wish, plan, created_at)
      values (${tenantId}, ${reservation}, 'ABCDEF', ${stationId}, ${evseId}, 1, ${driverId}, 1, 2, 'confirmed', '{}', '{}', ${now})`)
    await put(
      sql`insert into voltway.session (tenant_id, id, station_id, transaction_id, state, started_at, last_fact_at, updated_at) values (${tenantId}, ${session}, ${stationId}, 'T', 'ended', 1, 1, 1)`,
    )
    await put(
      sql`insert into voltway.charging_profile (tenant_id, station_id, number, evse, purpose, schedule, sent_at, status) values (${tenantId}, ${stationId}, 1, 1, 'transaction', '{}', 1, 'accepted')`,
    )
    await put(sql`insert into voltway.site_forecast values (${tenantId}, ${siteId}, 'pv', 1, 2, 1000)`)
    await put(sql`insert into voltway.carbon_series values (${tenantId}, 'grid', 1, 2, 300)`)
    await put(sql`insert into voltway.site_plan (tenant_id, site_id, planned_at, reasons, ends_at, planned_wh, shortfall_wh, cost_micros, cost_gap_nanos, shortfall_gap_wh, basis)
      values (${tenantId}, ${siteId}, 1, '{}', 2, 0, 0, 0, 0, 0, '{}')`)
    await put(sql`insert into voltway.site_plan_car (tenant_id, site_id, planned_at, station_id, evse_id, schedule, planned_wh, shortfall_wh, reason)
      values (${tenantId}, ${siteId}, 1, ${stationId}, ${evseId}, '{}', 0, 0, '{}')`)
    await put(
      sql`insert into voltway.cdr (tenant_id, id, session_id, receipt_number, issued_at, currency, total_micros, body) values (${tenantId}, ${id()}, ${session}, 1, 1, 'GBP', 0, '{}')`,
    )
    await put(sql`insert into voltway.ledger_transaction values (${tenantId}, ${transaction}, 'k', 'x', 1)`)
    await put(
      sql`insert into voltway.ledger_entry values (${tenantId}, ${transaction}, 1, 'a', 'GBP', 1), (${tenantId}, ${transaction}, 2, 'b', 'GBP', -1)`,
    )
    await put(sql`insert into voltway.outbox_cursor values (${tenantId}, 'c', '0', 0)`)
    await put(sql`insert into voltway.projection_due values (${tenantId}, ${stationId}, 't')`)
    await appendOutbox(tx, tenantId, [{ type: 'site.changed', subject: siteId, data: {}, recordedAt: now }])
  })
}

const rowsOf = async (tenant: TenantId | undefined, { name }: Table) =>
  (await asTenant(tenant, (tx) => sql<{ tenant_id: TenantId }>`select tenant_id from ${sql.table(`voltway.${name}`)}`.execute(tx))).rows

test('every table with a tenant, partitions too, is under the one policy, enabled and forced', () => {
  assert.ok(tables.length > 30)
  assert.ok(tables.some(({ name, parent }) => parent === 'meter_value' && name === 'meter_value_2026_06'))
  for (const { name, enabled, forced, policies } of tables) {
    assert.ok(enabled && forced, `${name} is not protected`)
    const expected = '(tenant_id = ANY (( SELECT tenants() AS tenants)))'
    assert.deepEqual(
      policies.map((policy) => policy.replaceAll(/::uuid\[\]|voltway\./g, '')),
      [`${expected} / ${expected} / *`],
      name,
    )
  }
})

test('a tenant reads its own rows in every table, and nobody else’s', async () => {
  for (const table of tables) {
    const own = await rowsOf(ours.tenantId, table)
    assert.ok(
      own.every(({ tenant_id }) => tenant_id === ours.tenantId),
      table.name,
    )
    if (table.parent === null) assert.ok(own.length > 0, `${table.name} has no row: fill it above`)
    assert.deepEqual(await rowsOf(undefined, table), [], `${table.name} without a tenant`)
  }
})

test('changing and deleting reaches no row of another tenant', async () => {
  for (const table of tables) {
    const name = sql.table(`voltway.${table.name}`)
    const [updated, deleted] = await asTenant(ours.tenantId, async (tx) => [
      await sql`update ${name} set tenant_id = tenant_id where tenant_id = ${theirs.tenantId}`.execute(tx),
      await sql`delete from ${name} where tenant_id = ${theirs.tenantId}`.execute(tx),
    ])
    assert.deepEqual([updated?.numAffectedRows, deleted?.numAffectedRows], [0n, 0n], table.name)
  }
})

test('a row can be neither written for another tenant nor given to one', async () => {
  for (const table of tables) {
    const name = sql.table(`voltway.${table.name}`)
    const columns = (
      await sql<{ column: string }>`select attname as column from pg_attribute where attrelid = ${`voltway.${table.name}`}::regclass
        and attnum > 0 and not attisdropped and attgenerated = '' and attname <> 'tenant_id' order by attnum`.execute(database.kysely)
    ).rows.map(({ column }) => sql.ref(column))
    const copy = sql`insert into ${name} (tenant_id, ${sql.join(columns)}) overriding system value select ${theirs.tenantId}::uuid, ${sql.join(columns)} from ${name} limit 1`
    const give = sql`update ${name} set tenant_id = ${theirs.tenantId}`
    if ((await rowsOf(ours.tenantId, table)).length === 0) continue
    await assert.rejects(
      asTenant(ours.tenantId, (tx) => copy.execute(tx)),
      { code: '42501' },
      `${table.name} insert`,
    )
    await assert.rejects(
      asTenant(ours.tenantId, (tx) => give.execute(tx)),
      (error: { code?: string }) => /42501|23001/.test(error.code ?? ''),
      `${table.name} update`,
    )
  }
})

test('a row cannot point at something of another tenant', async () => {
  const foreign = sql`insert into voltway.evse (tenant_id, id, station_id, number, code, current_type, max_power_w)
    values (${ours.tenantId}, gen_random_uuid(), ${theirs.stationId}, 9, 'foreign', 'AC', 1)`
  await assert.rejects(
    asTenant(ours.tenantId, (tx) => foreign.execute(tx)),
    { code: '23503' },
  )
  const stolen = sql`insert into voltway.charging_station (tenant_id, id, site_id, identity, name, created_at)
    values (${ours.tenantId}, gen_random_uuid(), ${ours.siteId}, ${`CS-${theirs.stationId}`}, 'stolen', 1)`
  await assert.rejects(
    asTenant(ours.tenantId, (tx) => stolen.execute(tx)),
    { code: '23503' },
  )
})

test('the tenant of a transaction is forgotten by the connection after it', async () => {
  await asTenant(ours.tenantId, (tx) => sql`select 1`.execute(tx))
  for (let connection = 0; connection < 12; connection++) assert.deepEqual(await rowsOf(undefined, { name: 'site' } as Table), [])
})

test('a list of tenants in place of one is refused', async () => {
  await assert.rejects(
    database.inTenant(`${ours.tenantId},${theirs.tenantId}` as TenantId, async () => undefined),
    TypeError,
  )
})
