import type { EpochMs, EvseId } from '@voltway/units'
import { type BookedSlot, releaseAt, START_RULES, type StartRules } from './check-start.ts'
import { HOLDING_STATES } from './reservation.ts'

/**
 * How long somebody without a reservation may charge at an EVSE that is free now: until the next reservation begins.
 * Undefined when a reservation holds it already, which is from as early as its driver may start; Infinity when none is to come.
 */
export const walkInUntil = (
  reservations: readonly BookedSlot[],
  at: { readonly evse: EvseId; readonly now: EpochMs },
  rules: StartRules = START_RULES,
): number | undefined => {
  const holding = reservations.filter(
    (slot) => slot.evse === at.evse && HOLDING_STATES.includes(slot.state) && (slot.state === 'active' || at.now <= releaseAt(slot, rules)),
  )
  if (holding.some(({ state, start }) => state === 'active' || start - rules.earlyMs <= at.now)) return undefined
  return holding.reduce((until, { start }) => Math.min(until, start), Infinity)
}
