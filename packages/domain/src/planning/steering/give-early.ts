import { MINUTE, wattHours } from '@voltway/units'
import type { Anticipation } from './anticipate.ts'
import { deliveredBy } from './delivered-by.ts'
import { promisedRest } from './promised-parts.ts'
import { inTerms } from './round-set-points.ts'
import { departSlot, type SlotGrid, slotHours, slotPrices, slotStart } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'
import type { Anticipated } from './steering-plan.ts'

/** A plan in which energy can be moved from one slot to another of the same car. */
export interface MovablePlan {
  readonly energyIn: (car: number, slot: number) => number
  /** Most W that a car could have in a slot if nobody else's were touched. */
  readonly roomFor: (car: number, slot: number) => number
  readonly give: (car: number, slot: number, energy: number) => void
  readonly take: (car: number, slot: number, energy: number) => void
  /** What a kWh in a slot costs the site. */
  readonly priceAt: (slot: number) => number
}

export interface GivenEarly extends Anticipated {
  /** What that costs the site more, in billionths; nothing where it costs less. */
  readonly dearerNanos: bigint
}

/** Less than this is not worth a turn. */
const WORTH_WH = 50
const QUARTER = 15 * MINUTE

/** The slots before it is planned anew, on the next quarter of an hour. */
const slotsNow = (grid: SlotGrid): number => {
  const until = (Math.floor(grid.now / QUARTER) + 1) * QUARTER
  let slots = 1
  while (slots < grid.count && slotStart(grid, slots) < until) slots++
  return slots
}

/** Whether charging now costs a driver no more than anything that is still owed: then nothing that follows can cost more than was accepted. */
const mayBeEarly = (site: SteeredSite, grid: SlotGrid, at: { readonly car: number; readonly slots: number }): boolean => {
  const steered = site.cars[at.car]!
  const { isExpected, isResting, wish } = steered
  if (isExpected || isResting || wish.kind !== 'promise') return false
  const rest = promisedRest(wish.parts, deliveredBy(steered, site.now))
  return Math.max(...slotPrices(grid, wish.prices).slice(0, at.slots)) <= Math.min(...rest.keys())
}

interface Later {
  readonly slot: number
  left: number
}

/** Where a car's energy can be taken from: what is dearest to its driver first, then what comes last. */
const laterOf = (
  site: SteeredSite,
  grid: SlotGrid,
  at: { readonly car: number; readonly first: number; readonly plan: MovablePlan; readonly anticipation: Anticipation },
): Later[] => {
  const { car, first, plan, anticipation } = at
  const { wish } = site.cars[car]!
  const prices = slotPrices(grid, wish.kind === 'promise' ? wish.prices : [])
  const fromAll = anticipation.ratherThanLater.has(car)
  const found: Later[] = []
  for (let slot = first; slot < departSlot(grid, wish); slot++) {
    const left = plan.energyIn(car, slot)
    if (left > 0 && (fromAll || plan.priceAt(slot) < plan.priceAt(0))) found.push({ slot, left })
  }
  return found.sort((a, b) => prices[b.slot]! - prices[a.slot]! || b.slot - a.slot)
}

/**
 * Lets promised cars that had better not wait have now what they would have later, in room that nobody who is there wants now:
 * each keeps its energy and its price, and nobody gets less.
 */
export const giveEarly = (
  site: SteeredSite,
  grid: SlotGrid,
  { anticipation, plan }: { readonly anticipation: Anticipation; readonly plan: MovablePlan },
): GivenEarly => {
  const first = slotsNow(grid)
  let [early, nanos] = [0, 0]
  for (const [car, power] of anticipation.ratherThanCheaper) {
    if (!mayBeEarly(site, grid, { car, slots: first })) continue
    const later = laterOf(site, grid, { car, first, plan, anticipation })
    const { terms } = site.cars[car]!
    for (let slot = 0; slot < first; slot++) {
      const hours = slotHours(grid, slot)
      const movable = later.reduce((sum, { left }) => sum + left, 0)
      const had = plan.energyIn(car, slot)
      const most = Math.floor(inTerms(terms, Math.min(power, plan.roomFor(car, slot))) * hours)
      let more = Math.floor(Math.min(movable, most - had))
      if (more < Math.min(WORTH_WH, most) || had + more < terms.minimum * hours - 1) continue
      plan.give(car, slot, more)
      early += more
      for (const one of later) {
        const energy = Math.min(more, one.left)
        if (energy <= 0) continue
        plan.take(car, one.slot, energy)
        nanos += energy * (plan.priceAt(slot) - plan.priceAt(one.slot))
        one.left -= energy
        more -= energy
      }
    }
  }
  return { days: anticipation.days, early: wattHours(Math.round(early)), dearerNanos: BigInt(Math.max(0, Math.round(nanos))) }
}
