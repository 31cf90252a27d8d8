import type { ElementType } from './binary-array.ts'

/** One table that the ingest statement writes. */
export interface Part {
  readonly columns: Readonly<Record<string, ElementType>>
  /** The statement over the rows `source`, up to its RETURNING. */
  readonly write: (source: string) => string
  /** The natural key of a written row as text; undefined for raw frames, which have none. */
  readonly key: string | undefined
  readonly returning: string
  /** A query over the written rows `new` that gives the outbox its tenant, time, type, subject and data. */
  readonly events: ((written: string) => string) | undefined
  /** Of rows with the same key only the last is sent, in the order of the keys: an UPDATE may not meet a row twice. */
  readonly lastOnly: boolean
}

const transactionColumns = {
  tenant_id: 'uuid',
  station_id: 'uuid',
  transaction_id: 'text',
  natural_key: 'text',
  kind: 'text',
  occurred_at: 'int8',
  received_at: 'int8',
  number: 'int4',
  evse: 'int4',
  connector: 'int4',
  seq_no: 'int4',
  trigger: 'text',
  charging_state: 'text',
  stop_reason: 'text',
  id_token_hash: 'bytea',
  id_token_last_four: 'text',
  authorisation: 'text',
  reservation_number: 'int4',
  remote_start_number: 'int4',
  register_wh: 'int8',
  offline: 'bool',
  plug: 'text',
  vehicle: 'text',
  fault: 'text',
} as const

const listed = (columns: Readonly<Record<string, unknown>>) => Object.keys(columns).join(', ')

/** Columns whose JSON travels as text. */
const withJson = (columns: Readonly<Record<string, unknown>>, ...json: readonly string[]) =>
  Object.keys(columns)
    .map((name) => (json.includes(name) ? `${name}::jsonb` : name))
    .join(', ')

const transactions = (arbiter: string): Part => ({
  columns: transactionColumns,
  write: (source) => `insert into voltway.transaction_fact (${listed(transactionColumns)})
    select ${withJson(transactionColumns, 'vehicle')} from ${source} on conflict ${arbiter} do nothing`,
  key: `station_id || '|' || transaction_id || '|' || natural_key`,
  returning: 'tenant_id, station_id, transaction_id, natural_key, occurred_at, received_at',
  events: (written) => `select tenant_id, max(received_at), 'transaction.changed', transaction_id,
    jsonb_build_object('stationId', station_id, 'transactionId', transaction_id, 'from', min(occurred_at))
    from ${written} group by tenant_id, station_id, transaction_id`,
  lastOnly: false,
})

const frameColumns = {
  tenant_id: 'uuid',
  station_id: 'uuid',
  received_at: 'int8',
  epoch: 'int8',
  direction: 'text',
  message_id: 'text',
  action: 'text',
  request: 'text',
  response: 'text',
  responded_at: 'int8',
  outcome: 'text',
  violations: 'text',
} as const

const statusColumns = {
  tenant_id: 'uuid',
  station_id: 'uuid',
  evse: 'int4',
  connector: 'int4',
  occurred_at: 'int8',
  received_at: 'int8',
  status: 'text',
  reported: 'text',
  cause: 'text',
  error_code: 'text',
  info: 'text',
  vendor_error_code: 'text',
  payload_hash: 'text',
} as const

const meterColumns = {
  tenant_id: 'uuid',
  station_id: 'uuid',
  evse: 'int4',
  occurred_at: 'int8',
  payload_hash: 'text',
  received_at: 'int8',
  connector: 'int4',
  transaction_id: 'text',
  context: 'text',
  import_wh: 'int8',
  export_wh: 'int8',
  power_w: 'float8',
  offered_w: 'float8',
  current_a: 'float8',
  voltage_v: 'float8',
  soc_percent: 'float8',
  other: 'text',
} as const

const bootColumns = {
  tenant_id: 'uuid',
  station_id: 'uuid',
  received_at: 'int8',
  vendor: 'text',
  model: 'text',
  serial: 'text',
  firmware: 'text',
} as const

const variableColumns = {
  tenant_id: 'uuid',
  station_id: 'uuid',
  component: 'text',
  instance: 'text',
  evse: 'int4',
  variable: 'text',
  value: 'text',
  mutability: 'text',
  reported_at: 'int8',
} as const

const transferColumns = {
  tenant_id: 'uuid',
  station_id: 'uuid',
  received_at: 'int8',
  vendor_id: 'text',
  message_id: 'text',
  data: 'text',
  payload_hash: 'text',
} as const

/**
 * What the ingest writes, in the order of the statement's parameters. A 1.6 start is known by its natural key, under whatever
 * number it came; two different starts with one number are an error, not a duplicate.
 */
export const PARTS = {
  frame: {
    columns: frameColumns,
    write: (source) =>
      `insert into voltway.ocpp_message (${listed(frameColumns)}) select ${withJson(frameColumns, 'violations')} from ${source}`,
    key: undefined,
    returning: '1',
    events: undefined,
    lastOnly: false,
  },
  status: {
    columns: statusColumns,
    write: (source) => `insert into voltway.status_history (${listed(statusColumns)}) select * from ${source} on conflict do nothing`,
    key: `station_id || '|' || evse || '|' || connector || '|' || occurred_at || '|' || payload_hash`,
    returning: 'tenant_id, station_id, evse, connector, occurred_at, payload_hash, received_at',
    events: (written) => `select tenant_id, max(received_at), 'status.reported', station_id::text,
      jsonb_build_object('stationId', station_id, 'evse', evse) from ${written} group by tenant_id, station_id, evse`,
    lastOnly: false,
  },
  meter: {
    columns: meterColumns,
    write: (source) =>
      `insert into voltway.meter_value (${listed(meterColumns)}) select ${withJson(meterColumns, 'other')} from ${source} on conflict do nothing`,
    key: `station_id || '|' || evse || '|' || occurred_at || '|' || payload_hash`,
    returning: 'tenant_id, station_id, evse, transaction_id, occurred_at, payload_hash, received_at',
    events: (written) => `select tenant_id, max(received_at), 'meter.sampled', station_id::text,
      jsonb_strip_nulls(jsonb_build_object('stationId', station_id, 'evse', evse, 'transactionId', transaction_id, 'from', min(occurred_at)))
      from ${written} group by tenant_id, station_id, evse, transaction_id`,
    lastOnly: false,
  },
  start: transactions("(tenant_id, station_id, natural_key) where kind = 'transaction.started' and number is not null"),
  step: transactions('(tenant_id, station_id, transaction_id, natural_key)'),
  boot: {
    columns: bootColumns,
    write: (source) => `update voltway.charging_station station set vendor = boot.vendor, model = boot.model,
      serial = coalesce(boot.serial, station.serial), firmware = coalesce(boot.firmware, station.firmware), booted_at = boot.received_at
      from ${source} boot
      where station.tenant_id = boot.tenant_id and station.id = boot.station_id and coalesce(station.booted_at, -1) < boot.received_at`,
    key: 'station_id::text',
    returning: 'boot.tenant_id, boot.station_id, boot.received_at',
    events: (written) =>
      `select tenant_id, received_at, 'station.booted', station_id::text, jsonb_build_object('stationId', station_id) from ${written}`,
    lastOnly: true,
  },
  variable: {
    columns: variableColumns,
    write: (source) => `insert into voltway.station_variable as known (${listed(variableColumns)}) select * from ${source}
      on conflict (tenant_id, station_id, component, instance, evse, variable)
      do update set value = excluded.value, mutability = coalesce(excluded.mutability, known.mutability), reported_at = excluded.reported_at
      where known.reported_at < excluded.reported_at`,
    key: `station_id || '|' || component || '|' || instance || '|' || evse || '|' || variable`,
    returning: 'station_id, component, instance, evse, variable',
    events: undefined,
    lastOnly: true,
  },
  transfer: {
    columns: transferColumns,
    write: (source) => `insert into voltway.data_transfer (${listed(transferColumns)}) select * from ${source} on conflict do nothing`,
    key: `station_id || '|' || received_at || '|' || payload_hash`,
    returning: 'station_id, received_at, payload_hash',
    events: undefined,
    lastOnly: false,
  },
} as const satisfies Readonly<Record<string, Part>>

export type PartName = keyof typeof PARTS
export const PART_NAMES = Object.keys(PARTS) as readonly PartName[]
