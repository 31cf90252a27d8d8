import { saveVehicle, type Tx } from '@voltway/store'
import { type DriverId, type TenantId, uuidv7, type VehicleId } from '@voltway/units'
import type { Services } from '../../services.ts'
import type { NewVehicle } from './driver-schemas.ts'

/** A car of a driver. */
export const createVehicle = async (
  tx: Tx,
  services: Services,
  { tenantId, driverId, vehicle }: { readonly tenantId: TenantId; readonly driverId: DriverId; readonly vehicle: NewVehicle },
): Promise<VehicleId> => {
  const id = uuidv7<'Vehicle'>(services.clock.now(), services.random)
  await saveVehicle(tx, tenantId, { ...vehicle, maxDcW: vehicle.maxDcW ?? null, id, driverId })
  return id
}
