import type { SiteAccess, SiteKind } from '@voltway/domain/stations'
import type { EpochMs, SiteId, TariffId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import { hasLimits } from '../planning/site-energy.ts'
import type { Tables } from '../tables.ts'

/** What an operator says of a site. */
export interface SiteFields {
  readonly name: string
  readonly kind: SiteKind
  readonly address: string
  readonly city: string
  readonly country: string
  readonly latitude: number
  readonly longitude: number
  readonly timeZone: string
  readonly currency: string
  readonly gridLimitW: number | null
  readonly operatorName: string
  /** Whether its stations are steered by its plan; null: where there is a grid limit. */
  readonly steering: boolean | null
  readonly access: SiteAccess
}

export interface SiteRow extends SiteFields {
  readonly id: SiteId
  readonly tariffId: TariffId | null
  /** It has a limit, in W or by phase, or a station with a fuse. */
  readonly isLimited: boolean
  readonly evses: number
  readonly available: number
  readonly charging: number
  readonly faulted: number
  readonly offline: number
  /** Sum of what running sessions draw now. */
  readonly powerW: number
}

export interface SiteFilter {
  readonly id?: SiteId | undefined
  readonly after?: SiteId | undefined
  readonly limit?: number | undefined
}

/** Sites in the order they were made, with their EVSEs counted by status and their power now. */
export const listSites = async (tx: Transaction<Tables>, tenantId: TenantId, filter: SiteFilter = {}): Promise<readonly SiteRow[]> => {
  const { rows } = await sql<SiteRow>`
    select site.id, site.name, site.kind, site.address, site.city, site.country, site.latitude, site.longitude, site.time_zone as "timeZone",
      site.currency, site.grid_limit_w as "gridLimitW", site.operator_name as "operatorName", site.steering, site.access, site.tariff_id as "tariffId",
      ${hasLimits} as "isLimited", coalesce(counted.evses, 0)::int as evses, coalesce(counted.available, 0)::int as available, coalesce(counted.charging, 0)::int as charging,
      coalesce(counted.faulted, 0)::int as faulted, coalesce(counted.offline, 0)::int as offline, coalesce(drawn.power, 0) as "powerW"
    from voltway.site
    left join lateral (
      select count(*) as evses, count(*) filter (where evse.status = 'available') as available,
        count(*) filter (where evse.status in ('charging', 'suspended')) as charging,
        count(*) filter (where evse.status = 'faulted') as faulted, count(*) filter (where evse.status in ('offline', 'unknown')) as offline
      from voltway.charging_station station
      join voltway.evse on evse.tenant_id = station.tenant_id and evse.station_id = station.id
      where station.tenant_id = site.tenant_id and station.site_id = site.id
    ) counted on true
    left join lateral (
      select sum(session.power_w) as power
      from voltway.charging_station station
      join voltway.session on session.tenant_id = station.tenant_id and session.station_id = station.id and session.ended_at is null
      where station.tenant_id = site.tenant_id and station.site_id = site.id
    ) drawn on true
    where site.tenant_id = ${tenantId}
      and (${filter.id ?? null}::uuid is null or site.id = ${filter.id ?? null}::uuid)
      and (${filter.after ?? null}::uuid is null or site.id > ${filter.after ?? null}::uuid)
    order by site.id
    limit ${filter.limit ?? 1_000}`.execute(tx)
  return rows
}

export const insertSite = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  site: SiteFields & { readonly id: SiteId; readonly createdAt: EpochMs },
) => {
  await sql`
    insert into voltway.site (tenant_id, id, name, kind, address, city, country, latitude, longitude, time_zone, currency, grid_limit_w, operator_name, steering, access, created_at)
    values (${tenantId}, ${site.id}, ${site.name}, ${site.kind}, ${site.address}, ${site.city}, ${site.country}, ${site.latitude}, ${site.longitude},
      ${site.timeZone}, ${site.currency}, ${site.gridLimitW}, ${site.operatorName}, ${site.steering}, ${site.access}, ${site.createdAt})`.execute(
    tx,
  )
}

/** @returns whether there was such a site. */
export const updateSite = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  site: SiteFields & { readonly id: SiteId },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update voltway.site set name = ${site.name}, kind = ${site.kind}, address = ${site.address}, city = ${site.city}, country = ${site.country},
      latitude = ${site.latitude}, longitude = ${site.longitude}, time_zone = ${site.timeZone}, currency = ${site.currency},
      grid_limit_w = ${site.gridLimitW}, operator_name = ${site.operatorName}, steering = ${site.steering}, access = ${site.access}
    where tenant_id = ${tenantId} and id = ${site.id}`.execute(tx)
  return numAffectedRows === 1n
}

/** @returns whether there was such a site. */
export const setSiteTariff = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { siteId, tariffId }: { readonly siteId: SiteId; readonly tariffId: TariffId | null },
) => {
  const { numAffectedRows } =
    await sql`update voltway.site set tariff_id = ${tariffId} where tenant_id = ${tenantId} and id = ${siteId}`.execute(tx)
  return numAffectedRows === 1n
}
