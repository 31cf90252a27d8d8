import type { ConnectorStandard, CurrentType } from '@voltway/domain/stations'
import type { ChargingStationId, EpochMs, EvseId, SiteId, TariffId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface NewEvseRow {
  readonly id: EvseId
  readonly number: number
  readonly code: string
  readonly currentType: CurrentType
  readonly maxPowerW: number
  readonly phases: 1 | 3
  readonly side: 'left' | 'right' | null
  readonly tariffId: TariffId | null
  readonly connectors: readonly {
    readonly number: number
    readonly standard: ConnectorStandard
    readonly maxPowerW: number
    readonly cableAttached: boolean
  }[]
}

export interface NewStationRow {
  readonly id: ChargingStationId
  readonly siteId: SiteId
  readonly identity: string
  readonly name: string
  readonly passwordHash: Uint8Array | null
  readonly openAccess: boolean
  readonly sharedLimitW: number | null
  readonly createdAt: EpochMs
  readonly evses: readonly NewEvseRow[]
}

/** Adds EVSEs with their connectors to a station. */
export const insertEvses = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  stationId: ChargingStationId,
  evses: readonly NewEvseRow[],
) => {
  for (const evse of evses) {
    await sql`
      insert into voltway.evse (tenant_id, id, station_id, number, code, current_type, max_power_w, phases, side, tariff_id)
      values (${tenantId}, ${evse.id}, ${stationId}, ${evse.number}, ${evse.code}, ${evse.currentType}, ${evse.maxPowerW}, ${evse.phases}, ${evse.side},
        ${evse.tariffId})`.execute(tx)
    for (const connector of evse.connectors)
      await sql`
        insert into voltway.connector (tenant_id, evse_id, number, standard, max_power_w, cable_attached)
        values (${tenantId}, ${evse.id}, ${connector.number}, ${connector.standard}, ${connector.maxPowerW}, ${connector.cableAttached})`.execute(
        tx,
      )
  }
}

/** @returns false when the identity is taken anywhere in the installation; then nothing was written. */
export const insertStation = async (tx: Transaction<Tables>, tenantId: TenantId, station: NewStationRow): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into voltway.station_directory (identity, tenant_id, station_id) values (${station.identity}, ${tenantId}, ${station.id})
    on conflict (identity) do nothing`.execute(tx)
  if (numAffectedRows !== 1n) return false
  await sql`
    insert into voltway.charging_station (tenant_id, id, site_id, identity, name, password_hash, open_access, shared_limit_w, created_at)
    values (${tenantId}, ${station.id}, ${station.siteId}, ${station.identity}, ${station.name}, ${station.passwordHash}, ${station.openAccess},
      ${station.sharedLimitW}, ${station.createdAt})`.execute(tx)
  await insertEvses(tx, tenantId, station.id, station.evses)
  return true
}
