import { type EpochMs, epochMs, type WattHours, wattHours } from '@voltway/units'
import { SLOT_STEP_MS } from '../reservations/booking-tree.ts'
import { freeWindows } from '../reservations/free-windows.ts'
import type { Tariff } from '../tariffs/tariff.ts'
import { cheapestPlan } from './cheapest-plan.ts'
import { frozenTariff } from './frozen-tariff.ts'
import type { ChargeWish, Plan, ShortfallCause } from './plan.ts'
import { latestEnd, type PlanContext, planPower } from './plan-context.ts'
import { pricePlan } from './price-plan.ts'

/** What a wish cannot have. */
export interface Shortfall {
  readonly cause: ShortfallCause
  /** Missing of the asked energy when the best is done. */
  readonly shortfallWh: WattHours
  /** The cheapest plan that gives all that is possible; undefined when nothing is. */
  readonly plan: Plan | undefined
}

/** First start in 15-minute steps from the arrival, at or after an instant. */
const stepFrom = (arrival: EpochMs, at: number) => arrival + Math.ceil((at - arrival) / SLOT_STEP_MS) * SLOT_STEP_MS

/** Most energy that one slot of the windows can give. */
const mostEnergy = (wish: ChargeWish, power: number, windows: readonly { readonly start: EpochMs; readonly end: EpochMs }[]): WattHours => {
  const longest = windows.reduce((most, { start, end }) => Math.max(most, end - stepFrom(wish.arrival, start)), 0)
  return wattHours(Math.floor((power * longest) / 3_600_000))
}

/** The most of an energy whose cheapest plan stays under the cap. */
const mostUnderCap = (wish: ChargeWish, context: PlanContext, most: { energy: WattHours; tariffAt: (start: EpochMs) => Tariff }) => {
  let best: Plan | undefined
  let [low, high] = [0, most.energy as number]
  // All of it is tried first: without a cap that is the answer.
  for (let energy = most.energy; low < high; energy = wattHours(Math.ceil((low + high) / 2))) {
    const draft = cheapestPlan(wish, context, { energy, tariffAt: most.tariffAt, waitingMicrosPerHour: 0n })
    const plan = draft && pricePlan(draft, most.tariffAt)
    if (plan && plan.cost.totalMicros <= (wish.priceCapMicros ?? plan.cost.totalMicros)) [best, low] = [plan, energy]
    else high = energy - 1
  }
  return best
}

const causeOf = (wish: ChargeWish, power: number, possible: { free: WattHours; empty: WattHours }): ShortfallCause => {
  if (!(wish.energy > 0)) return 'nothingAsked'
  if (power === 0) return 'noPower'
  if (possible.empty < wish.energy) return 'tooLittleTime'
  return possible.free < wish.energy ? 'slotsTaken' : 'priceCap'
}

/**
 * The most of the asked energy that can be had by departure at no more than the price cap, and why it is not all; undefined
 * when all of it can. Of several causes the first is named that alone would be enough: no power, time, bookings, price.
 */
export const leastShortfall = (wish: ChargeWish, context: PlanContext): Shortfall | undefined => {
  const power = planPower(context)
  const [from, to] = [epochMs(Math.max(wish.arrival, context.now)), latestEnd(wish)]
  const empty = mostEnergy(wish, power, to > from ? [{ start: from, end: to }] : [])
  const free = mostEnergy(wish, power, freeWindows(context.freeSlots, from, to))
  const cause = causeOf(wish, power, { free, empty })
  const possible = wattHours(Math.max(0, Math.min(free, wish.energy)))
  const found = mostUnderCap(wish, context, { energy: possible, tariffAt: frozenTariff(context, wish.arrival) })
  if (found && found.energy >= wish.energy) return undefined
  const shortfallWh = wattHours(Math.max(0, wish.energy - (found?.energy ?? 0)))
  if (!found) return { cause, shortfallWh, plan: undefined }
  return { cause, shortfallWh, plan: { ...found, reasons: [{ code: 'leastShortfall', shortfallWh, cause }, ...found.reasons] } }
}
