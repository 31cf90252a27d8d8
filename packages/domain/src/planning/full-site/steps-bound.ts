import type { FullSiteProblem } from './full-site-problem.ts'
import { carRoomAt, type Drawing, hoursOf, marketAt, withoutCars } from './full-site-rules.ts'

/** One car in one slot: ways in which it can draw, each with what a kWh is worth to it after the limits above are paid. */
export interface Bidder {
  /** What it is worth to it to charge in the slot at all, in watt-slots times micros. */
  readonly on: number
  readonly ways: readonly { readonly drawing: Drawing; readonly worth: number }[]
}

/** More loads than this in a slot are not looked at: no bound is found then. */
const MOST_LOADS = 4_096

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

/** All loads of cars in a slot are multiples of this. */
const commonStep = (bidders: readonly (readonly Bidder[])[]): number =>
  bidders
    .flat()
    .flatMap(({ ways }) => ways.flatMap(({ drawing }) => [drawing.least, drawing.step]))
    .reduce(commonDivisor, 0)

/** The most that cars can pay for each load of a slot, in steps: each of them has nothing or one of its powers. */
const takingsOf = (
  bidders: readonly Bidder[],
  at: { readonly step: number; readonly loads: number; readonly cheapest: number },
): Float64Array => {
  const { step, loads, cheapest } = at
  let takings = new Float64Array(loads).fill(Number.NEGATIVE_INFINITY)
  takings[0] = 0
  for (const { ways, on } of bidders) {
    const before = takings
    takings = before.slice()
    for (const { drawing, worth } of ways) {
      // No market sells for less: with nothing of it, the slot costs no more.
      if (on + Math.max((worth - cheapest) * drawing.least, (worth - cheapest) * drawing.most) <= 0) continue
      for (let power = drawing.least; power <= drawing.most; power += drawing.step)
        for (let load = power / step; load < loads; load++)
          takings[load] = Math.max(takings[load]!, before[load - power / step]! + worth * power + on)
    }
  }
  return takings
}

/** What a slot costs at least when import may be so high, less what cars pay, where a higher peak makes it cheaper. */
interface Fall {
  readonly peak: number
  readonly by: number
}

/** The falls of one slot as the peak rises from that without cars; nothing is charged there, so that it costs nothing. */
const fallsOf = (
  problem: FullSiteProblem,
  slot: number,
  at: { readonly bidders: readonly Bidder[]; readonly step: number; readonly high: number },
): readonly Fall[] => {
  const { imported, fedIn } = marketAt(problem, slot)
  const base = withoutCars(problem, slot)
  const market = (power: number) => (power > 0 ? imported : fedIn) * power
  const loads = Math.floor(Math.min(carRoomAt(problem, slot).most, at.high - base) / at.step) + 1
  const takings = takingsOf(at.bidders, { step: at.step, loads, cheapest: fedIn })
  const falls: Fall[] = []
  let least = 0
  for (let load = 1; load < loads; load++) {
    const cost = market(base + load * at.step) - market(base) - takings[load]!
    if (cost >= least) continue
    falls.push({ peak: base + load * at.step, by: least - cost })
    least = cost
  }
  return falls
}

/**
 * Least of what market and peak cost less what cars pay, over all powers that cars have, with the peak from `low` to `high`: for every slot
 * by itself, and every peak at which one gets cheaper. In watt-slots times micros.
 * @param bidders who may charge in each slot; none of them gives back
 * @param peaks in whole W; `low` is not below the peak without cars
 * @returns minus infinity, which bounds nothing, where steps are too fine
 */
export const stepsBound = (
  problem: FullSiteProblem,
  bidders: readonly (readonly Bidder[])[],
  peaks: { readonly alone: number; readonly low: number; readonly high: number },
): number => {
  const step = commonStep(bidders)
  if (step === 0) return 0
  const slots = bidders.map((_, slot) => slot)
  if (slots.some((slot) => carRoomAt(problem, slot).most / step > MOST_LOADS)) return Number.NEGATIVE_INFINITY
  const perWatt = (problem.demandCharge?.pricePerKw ?? 0) / hoursOf(problem)
  const falls = slots.flatMap((slot) => fallsOf(problem, slot, { bidders: bidders[slot]!, step, high: peaks.high }))
  falls.sort((a, b) => a.peak - b.peak)
  const charge = (peak: number) => perWatt * (peak - peaks.alone)
  let energy = falls.reduce((sum, { peak, by }) => (peak <= peaks.low ? sum - by : sum), 0)
  let least = energy + charge(peaks.low)
  for (const { peak, by } of falls) {
    if (peak <= peaks.low) continue
    energy -= by
    least = Math.min(least, energy + charge(peak))
  }
  return least
}
