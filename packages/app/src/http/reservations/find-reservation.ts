import { listReservations, type ReservationFilter, type ReservationListRow, type Tx } from '@voltway/store'
import type { DriverId, ReservationId } from '@voltway/units'
import type { Caller } from '../caller.ts'
import { found } from '../problems.ts'

/** A reservation of the tenant, or of the driver alone. @throws Problem NOT_FOUND */
export const findReservation = async (
  tx: Tx,
  { tenantId }: Pick<Caller, 'tenantId'>,
  { id, ...filter }: { readonly id: string; readonly driverId?: DriverId | undefined } & Pick<ReservationFilter, 'due'>,
): Promise<ReservationListRow> => found((await listReservations(tx, tenantId, { id: id as ReservationId, ...filter }))[0], 'reservation')
