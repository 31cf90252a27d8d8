import type { ChargingStationId, EpochMs, TenantId } from '@voltway/units'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { DirectoryTables, Tables } from '../tables.ts'

export interface DirectoryEntry {
  readonly tenantId: TenantId
  readonly stationId: ChargingStationId
}

/** Whose station an OCPP identity is: asked before any tenant is known, by exact key only. */
export const findInDirectory = async (directory: Kysely<DirectoryTables>, identity: string): Promise<DirectoryEntry | undefined> => {
  const { rows } = await sql<DirectoryEntry>`
    select tenant_id as "tenantId", station_id as "stationId" from voltway.station_directory where identity = ${identity}`.execute(
    directory,
  )
  return rows[0]
}

/** What the link must know of a station to let it in and to talk with it. */
export interface LinkStation {
  readonly passwordHash: Uint8Array | null
  readonly previousPasswordHash: Uint8Array | null
  readonly openAccess: boolean
  readonly registration: 'accepted' | 'pending' | 'rejected'
  readonly inboundMode: 'lenient' | 'strict'
  readonly bootedAt: EpochMs | null
  readonly capabilities: Readonly<Record<string, unknown>>
  /** Numbers of its EVSEs. */
  readonly evses: readonly number[]
}

export const linkStation = async (tx: Transaction<Tables>, { tenantId, stationId }: DirectoryEntry): Promise<LinkStation | undefined> => {
  const { rows } = await sql<LinkStation>`
    select password_hash as "passwordHash", previous_password_hash as "previousPasswordHash", open_access as "openAccess", registration,
      inbound_mode as "inboundMode", booted_at as "bootedAt", capabilities,
      array(select number from voltway.evse where evse.tenant_id = station.tenant_id and evse.station_id = station.id order by number) as evses
    from voltway.charging_station station
    where tenant_id = ${tenantId} and id = ${stationId}`.execute(tx)
  return rows[0]
}

/** The station has used its new password: the one before is no longer good. */
export const forgetPreviousPassword = (tx: Transaction<Tables>, { tenantId, stationId }: DirectoryEntry) =>
  sql`update voltway.charging_station set previous_password_hash = null where tenant_id = ${tenantId} and id = ${stationId}`.execute(tx)
