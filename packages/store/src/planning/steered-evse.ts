import type { CurrentType } from '@voltway/domain/stations'
import type { ChargingStationId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** What says whether an EVSE can be told a plan. */
export interface SteeredEvse {
  readonly currentType: CurrentType
  readonly phases: 1 | 3
  readonly capabilities: Readonly<Record<string, unknown>>
  /** False where the operator switched it off at the site. */
  readonly isSteered: boolean
  /** Whether its site or a station of that has a limit by phase. */
  readonly byPhase: boolean
}

/** @returns undefined when the station has no such EVSE. */
export const steeredEvse = async (
  tx: Transaction<Tables>,
  { tenantId, stationId }: { readonly tenantId: TenantId; readonly stationId: ChargingStationId },
  number: number,
): Promise<SteeredEvse | undefined> =>
  (
    await sql<SteeredEvse>`
    select evse.current_type as "currentType", evse.phases, station.capabilities, coalesce(site.steering, true) as "isSteered",
      site.phase_limits_a is not null or exists (
        select from voltway.charging_station other
        where other.tenant_id = site.tenant_id and other.site_id = site.id and other.phase_limit_a is not null) as "byPhase"
    from voltway.charging_station station
    join voltway.evse on evse.tenant_id = station.tenant_id and evse.station_id = station.id and evse.number = ${number}
    join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
    where station.tenant_id = ${tenantId} and station.id = ${stationId}`.execute(tx)
  ).rows[0]
