import type { DriverId, SessionId, TenantId, VehicleId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface VehicleRow {
  readonly id: VehicleId
  readonly driverId: DriverId
  readonly label: string
  readonly batteryWh: number
  readonly maxAcW: number
  readonly maxDcW: number | null
  readonly connectorStandards: readonly string[]
}

export const listVehicles = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { driverId, id }: { readonly driverId: DriverId; readonly id?: VehicleId | undefined },
): Promise<readonly VehicleRow[]> => {
  const { rows } = await sql<VehicleRow>`
    select id, driver_id as "driverId", label, battery_wh as "batteryWh", max_ac_w as "maxAcW", max_dc_w as "maxDcW",
      connector_standards as "connectorStandards"
    from voltway.vehicle
    where tenant_id = ${tenantId} and driver_id = ${driverId} and (${id ?? null}::uuid is null or id = ${id ?? null}::uuid)
    order by label, id`.execute(tx)
  return rows
}

/** Writes a vehicle whole; @returns false when the id is somebody else's. */
export const saveVehicle = async (tx: Transaction<Tables>, tenantId: TenantId, vehicle: VehicleRow): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into voltway.vehicle (tenant_id, id, driver_id, label, battery_wh, max_ac_w, max_dc_w, connector_standards)
    values (${tenantId}, ${vehicle.id}, ${vehicle.driverId}, ${vehicle.label}, ${vehicle.batteryWh}, ${vehicle.maxAcW}, ${vehicle.maxDcW},
      ${[...vehicle.connectorStandards]}::text[])
    on conflict (tenant_id, id) do update set label = excluded.label, battery_wh = excluded.battery_wh, max_ac_w = excluded.max_ac_w,
      max_dc_w = excluded.max_dc_w, connector_standards = excluded.connector_standards
    where vehicle.driver_id = excluded.driver_id`.execute(tx)
  return numAffectedRows === 1n
}

/** @returns whether there was such a vehicle of this driver. */
export const deleteVehicle = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { driverId, id }: { readonly driverId: DriverId; readonly id: VehicleId },
): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`delete from voltway.vehicle where tenant_id = ${tenantId} and driver_id = ${driverId} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}

export interface VehicleChargingRow {
  readonly sessionId: SessionId
  readonly vehicleId: VehicleId | null
  readonly vehicleLabel: string | null
  readonly batteryWh: number | null
  readonly socPercent: number | null
  readonly powerW: number | null
  readonly importWh: number
  readonly stationId: string
  readonly stationName: string
  readonly siteName: string
  readonly evseNumber: number | null
  readonly chargingState: string | null
  readonly startedAt: number
}

/** Cars that are plugged in and in a session now. */
export const vehiclesCharging = async (tx: Transaction<Tables>, tenantId: TenantId): Promise<readonly VehicleChargingRow[]> => {
  const { rows } = await sql<VehicleChargingRow>`
    select session.id as "sessionId", session.vehicle_id as "vehicleId", vehicle.label as "vehicleLabel", vehicle.battery_wh as "batteryWh",
      session.soc_percent as "socPercent", session.power_w as "powerW", session.import_wh as "importWh", station.id as "stationId",
      station.name as "stationName", site.name as "siteName", evse.number as "evseNumber", session.charging_state as "chargingState",
      session.started_at as "startedAt"
    from voltway.session
    join voltway.charging_station station on station.tenant_id = session.tenant_id and station.id = session.station_id
    join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
    left join voltway.evse on evse.tenant_id = session.tenant_id and evse.id = session.evse_id
    left join voltway.vehicle on vehicle.tenant_id = session.tenant_id and vehicle.id = session.vehicle_id
    where session.tenant_id = ${tenantId} and session.ended_at is null
    order by session.started_at desc`.execute(tx)
  return rows
}
