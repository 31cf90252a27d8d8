import type { DriverId, EpochMs, EvseId, IdTokenId, ReservationId, TenantId, VehicleId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface TokenOwner {
  readonly idTokenId: IdTokenId
  readonly driverId: DriverId | null
}

/** Whose card or app token it is, by keyed hash. */
export const tokenOwner = async (tx: Transaction<Tables>, tenantId: TenantId, tokenHash: Uint8Array): Promise<TokenOwner | undefined> => {
  const { rows } = await sql<TokenOwner>`
    select id as "idTokenId", driver_id as "driverId" from voltway.id_token where tenant_id = ${tenantId} and token_hash = ${tokenHash}`.execute(
    tx,
  )
  return rows[0]
}

export interface ReservationAtStart {
  readonly id: ReservationId
  readonly code: string
  readonly number: number
  readonly driverId: DriverId
  readonly vehicleId: VehicleId | null
  readonly startsAt: EpochMs
  readonly endsAt: EpochMs
  readonly state: string
  /** The accepted plan with its frozen tariff, as JSON. */
  readonly plan: unknown
}

/** Reservations of an EVSE that a start at this moment may be using, nearest first. */
export const reservationsAtStart = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  at: { readonly evseId: EvseId; readonly from: EpochMs; readonly to: EpochMs },
) => {
  const { rows } = await sql<ReservationAtStart>`
    select id, code, number, driver_id as "driverId", vehicle_id as "vehicleId", starts_at as "startsAt", ends_at as "endsAt", state, plan
    from voltway.reservation
    where tenant_id = ${tenantId} and evse_id = ${at.evseId} and state in ('confirmed', 'pushed', 'active') and during && int8range(${at.from}, ${at.to})
    order by starts_at`.execute(tx)
  return rows
}

/** A driver's vehicle when there is just one, so that nobody is asked what is plain. */
export const onlyVehicle = async (tx: Transaction<Tables>, tenantId: TenantId, driverId: DriverId): Promise<VehicleId | undefined> => {
  const { rows } = await sql<{ id: VehicleId }>`
    select id from voltway.vehicle where tenant_id = ${tenantId} and driver_id = ${driverId} limit 2`.execute(tx)
  return rows.length === 1 ? rows[0]?.id : undefined
}
