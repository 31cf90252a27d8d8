import type { SteeredCar } from './steered-site.ts'

/** A walk-in is given this much before others' turn comes, and then so much again. */
const WALK_IN_FIRST_WH = 20_000
const WALK_IN_MORE_WH = 5_000
/** However much it has had, its power lasts until it is planned anew, at a quarter of an hour at the latest, and once more. */
const WALK_IN_HOURS = 0.5
/** A resting car keeps the minimum for so long. */
const RESTING_HOURS = 0.25

/** Wh that a car is given which was promised nothing, or takes nothing now. */
export const walkInNeed = ({ wish, delivered, isResting, terms, maxPower }: SteeredCar): number => {
  if (isResting) return Math.floor(terms.minimum * RESTING_HOURS)
  if (wish.kind === 'promise') return 0
  const wanted = Math.max(WALK_IN_FIRST_WH - delivered, WALK_IN_MORE_WH, maxPower * WALK_IN_HOURS)
  return Math.floor(Math.min(wish.room ?? Number.POSITIVE_INFINITY, wanted))
}
