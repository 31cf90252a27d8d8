import pg from 'pg'
import { parentOf } from './processes.ts'

/** A look into the measured database from outside, as the platform's own role and one tenant. */
export interface Rows {
  /** The first process of the database server, where it runs on this machine. */
  readonly serverProcess: number | undefined
  /** Of its processes, those that write what stations say. */
  readonly ingestProcesses: () => Promise<readonly number[]>
  readonly version: string
  /** What a crash would cost: `on` in both databases, or the figures mean nothing. */
  readonly durability: string
  readonly count: () => Promise<RowCounts>
  /** Events that the projector has not seen yet. */
  readonly projectorBehind: () => Promise<number>
  /** Puts meter values of past weeks beside the measured ones, spread over the same stations. */
  readonly prefill: (count: number) => Promise<void>
  readonly close: () => Promise<void>
}

export interface RowCounts {
  readonly meterValues: number
  readonly transactionSteps: number
  /** Raw frames of the measured actions, as they were on the wire. */
  readonly frames: number
  readonly events: number
}

const COUNTS = `select
  (select count(*)::int from voltway.meter_value) as "meterValues",
  (select count(*)::int from voltway.transaction_fact where kind = 'transaction.updated') as "transactionSteps",
  (select count(*)::int from voltway.ocpp_message where direction = 'I' and outcome = 'result'
    and (action = 'MeterValues' or (action = 'TransactionEvent' and request like '%"Updated"%'))) as frames,
  (select count(*)::int from voltway.outbox where type in ('meter.sampled', 'transaction.changed')) as events`

const BEHIND = `select count(*)::int as behind from voltway.outbox
  where (xid, position) > (select xid, position from voltway.outbox_cursor where consumer = 'projector')`

/** Rows of earlier transactions, station by station as the index has them: some thousands of each station in one statement. */
const PREFILL = `insert into voltway.meter_value (tenant_id, station_id, evse, occurred_at, payload_hash, received_at, connector, transaction_id,
    context, import_wh, power_w, current_a, voltage_v, soc_percent)
  select station.tenant_id, station.id, 1, $1::bigint + n * 1000, 'prefill-' || n, $1::bigint + n * 1000, 1, 'prefill-' || n / 500,
    'Sample.Periodic', n, 11040, 16, 230, 50
  from (select tenant_id, id from voltway.charging_station order by id limit $4::int) station
  cross join generate_series($2::bigint, $3::bigint) n`

/** Of each station in one statement. */
const PREFILL_STEP = 5_000

export const openRows = async (connectionString: string, tenantId: string): Promise<Rows> => {
  const client = new pg.Client({ connectionString })
  // A server that goes away fails the next question; it must not end the process before that.
  client.on('error', () => {})
  await client.connect()
  await client.query("select set_config('voltway.tenants', $1, false)", [`{${tenantId}}`])
  const one = async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row> => {
    const { rows } = await client.query<Row>(text, [...values])
    return rows[0]!
  }
  const { pid } = await one<{ pid: number }>('select pg_backend_pid() as pid')
  const host = client.host
  const local = host.startsWith('/') || host === 'localhost' || host === '127.0.0.1' || host === '::1'
  const { version, durability } = await one<{ version: string; durability: string }>(
    `select current_setting('server_version') as version,
      concat_ws(', ', 'synchronous_commit ' || current_setting('synchronous_commit'), 'fsync ' || current_setting('fsync')) as durability`,
  )
  return {
    serverProcess: local ? parentOf(pid) : undefined,
    ingestProcesses: async () => {
      const { rows } = await client.query<{ pid: number }>("select pid from pg_stat_activity where application_name = 'voltway-ingest'")
      return local ? rows.map((row) => row.pid) : []
    },
    version,
    durability,
    count: () => one<RowCounts & pg.QueryResultRow>(COUNTS),
    projectorBehind: async () => (await one<{ behind: number }>(BEHIND)).behind,
    prefill: async (count) => {
      const { stations } = await one<{ stations: number }>('select count(*)::int as stations from voltway.charging_station')
      const each = Math.floor(count / stations)
      // All within the weeks before; a second apart, and over long before the measured ones begin.
      const from = Date.now() - (each + 86_400) * 1000
      for (let first = 1; first <= each; first += PREFILL_STEP)
        await client.query(PREFILL, [from, first, Math.min(first + PREFILL_STEP - 1, each), stations])
      const rest = count - each * stations
      if (rest > 0) await client.query(PREFILL, [from, each + 1, each + 1, rest])
      await client.query('analyze voltway.meter_value')
    },
    close: () => client.end(),
  }
}
