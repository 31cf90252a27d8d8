import { type DriverRow, listDrivers, type Tx } from '@voltway/store'
import type { DriverId, TenantId } from '@voltway/units'
import { found } from '../problems.ts'

/** @throws Problem NOT_FOUND */
export const findDriver = async (tx: Tx, tenantId: TenantId, id: string): Promise<DriverRow> =>
  found((await listDrivers(tx, tenantId, { id: id as DriverId }))[0], 'driver')
