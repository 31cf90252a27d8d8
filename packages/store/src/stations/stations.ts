import type { ChargingStationId, EpochMs, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface StationRow {
  readonly id: ChargingStationId
  readonly siteId: SiteId
  readonly siteName: string
  readonly name: string
  readonly identity: string
  readonly openAccess: boolean
  readonly registration: string
  readonly inboundMode: string
  readonly online: boolean
  readonly ocppVersion: string | null
  readonly vendor: string | null
  readonly model: string | null
  readonly serial: string | null
  readonly firmware: string | null
  readonly lastSeenAt: EpochMs | null
  readonly connectedAt: EpochMs | null
  readonly sharedLimitW: number | null
  readonly capabilities: Readonly<Record<string, unknown>>
  readonly openAlarms: number
  readonly variables: number
}

export interface StationFilter {
  readonly id?: ChargingStationId | undefined
  readonly siteId?: SiteId | undefined
  /** Stations with an EVSE of this status. */
  readonly status?: string | undefined
  /** Part of the name, identity, vendor, model or serial. */
  readonly q?: string | undefined
  /** Only those that are offline, have a faulted EVSE or an open alarm. */
  readonly inError?: boolean | undefined
  readonly after?: { readonly name: string; readonly id: string } | undefined
  readonly limit?: number | undefined
}

/** Escapes what `like` would read as a pattern. */
export const likePart = (text: string) => `%${text.replace(/[\\%_]/g, '\\$&')}%`

/** Stations by name; cursor is the last one's name and id. */
export const listStations = async (tx: Transaction<Tables>, tenantId: TenantId, filter: StationFilter): Promise<readonly StationRow[]> => {
  const like = filter.q === undefined ? null : likePart(filter.q)
  const { rows } = await sql<StationRow>`
    select * from (
      select station.id, station.site_id as "siteId", site.name as "siteName", station.name, station.identity, station.open_access as "openAccess",
        station.registration, station.inbound_mode as "inboundMode",
        (station.connected_at is not null and coalesce(station.disconnected_at, 0) < station.connected_at) as online,
        station.ocpp_version as "ocppVersion", station.vendor, station.model, station.serial, station.firmware, station.last_seen_at as "lastSeenAt",
        station.connected_at as "connectedAt", station.shared_limit_w as "sharedLimitW", station.capabilities,
        (select count(*) from voltway.alarm where alarm.tenant_id = station.tenant_id and alarm.station_id = station.id and alarm.resolved_at is null)::int
          as "openAlarms",
        (select count(*) from voltway.station_variable variable where variable.tenant_id = station.tenant_id and variable.station_id = station.id)::int
          as variables
      from voltway.charging_station station
      join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
      where station.tenant_id = ${tenantId}
        and (${filter.id ?? null}::uuid is null or station.id = ${filter.id ?? null}::uuid)
        and (${filter.siteId ?? null}::uuid is null or station.site_id = ${filter.siteId ?? null}::uuid)
        and (${filter.after?.name ?? null}::text is null or (station.name, station.id) > (${filter.after?.name ?? null}::text, ${filter.after?.id ?? null}::uuid))
        and (${like}::text is null or concat_ws(' ', station.name, station.identity, station.vendor, station.model, station.serial) ilike ${like}::text)
        and (${filter.status ?? null}::text is null or exists (
          select from voltway.evse where evse.tenant_id = station.tenant_id and evse.station_id = station.id and evse.status = ${filter.status ?? null}::text))
    ) listed
    where not ${filter.inError ?? false}::boolean or not listed.online or listed."openAlarms" > 0 or exists (
      select from voltway.evse where evse.tenant_id = ${tenantId} and evse.station_id = listed.id and evse.status = 'faulted')
    order by listed.name, listed.id
    limit ${filter.limit ?? 1_000}`.execute(tx)
  return rows
}
