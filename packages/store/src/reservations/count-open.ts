import type { DriverId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** How many of a driver's reservations are not over yet. Whoever counts for the same driver meanwhile waits for this transaction's end. */
export const countOpenReservations = async (tx: Transaction<Tables>, tenantId: TenantId, driverId: DriverId): Promise<number> => {
  await sql`select from voltway.driver where tenant_id = ${tenantId} and id = ${driverId} for no key update`.execute(tx)
  const { rows } = await sql<{ open: number }>`
    select count(*)::int as open from voltway.reservation
    where tenant_id = ${tenantId} and driver_id = ${driverId} and state in ('confirmed', 'pushed', 'active')`.execute(tx)
  return rows[0]?.open ?? 0
}
