import { RESERVATION_STATES, type ReservationState } from './reservation.ts'

/**
 * What can happen to a reservation. `pushed`, `refusedByStation`, `droppedByStation`: ReserveNow was accepted, or not, or the
 * station gave the reservation up later; `started`, `ended`: a transaction uses it, and is over; `unusedAtDeadline`: nobody
 * came in time; `cancelled`: by the driver or the operator.
 */
export const RESERVATION_EVENTS = [
  'pushed',
  'refusedByStation',
  'droppedByStation',
  'started',
  'ended',
  'unusedAtDeadline',
  'cancelled',
] as const
export type ReservationEvent = (typeof RESERVATION_EVENTS)[number]

/** `stays`: heard already or of no effect; `refused`: cannot be, and whoever asked is told so. */
type Outcome = ReservationState | 'stays' | 'refused'

/** What is over stays over; facts of the station that come late change nothing, wishes are refused. */
const OVER: Readonly<Record<ReservationEvent, Outcome>> = {
  pushed: 'stays',
  refusedByStation: 'stays',
  droppedByStation: 'stays',
  started: 'refused',
  ended: 'stays',
  unusedAtDeadline: 'stays',
  cancelled: 'refused',
}

/** Every state says what it does with every event. Ours is the record: a station's refusal changes who holds the slot, not whose it is. */
export const RESERVATION_TABLE: Readonly<Record<ReservationState, Readonly<Record<ReservationEvent, Outcome>>>> = {
  confirmed: {
    pushed: 'pushed',
    refusedByStation: 'stays',
    droppedByStation: 'stays',
    started: 'active',
    // The end may be heard before the start: a station that was offline reports in any order.
    ended: 'completed',
    unusedAtDeadline: 'released',
    cancelled: 'cancelled',
  },
  pushed: {
    pushed: 'stays',
    refusedByStation: 'confirmed',
    droppedByStation: 'confirmed',
    started: 'active',
    ended: 'completed',
    unusedAtDeadline: 'released',
    cancelled: 'cancelled',
  },
  active: {
    pushed: 'stays',
    refusedByStation: 'stays',
    droppedByStation: 'stays',
    started: 'stays',
    ended: 'completed',
    unusedAtDeadline: 'stays',
    // A car that charges is stopped, not cancelled.
    cancelled: 'refused',
  },
  completed: { ...OVER, started: 'stays' },
  released: OVER,
  cancelled: { ...OVER, cancelled: 'stays' },
}

/** The state after an event; undefined when the event is refused in this state. */
export const nextReservationState = (state: ReservationState, event: ReservationEvent): ReservationState | undefined => {
  const outcome = RESERVATION_TABLE[state][event]
  if (outcome === 'refused') return undefined
  return outcome === 'stays' ? state : outcome
}

/** The table as a Mermaid state diagram, for the docs. */
export const reservationDiagram = (): string => {
  const arrows = RESERVATION_STATES.flatMap((state) =>
    RESERVATION_EVENTS.flatMap((event) => {
      const outcome = RESERVATION_TABLE[state][event]
      return outcome === 'stays' || outcome === 'refused' ? [] : [`  ${state} --> ${outcome}: ${event}`]
    }),
  )
  const over = RESERVATION_STATES.filter((state) => !arrows.some((arrow) => arrow.startsWith(`  ${state} `)))
  return ['stateDiagram-v2', '  [*] --> confirmed', ...arrows, ...over.map((state) => `  ${state} --> [*]`), ''].join('\n')
}
