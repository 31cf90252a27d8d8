import type { ChargingStationId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import { type EventRange, fromOutboxAfter } from '../outbox/events-after.ts'
import type { OutboxPosition } from '../outbox/outbox-event.ts'
import type { Consumed } from '../outbox/read-outbox.ts'
import type { Tables } from '../tables.ts'
import { FROM_THE_START } from './transaction-keys.ts'

/** Events that say something new of a transaction, and of what a station's connectors are doing. */
const OF_TRANSACTIONS = ['transaction.changed', 'meter.sampled']
const OF_STATUS = ['status.reported', 'station.connected', 'station.disconnected']

export interface Touched extends Consumed {
  /** Stations whose states may have changed, each once. */
  readonly stations: readonly ChargingStationId[]
}

interface Row {
  readonly events: number
  readonly stations: readonly ChargingStationId[] | null
  readonly last: OutboxPosition | null
}

/**
 * Notes which sessions some events touch, each once and from its earliest new fact on, and says which stations. The events stay in
 * the database: under a flood there are thousands, and only what they have in common is wanted.
 */
export const noteTouched = async (tx: Transaction<Tables>, tenantId: TenantId, range: EventRange): Promise<Touched> => {
  const { rows } = await sql<Row>`
    with event as materialized (
      select xid, position, type, data ${fromOutboxAfter(tenantId, range)}
    ), noted as (
      insert into voltway.projection_due as known (tenant_id, station_id, transaction_id, from_at)
      select ${tenantId}::uuid, (data->>'stationId')::uuid, data->>'transactionId', min(coalesce((data->>'from')::bigint, ${FROM_THE_START}::bigint))
      from event where type = any (${OF_TRANSACTIONS}::text[]) and data->>'stationId' is not null and data->>'transactionId' is not null
      group by 2, 3
      on conflict (tenant_id, station_id, transaction_id) do update set from_at = excluded.from_at where excluded.from_at < known.from_at
    )
    select (select count(*)::int from event) as events,
      (select array_agg(distinct (data->>'stationId')::uuid) from event where type = any (${OF_STATUS}::text[]) and data->>'stationId' is not null)
        as stations,
      (select jsonb_build_object('xid', xid::text, 'position', position) from event order by xid desc, position desc limit 1) as last`.execute(
    tx,
  )
  const { events, stations, last } = rows[0]!
  return { events, stations: stations ?? [], last: last ?? undefined }
}
