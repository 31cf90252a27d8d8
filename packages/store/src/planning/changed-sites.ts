import type { SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** Where something happened of which a site's plan may want to know. */
export interface ChangedSites {
  /** `all` where something happened that may concern each of them. */
  readonly siteIds: readonly SiteId[] | 'all'
  /** To be given the next time. */
  readonly next: string
}

const TOLD = [
  'session.changed',
  'reservation.changed',
  'site.changed',
  'tariff.changed',
  'station.booted',
  'station.connected',
  'station.disconnected',
]

/**
 * Sites of which the outbox has something new since the transaction id of the last look. Also what was committed beside transactions
 * that still run is seen at once; it is then seen again until these have ended, so nothing is ever passed over.
 */
export const changedSites = async (tx: Transaction<Tables>, tenantId: TenantId, since: string | undefined): Promise<ChangedSites> => {
  const { rows: snapshot } = await sql<{ next: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as next`.execute(tx)
  const { next } = snapshot[0]!
  if (since === undefined) return { siteIds: 'all', next }
  const { rows } = await sql<{ siteId: SiteId | null; isForAll: boolean }>`
    with news as materialized (
      select type, subject, data from voltway.outbox
      where tenant_id = ${tenantId} and (xid, position) >= (${since}::xid8, 0::bigint) and type = any (${TOLD}::text[])
    ), at_evse as (
      select (data->>'evseId')::uuid as id from news where data->>'evseId' is not null
      union
      select s.evse_id from news join voltway.session s on s.tenant_id = ${tenantId} and s.id = (news.data->>'sessionId')::uuid
      where news.data->>'evseId' is null
    ), at_station as (
      select evse.station_id as id from at_evse join voltway.evse on evse.tenant_id = ${tenantId} and evse.id = at_evse.id
      union
      select (data->>'stationId')::uuid from news where data->>'stationId' is not null
    )
    select station.site_id as "siteId", false as "isForAll"
    from at_station join voltway.charging_station station on station.tenant_id = ${tenantId} and station.id = at_station.id
    union
    select (data->>'siteId')::uuid, false from news where type = 'site.changed'
    union
    select null, true from news where type = 'tariff.changed'`.execute(tx)
  if (rows.some(({ isForAll }) => isForAll)) return { siteIds: 'all', next }
  return { siteIds: rows.flatMap(({ siteId }) => siteId ?? []), next }
}
