import { type EpochMs, epochMs, type WattHours } from '@voltway/units'
import { SLOT_STEP_MS } from '../reservations/booking-tree.ts'
import { freeWindows } from '../reservations/free-windows.ts'
import { priceLine } from '../tariffs/price-line.ts'
import type { Tariff } from '../tariffs/tariff.ts'
import { fillCells } from './fill-cells.ts'
import { fixedMoney, grossFactor } from './fixed-money.ts'
import type { ChargeWish, PlanReason } from './plan.ts'
import { latestEnd, type PlanContext, planPower } from './plan-context.ts'
import { type GridCell, gridCells } from './price-grid.ts'
import type { PlanDraft } from './price-plan.ts'
import { sweepEnds } from './sweep-ends.ts'

/** What the search needs beyond wish and context. */
export interface CheapestAsk {
  readonly energy: WattHours
  /** What a plan that starts at an instant is priced with. */
  readonly tariffAt: (start: EpochMs) => Tariff
  /** Overrides the wish's weight between waiting and cost. */
  readonly waitingMicrosPerHour?: bigint
  /** The paper's 15 minutes when left out. */
  readonly stepMs?: number
}

interface Best {
  readonly cells: readonly GridCell[]
  readonly first: number
  readonly start: number
  readonly end: number
  readonly weighed: number
}

/** Sums of floating point that differ by less than this many micros are the same money. */
const SAME_MONEY = 0.01

/** The weighed best; of equal ones the one that ends first, then the one that holds the EVSE for the least time. */
const better = (a: Best, b: Best | undefined): boolean => {
  if (!b || Math.abs(a.weighed - b.weighed) > SAME_MONEY) return !b || a.weighed < b.weighed
  return a.end !== b.end ? a.end < b.end : a.start > b.start
}

const search = (wish: ChargeWish, context: PlanContext, ask: CheapestAsk): Best | undefined => {
  const { arrival, priceCapMicros } = wish
  const [from, to] = [epochMs(Math.max(arrival, context.now)), latestEnd(wish)]
  const tariff = ask.tariffAt(arrival)
  const gross = grossFactor(tariff)
  const grid = { anchor: arrival, stepMs: ask.stepMs ?? SLOT_STEP_MS, prices: priceLine(tariff, from, to), gross }
  const perHour = Number(ask.waitingMicrosPerHour ?? wish.waitingMicrosPerHour ?? 0n)
  const cap = priceCapMicros === undefined ? Infinity : Number(priceCapMicros)
  const [power, wattMs] = [planPower(context), ask.energy * 3_600_000]
  let best: Best | undefined
  for (const window of freeWindows(context.freeSlots, from, to)) {
    const cells = gridCells(window, grid)
    for (const [first, { from: start, startsPlan }] of cells.entries()) {
      if (!startsPlan) continue
      if (power * (window.end - start) < wattMs) break
      const fixed = gross * fixedMoney(ask.tariffAt(epochMs(start)), epochMs(start))
      sweepEnds(cells, first, { wattMs, power, moneyCap: cap - fixed }, (end, money) => {
        if (fixed + money > cap + SAME_MONEY) return
        const weighed = fixed + money + (perHour * (end - arrival)) / 3_600_000
        const found = { cells, first, start, end, weighed }
        if (better(found, best)) best = found
      })
    }
  }
  return best
}

const draftOf = ({ cells, first, start, end }: Best, context: PlanContext, ask: CheapestAsk): PlanDraft => {
  const used = cells.slice(first).flatMap((cell) => (cell.from < end ? [{ ...cell, to: Math.min(cell.to, end) }] : []))
  const reasons: readonly PlanReason[] = [{ code: 'cheapestBeforeDeparture' }]
  return {
    kind: 'cheapest',
    start: epochMs(start),
    end: epochMs(end),
    energy: ask.energy,
    curve: fillCells(used, ask.energy * 3_600_000, planPower(context)),
    reasons,
  }
}

/**
 * The exact cheapest plan for an energy: over every start in 15-minute steps from the arrival, in every free window before the
 * departure, and every end, the one with the least cost plus `waitingMicrosPerHour` times the hours from arrival to the
 * end of charging. Inside the slot, energy goes to its cheapest moments at full power. Counted are energy by its time, minutes
 * from start to the end of charging, the session's fee and the EVCMS charges by the start, and VAT; plans above the price cap
 * are passed over. Exact up to the rounding of receipt lines. Undefined when no slot is long enough or none is under the cap.
 */
export const cheapestPlan = (wish: ChargeWish, context: PlanContext, ask: CheapestAsk): PlanDraft | undefined => {
  if (!(ask.energy > 0) || planPower(context) === 0) return undefined
  const best = search(wish, context, ask)
  return best && draftOf(best, context, ask)
}
