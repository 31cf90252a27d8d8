import type { EvseStatus } from '@voltway/domain/stations'
import type { ChargingStationId, EpochMs, EvseId, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface StatusRow {
  readonly evseId: EvseId
  readonly occurredAt: EpochMs
  readonly receivedAt: EpochMs
  readonly status: EvseStatus
  readonly cause: 'station' | 'link'
}

export interface StatusSpan {
  readonly siteId?: SiteId | undefined
  readonly stationId?: ChargingStationId | undefined
  readonly from: EpochMs
  readonly to: EpochMs
}

/** Status changes per EVSE in [from, to), with the last one of each cause before; a report on EVSE 0 counts for all of its station. */
export const statusRows = async (tx: Transaction<Tables>, tenantId: TenantId, span: StatusSpan): Promise<readonly StatusRow[]> => {
  const { rows } = await sql<StatusRow>`
    with place as (
      select evse.id, evse.station_id, evse.number
      from voltway.charging_station station
      join voltway.evse on evse.tenant_id = station.tenant_id and evse.station_id = station.id
      where station.tenant_id = ${tenantId}
        and (${span.siteId ?? null}::uuid is null or station.site_id = ${span.siteId ?? null}::uuid)
        and (${span.stationId ?? null}::uuid is null or station.id = ${span.stationId ?? null}::uuid)
    )
    select place.id as "evseId", change.occurred_at as "occurredAt", change.received_at as "receivedAt", change.status, change.cause
    from place
    cross join lateral (
      (select occurred_at, received_at, status, cause from voltway.status_history
       where tenant_id = ${tenantId} and station_id = place.station_id and evse in (0, place.number) and occurred_at < ${span.from} and cause = 'station'
       order by occurred_at desc limit 1)
      union all
      (select occurred_at, received_at, status, cause from voltway.status_history
       where tenant_id = ${tenantId} and station_id = place.station_id and evse in (0, place.number) and occurred_at < ${span.from} and cause = 'link'
       order by occurred_at desc limit 1)
      union all
      (select occurred_at, received_at, status, cause from voltway.status_history
       where tenant_id = ${tenantId} and station_id = place.station_id and evse in (0, place.number)
         and occurred_at >= ${span.from} and occurred_at < ${span.to})
    ) change
    order by place.id, change.occurred_at, change.received_at`.execute(tx)
  return rows
}
