import type { ChargingStationId, DriverId, EpochMs, EvseId, ReservationId, TenantId, VehicleId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface NewReservation {
  readonly id: ReservationId
  readonly code: string
  readonly stationId: ChargingStationId
  readonly evseId: EvseId
  readonly driverId: DriverId
  readonly vehicleId: VehicleId | undefined
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
  readonly wish: unknown
  readonly plan: unknown
  readonly createdAt: EpochMs
}

/**
 * Books a slot; the exclusion constraint `reservation_no_overlap` (SQLSTATE 23P01) refuses an overlap, whoever races. The
 * station's reservationId is drawn from its own sequence in the same transaction.
 */
export const insertReservation = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  reservation: NewReservation,
): Promise<{ readonly number: number }> => {
  const { rows } = await sql<{ number: number }>`
    with drawn as (
      update voltway.charging_station set next_reservation_number = next_reservation_number + 1
      where tenant_id = ${tenantId} and id = ${reservation.stationId}
      returning next_reservation_number - 1 as number
    )
    insert into voltway.reservation (tenant_id, id, code, station_id, evse_id, number, driver_id, vehicle_id, starts_at, ends_at, state, wish, plan, created_at)
    select ${tenantId}, ${reservation.id}, ${reservation.code}, ${reservation.stationId}, ${reservation.evseId}, drawn.number, ${reservation.driverId},
      ${reservation.vehicleId ?? null}, ${reservation.startsAt}, ${reservation.endsAt}, 'confirmed', ${JSON.stringify(reservation.wish)}::jsonb,
      ${JSON.stringify(reservation.plan)}::jsonb, ${reservation.createdAt}
    from drawn
    returning number`.execute(tx)
  const row = rows[0]
  if (!row) throw new Error('the charging station of a reservation is not there')
  return row
}
