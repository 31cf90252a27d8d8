import type { Plan } from '../plan.ts'
import type { CarCell } from './car-cells.ts'
import type { CarStage } from './car-stage.ts'
import type { ChargePiece } from './charge-pieces.ts'
import { timeTo } from './charge-table.ts'
import { type CarAsk, searchCar, tableOf } from './search-car.ts'
import { type Found, WEIGHTS } from './search-setting.ts'

/** Prices what was found, as a receipt would. */
export type PriceFound = (found: Found) => Plan

const NO_CAP = Number.POSITIVE_INFINITY
/** The money weighs up to this much more, as a power of two. */
const MOST_BITS = 50

const energyAt = (pieces: readonly ChargePiece[], at: number): number => pieces.findLast(({ to }) => to <= at)?.energyAfter ?? 0

/** A plan between two of the same window: at every edge of a cell a share of the way from one to the other. Undefined where that is too fast. */
const between = (stage: CarStage, ask: CarAsk, mix: { a: Found; b: Found; share: number }): Found | undefined => {
  const { a, b, share } = mix
  const holds = (cells: readonly CarCell[], { pieces }: Found) =>
    pieces.every(({ from, to }) => from >= cells[0]!.from && to <= cells.at(-1)!.to)
  const cells = stage.windows.find((window) => holds(window, a) && holds(window, b))
  if (!cells || stage.wish.uninterrupted || stage.lastPart) return undefined
  const table = tableOf(stage, ask)
  const pieces: ChargePiece[] = []
  let has = 0
  for (const cell of cells) {
    const goes = (found: Found) => (found.end <= cell.to ? ask.energy : energyAt(found.pieces, cell.to))
    const reached = goes(a) + (goes(b) - goes(a)) * share
    if (reached - has < 1e-6) continue
    const lasts = cell.power > 0 ? timeTo(table, cell.power, reached) - timeTo(table, cell.power, has) : NO_CAP
    if (lasts > cell.to - cell.from + 1e-3) return undefined
    const to = Math.min(cell.to, cell.from + Math.max(1, Math.ceil(lasts - 1e-6)))
    pieces.push({ cell, from: cell.from, to, energyBefore: has, energyAfter: reached })
    has = reached
  }
  return { start: Math.min(a.start, b.start), end: pieces.at(-1)!.to, weighed: 0, pieces }
}

/** The largest share of the way to the greener plan that the cap pays for. */
const mixed = (
  stage: CarStage,
  ask: CarAsk,
  { within, beyond, isWithin }: { within: Found; beyond: Found; isWithin: (found: Found) => boolean },
) => {
  let [best, low, high] = [within, 0, 1]
  for (let round = 0; round < 20; round++) {
    const share = (low + high) / 2
    const found = between(stage, ask, { a: within, b: beyond, share })
    if (found && isWithin(found)) [best, low] = [found, share]
    else high = share
  }
  return best
}

/**
 * The greenest plan under a cap: what carbon weighs against money is halved in until the greener side of two neighbours is above
 * the cap, and the rest of the money buys a share of the way there. Without fees by start, and where the power falls steadily, that
 * is the best there is (a linear programme with one more row); otherwise it is at most one such neighbour away.
 */
const greenestUnder = (stage: CarStage, ask: CarAsk, isWithin: (found: Found) => boolean): Found | undefined => {
  const search = (bits: number) => searchCar(stage, { ...ask, weights: { ...WEIGHTS.greenest, money: 2 ** bits }, cap: NO_CAP })
  const cheapest = searchCar(stage, { ...ask, goal: 'cheapest', weights: WEIGHTS.cheapest, cap: NO_CAP })
  if (!cheapest || !isWithin(cheapest)) return undefined
  let beyond = search(0)
  if (!beyond || isWithin(beyond)) return beyond
  let within = cheapest
  let [low, high] = [0, MOST_BITS]
  while (high - low > 0.02) {
    const bits = (low + high) / 2
    const found = search(bits)
    if (found && isWithin(found)) [within, high] = [found, bits]
    else [beyond, low] = [found ?? beyond, bits]
  }
  return { ...mixed(stage, ask, { within, beyond, isWithin }), capPrice: 2 ** ((low + high) / 2) / WEIGHTS.greenest.grams }
}

/** The best plan whose receipt is not above the wish's cap; rounded lines may put what was found a coin above it, so it is then tried a little lower. */
export const searchUnderCap = (stage: CarStage, ask: Omit<CarAsk, 'weights' | 'cap'>, price: PriceFound): Found | undefined => {
  const { priceCapMicros } = stage.wish
  const weights = WEIGHTS[ask.goal]
  if (priceCapMicros === undefined) return searchCar(stage, { ...ask, weights, cap: NO_CAP })
  const isWithin = (found: Found) => price(found).cost.totalMicros <= priceCapMicros
  if (ask.goal === 'cheapest') {
    const found = searchCar(stage, { ...ask, weights, cap: NO_CAP })
    return found && isWithin(found) ? found : undefined
  }
  if (ask.goal === 'greenest') return greenestUnder(stage, { ...ask, weights, cap: NO_CAP }, isWithin)
  for (const lower of [-10_000, 0, 10_000, 30_000]) {
    const found = searchCar(stage, { ...ask, weights, cap: (Number(priceCapMicros) - lower) * 1_000 })
    if (!found || isWithin(found)) return found
  }
  return undefined
}
