import type { SessionFold } from '@voltway/domain/sessions'
import {
  onlyVehicle,
  type ProjectedSession,
  type ReservationAtStart,
  reservationsAtStart,
  type StoredTransactionReported,
  type TransactionPlace,
  type Tx,
  tokenOwner,
} from '@voltway/store'
import { after, type DriverId, type IdTokenId, MINUTE, type ReservationId, type TenantId, type VehicleId } from '@voltway/units'
import { hashIdToken } from '../identity/hash-id-token.ts'

/** Whose session it is and under which booking; once known it stays. */
export interface SessionOwner {
  readonly driverId: DriverId | undefined
  readonly vehicleId: VehicleId | undefined
  readonly idTokenId: IdTokenId | undefined
  readonly reservation: Pick<ReservationAtStart, 'id' | 'plan'> | undefined
  readonly reservationId: ReservationId | undefined
}
export interface OwnerQuery {
  readonly tenantId: TenantId
  readonly place: TransactionPlace
  readonly fold: SessionFold
  readonly steps: readonly StoredTransactionReported[]
  readonly hmacKey: Uint8Array
}

/** A start this much before its slot may still be its use. */
const EARLY = 30 * MINUTE

const sameHash = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0

/** The booking in use: the one the station names, the one whose code was presented, or the driver's own at that moment. */
const reservationOf = (
  candidates: readonly ReservationAtStart[],
  named: { readonly number: number | undefined; readonly hash: Uint8Array | undefined; readonly driverId: DriverId | undefined },
  hmacKey: Uint8Array,
) =>
  candidates.find(({ number }) => number === named.number) ??
  candidates.find(({ code }) => named.hash && sameHash(hashIdToken(code, hmacKey), named.hash)) ??
  candidates.find(({ driverId }) => driverId === named.driverId)

/** Finds out from the token and the booking that a transaction presented. Runs once per session, when it is first seen. */
export async function sessionOwner(tx: Tx, query: OwnerQuery): Promise<SessionOwner> {
  const { tenantId, place, fold, steps, hmacKey } = query
  const hash = steps.find(({ idTokenHash }) => idTokenHash)?.idTokenHash
  const refused = steps.some(({ authorisation }) => authorisation !== undefined && authorisation !== 'accepted')
  const token = hash && (await tokenOwner(tx, tenantId, hash))
  const candidates = refused
    ? []
    : await reservationsAtStart(tx, tenantId, { evseId: place.evseId, from: fold.startedAt, to: after(fold.startedAt, EARLY) })
  const named = { number: fold.reservationNumber, hash, driverId: token?.driverId ?? undefined }
  const reservation = reservationOf(candidates, named, hmacKey)
  const driverId = token?.driverId ?? reservation?.driverId
  const vehicleId = reservation?.vehicleId ?? (driverId && (await onlyVehicle(tx, tenantId, driverId)))
  return { driverId, vehicleId, idTokenId: token?.idTokenId, reservation, reservationId: reservation?.id }
}

/** What an earlier fold of the same session found. */
export const knownOwner = (session: ProjectedSession): SessionOwner => ({
  driverId: session.driverId ?? undefined,
  vehicleId: session.vehicleId ?? undefined,
  idTokenId: session.idTokenId ?? undefined,
  reservation: undefined,
  reservationId: session.reservationId ?? undefined,
})
