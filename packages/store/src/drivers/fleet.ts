import type { DriverId, TenantId, VehicleId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { VehicleRow } from './vehicles.ts'

/** Those of some vehicles that are known, whoever drives them. */
export const vehiclesOf = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  ids: readonly VehicleId[],
): Promise<ReadonlyMap<VehicleId, VehicleRow>> => {
  const { rows } = await sql<VehicleRow>`
    select id, driver_id as "driverId", label, battery_wh as "batteryWh", max_ac_w as "maxAcW", max_dc_w as "maxDcW",
      connector_standards as "connectorStandards"
    from voltway.vehicle where tenant_id = ${tenantId} and id = any (${[...ids]}::uuid[])`.execute(tx)
  return new Map(rows.map((row) => [row.id, row]))
}

/** Those of some drivers that are known. */
export const knownDrivers = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  ids: readonly DriverId[],
): Promise<ReadonlySet<DriverId>> => {
  const { rows } = await sql<{ id: DriverId }>`
    select id from voltway.driver where tenant_id = ${tenantId} and id = any (${[...ids]}::uuid[])`.execute(tx)
  return new Set(rows.map(({ id }) => id))
}
