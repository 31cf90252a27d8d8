import type { ChargingStationId, EvseId, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** How an EVSE's L1, L2, L3 are wired to the site's, as OCPP writes it: `STR` is L2, L3, L1. */
export const PHASE_ROTATIONS = ['RST', 'RTS', 'SRT', 'STR', 'TRS', 'TSR'] as const
export type PhaseRotation = (typeof PHASE_ROTATIONS)[number]

/** What a site has beside its limit in W. */
export interface SiteEnergy {
  /** L1, L2, L3. */
  readonly phaseLimitsA: readonly number[] | null
  readonly mostPauses: number | null
  readonly feedInPerKwhMicros: number | null
  readonly demandPerKwMicros: number | null
  /** The highest import of the billing period so far. */
  readonly demandPeakW: number
  /** Grams of CO2 for each kWh, by the name of a series. */
  readonly carbonSeries: string | null
}

export interface StationWiring {
  readonly stationId: ChargingStationId
  readonly stationName: string
  /** The fuse in front of it, in A on each phase. */
  readonly phaseLimitA: number | null
  readonly evses: readonly {
    readonly id: EvseId
    readonly number: number
    readonly phases: 1 | 3
    readonly phaseRotation: PhaseRotation
  }[]
}

/** The columns of `SiteEnergy`, of a table that is called `site`. */
export const siteEnergyColumns = sql`site.phase_limits_a as "phaseLimitsA", site.most_pauses as "mostPauses",
  site.feed_in_per_kwh_micros as "feedInPerKwhMicros", site.demand_per_kw_micros as "demandPerKwMicros", site.demand_peak_w as "demandPeakW",
  site.carbon_series as "carbonSeries"`

/** Whether a table that is called `site` has a limit in W or by phase, a station with a fuse, or was ever capped. */
export const hasLimits = sql<boolean>`(site.grid_limit_w is not null or site.phase_limits_a is not null or exists (
  select from voltway.charging_station fused
  where fused.tenant_id = site.tenant_id and fused.site_id = site.id and fused.phase_limit_a is not null)
  or exists (select from voltway.site_forecast f where f.tenant_id = site.tenant_id and f.site_id = site.id and f.kind = 'cap'))`

/** @returns undefined when there is no such site. */
export const siteEnergy = async (tx: Transaction<Tables>, tenantId: TenantId, siteId: SiteId): Promise<SiteEnergy | undefined> =>
  (await sql<SiteEnergy>`select ${siteEnergyColumns} from voltway.site where tenant_id = ${tenantId} and id = ${siteId}`.execute(tx))
    .rows[0]

/** How the stations of a site are wired, by name. */
export const siteWiring = async (tx: Transaction<Tables>, tenantId: TenantId, siteId: SiteId): Promise<readonly StationWiring[]> =>
  (
    await sql<StationWiring>`
    select station.id as "stationId", station.name as "stationName", station.phase_limit_a as "phaseLimitA",
      coalesce((select jsonb_agg(jsonb_build_object('id', evse.id, 'number', evse.number, 'phases', evse.phases, 'phaseRotation', evse.phase_rotation)
        order by evse.number) from voltway.evse where evse.tenant_id = station.tenant_id and evse.station_id = station.id), '[]') as evses
    from voltway.charging_station station where station.tenant_id = ${tenantId} and station.site_id = ${siteId}
    order by station.name, station.id`.execute(tx)
  ).rows

export const saveSiteEnergy = async (tx: Transaction<Tables>, tenantId: TenantId, own: SiteEnergy & { readonly siteId: SiteId }) => {
  await sql`
    update voltway.site set phase_limits_a = ${own.phaseLimitsA && [...own.phaseLimitsA]}::integer[], most_pauses = ${own.mostPauses}::smallint,
      feed_in_per_kwh_micros = ${own.feedInPerKwhMicros}::bigint, demand_per_kw_micros = ${own.demandPerKwMicros}::bigint,
      demand_peak_w = ${own.demandPeakW}::integer, carbon_series = ${own.carbonSeries}::text
    where tenant_id = ${tenantId} and id = ${own.siteId}`.execute(tx)
}

/** Writes how one station of a site is wired. @returns whether it is one of the site's and has all these EVSEs */
export const saveWiring = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  own: Pick<StationWiring, 'stationId' | 'phaseLimitA'> & {
    readonly siteId: SiteId
    readonly evses: readonly { readonly number: number; readonly phaseRotation: PhaseRotation }[]
  },
): Promise<boolean> => {
  const station = await sql`
    update voltway.charging_station set phase_limit_a = ${own.phaseLimitA}::integer
    where tenant_id = ${tenantId} and id = ${own.stationId} and site_id = ${own.siteId}`.execute(tx)
  if (station.numAffectedRows !== 1n) return false
  for (const { number, phaseRotation } of own.evses) {
    const { numAffectedRows } = await sql`
      update voltway.evse set phase_rotation = ${phaseRotation}
      where tenant_id = ${tenantId} and station_id = ${own.stationId} and number = ${number}`.execute(tx)
    if (numAffectedRows !== 1n) return false
  }
  return true
}
