import type { DriverId, EpochMs, ReservationId } from '@voltway/units'

/** `start` asks for a new transaction; `present` may also be the driver who comes back to stop. */
export type TokenPurpose = 'start' | 'present'

export type AuthorisationStatus = 'accepted' | 'blocked' | 'expired' | 'invalid' | 'concurrent' | 'notAtThisTime' | 'notAtThisLocation'

/** What a token may do at a station at a moment, in words of no version. */
export interface Authorisation {
  readonly status: AuthorisationStatus
  /** Why, for logs, alarms and the funnel: `tooEarly`, `wrongEvse`, `unknownToken` ... */
  readonly reason: string
  readonly groupIdToken?: string | undefined
  readonly driverId?: DriverId | undefined
  readonly reservationId?: ReservationId | undefined
  /** The station's number of the reservation that the token opens. */
  readonly reservationNumber?: number | undefined
  readonly expiresAt?: EpochMs | undefined
}
