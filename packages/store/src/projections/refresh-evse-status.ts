import type { EvseStatus } from '@voltway/domain/stations'
import type { ChargingStationId, EpochMs, EvseId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface LatestStatus {
  readonly evseId: EvseId
  readonly evse: number
  readonly status: EvseStatus
  readonly reported: string
  readonly errorCode: string | null
  readonly occurredAt: EpochMs
}

/**
 * Sets each EVSE of some stations to its newest status by station time, whichever connector it was reported for; a status for the
 * whole station (EVSE 0) counts only while the link is down.
 */
export const refreshEvseStatus = async (tx: Transaction<Tables>, tenantId: TenantId, stationIds: readonly ChargingStationId[]) =>
  (
    await sql<{ id: EvseId; stationId: ChargingStationId }>`
    with latest as (
      select evse.id, newest.status, newest.reported, newest.error_code, newest.occurred_at
      from voltway.evse
      cross join lateral (
        select status, reported, error_code, occurred_at from voltway.status_history h
        where h.tenant_id = evse.tenant_id and h.station_id = evse.station_id and h.evse in (evse.number, 0)
          and (h.evse > 0 or h.cause = 'link')
        order by occurred_at desc, received_at desc limit 1
      ) newest
      where evse.tenant_id = ${tenantId} and evse.station_id = any(${[...stationIds]}::uuid[])
    )
    update voltway.evse set status = latest.status, status_reported = latest.reported, status_error = nullif(latest.error_code, 'NoError'),
      status_since = case when evse.status = latest.status then evse.status_since else latest.occurred_at end
    from latest where evse.tenant_id = ${tenantId} and evse.id = latest.id
      and (evse.status, evse.status_reported, evse.status_error) is distinct from (latest.status, latest.reported, nullif(latest.error_code, 'NoError'))
    returning evse.id, evse.station_id as "stationId"`.execute(tx)
  ).rows
