import type { SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** How much of its grid limit a site draws for charging now, in parts per million; 0 where no limit is known. */
export const siteLoad = async (tx: Transaction<Tables>, tenantId: TenantId, siteId: SiteId): Promise<bigint> => {
  const { rows } = await sql<{ ppm: string }>`
    select coalesce(round(sum(s.power_w) * 1e6 / site.grid_limit_w), 0)::bigint::text as ppm
    from voltway.site
    left join voltway.charging_station station on station.tenant_id = site.tenant_id and station.site_id = site.id
    left join voltway.session s on s.tenant_id = station.tenant_id and s.station_id = station.id and s.ended_at is null
    where site.tenant_id = ${tenantId} and site.id = ${siteId}
    group by site.grid_limit_w`.execute(tx)
  return BigInt(rows[0]?.ppm ?? 0)
}
