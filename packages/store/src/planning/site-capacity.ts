import type { CurrentType } from '@voltway/domain/stations'
import type { ChargingStationId, EpochMs, EvseId, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { PhaseRotation } from './site-energy.ts'
import { type SiteForecastRow, siteForecasts } from './site-forecasts.ts'

export interface CapacityEvse {
  readonly id: EvseId
  readonly stationId: ChargingStationId
  readonly sharedLimitW: number | null
  readonly phaseLimitA: number | null
  readonly currentType: CurrentType
  readonly phases: 1 | 3
  readonly phaseRotation: PhaseRotation
  /** Of its station. */
  readonly capabilities: Readonly<Record<string, unknown>>
}

/** The limits of a site, and the plans that drivers accepted there. */
export interface SiteCapacity {
  readonly gridLimitW: number | null
  readonly phaseLimitsA: readonly number[] | null
  /** False where the operator switched it off: then nothing is kept free. */
  readonly isSteered: boolean
  readonly evses: readonly CapacityEvse[]
  /** `phases` where a plan says on how many it draws. */
  readonly promised: readonly { readonly evseId: EvseId; readonly curve: unknown; readonly phases: unknown }[]
  readonly forecasts: readonly SiteForecastRow[]
}

/** Nobody else promises anything of a site until this transaction ends. */
export const lockSite = async (tx: Transaction<Tables>, tenantId: TenantId, siteId: SiteId): Promise<void> => {
  await sql`select from voltway.site where tenant_id = ${tenantId} and id = ${siteId} for no key update`.execute(tx)
}

/** The site of an EVSE. */
export const siteOfEvse = async (tx: Transaction<Tables>, tenantId: TenantId, evseId: EvseId): Promise<SiteId | undefined> =>
  (
    await sql<{ id: SiteId }>`
    select station.site_id as id from voltway.evse
    join voltway.charging_station station on station.tenant_id = evse.tenant_id and station.id = evse.station_id
    where evse.tenant_id = ${tenantId} and evse.id = ${evseId}`.execute(tx)
  ).rows[0]?.id

/** @returns undefined when there is no such site. */
export const siteCapacity = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { siteId, from, to }: { readonly siteId: SiteId; readonly from: EpochMs; readonly to: EpochMs },
): Promise<SiteCapacity | undefined> => {
  const { rows } = await sql<Pick<SiteCapacity, 'gridLimitW' | 'phaseLimitsA' | 'isSteered'>>`
    select grid_limit_w as "gridLimitW", phase_limits_a as "phaseLimitsA", coalesce(steering, true) as "isSteered"
    from voltway.site where tenant_id = ${tenantId} and id = ${siteId}`.execute(tx)
  const site = rows[0]
  if (!site) return undefined
  const { rows: evses } = await sql<CapacityEvse>`
    select evse.id, station.id as "stationId", station.shared_limit_w as "sharedLimitW", station.phase_limit_a as "phaseLimitA",
      evse.current_type as "currentType", evse.phases, evse.phase_rotation as "phaseRotation", station.capabilities
    from voltway.charging_station station
    join voltway.evse on evse.tenant_id = station.tenant_id and evse.station_id = station.id
    where station.tenant_id = ${tenantId} and station.site_id = ${siteId} order by station.id, evse.number`.execute(tx)
  const { rows: promised } = await sql<SiteCapacity['promised'][number]>`
    select evse_id as "evseId", plan -> 'curve' as curve, plan -> 'phases' as phases from voltway.reservation
    where tenant_id = ${tenantId} and evse_id = any (${evses.map(({ id }) => id)}::uuid[]) and state in ('confirmed', 'pushed', 'active')
      and during && int8range(${from}, ${to})`.execute(tx)
  const forecasts = await siteForecasts(tx, tenantId, { siteIds: [siteId], from, to })
  return { ...site, evses, promised, forecasts }
}
