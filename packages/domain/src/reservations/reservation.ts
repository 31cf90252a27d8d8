/** A booked slot's life. `pushed`: the station holds it (ReserveNow accepted); `active`: a transaction uses it. */
export const RESERVATION_STATES = ['confirmed', 'pushed', 'active', 'completed', 'released', 'cancelled'] as const
export type ReservationState = (typeof RESERVATION_STATES)[number]

/** States in which the slot is taken: the ones that the exclusion constraint covers. */
export const HOLDING_STATES: readonly ReservationState[] = ['confirmed', 'pushed', 'active']
