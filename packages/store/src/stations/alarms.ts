import type { ChargingStationId, EpochMs, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface AlarmRow {
  readonly id: string
  readonly kind: string
  readonly stationId: ChargingStationId | null
  readonly stationName: string | null
  readonly sessionId: SessionId | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly raisedAt: EpochMs
  readonly resolvedAt: EpochMs | null
}

export interface AlarmFilter {
  readonly open?: boolean | undefined
  readonly stationId?: ChargingStationId | undefined
  readonly before?: { readonly at: number; readonly id: string } | undefined
  readonly limit: number
}

/** Newest first. */
export const listAlarms = async (tx: Transaction<Tables>, tenantId: TenantId, filter: AlarmFilter): Promise<readonly AlarmRow[]> => {
  const { rows } = await sql<AlarmRow>`
    select alarm.id, alarm.kind, alarm.station_id as "stationId", station.name as "stationName", alarm.session_id as "sessionId", alarm.detail,
      alarm.raised_at as "raisedAt", alarm.resolved_at as "resolvedAt"
    from voltway.alarm
    left join voltway.charging_station station on station.tenant_id = alarm.tenant_id and station.id = alarm.station_id
    where alarm.tenant_id = ${tenantId}
      and (not ${filter.open ?? false}::boolean or alarm.resolved_at is null)
      and (${filter.stationId ?? null}::uuid is null or alarm.station_id = ${filter.stationId ?? null}::uuid)
      and (${filter.before?.at ?? null}::bigint is null
        or (alarm.raised_at, alarm.id) < (${filter.before?.at ?? null}::bigint, ${filter.before?.id ?? null}::uuid))
    order by alarm.raised_at desc, alarm.id desc
    limit ${filter.limit}`.execute(tx)
  return rows
}

/** Resolving twice keeps the first time. @returns whether there was such an alarm. */
export const resolveAlarm = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { id, now }: { readonly id: string; readonly now: EpochMs },
) => {
  const { numAffectedRows } = await sql`
    update voltway.alarm set resolved_at = coalesce(resolved_at, ${now}) where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}
