import { annealPeaks } from './anneal-peaks.ts'
import type { Ascent } from './ascent.ts'
import { copyDraft, type Draft } from './draft.ts'
import type { BatteryFit } from './fit-battery.ts'
import { followFlow } from './follow-flow.ts'
import { type FullModel, pausesAtWill } from './full-model.ts'
import type { Guide } from './guide.ts'
import { levelPeak } from './level-peak.ts'
import { improve, insertAll, insertionOrder, openFit, peakOf, roughCost } from './round-plan.ts'
import { searchGroups } from './search-groups.ts'
import { squeezePeak } from './squeeze-peak.ts'

/** What a plan is built by: a share of the peak that the prices stand for, the order of cars, and whether batteries hold the peak themselves. */
interface Trial {
  readonly share: number
  readonly batteries: 'among' | 'last'
  readonly holdsPeak: boolean
}

/** A peak below that of the prices is often better, since what does not fit passes it anyway. */
const PEAKS = [0.92, 0.96, 1]
/** With few cars each of them is a large part of the peak, and trying costs little. */
const MORE_PEAKS = [0.7, 0.8, 0.86, 0.9, 0.93, 0.96, 0.98, 1, 1.02, 1.05, 1.08, 1.12, 1.2, 1.35, 1.5]
const FEW = 100
/** With more cars than this none of them is much of a slot, and a level peak is hardly above the best. */
const FEWER = 32

const trialsFor = ({ cars, demand }: FullModel): readonly Trial[] => {
  const shares = demand === 0 ? [1] : cars.length < FEW ? MORE_PEAKS : PEAKS
  const plain = shares.map((share): Trial => ({ share, batteries: 'among', holdsPeak: false }))
  if (cars.length >= FEW || cars.every(({ battery }) => !battery)) return plain
  return plain.flatMap(({ share }) => [
    { share, batteries: 'among', holdsPeak: false },
    { share, batteries: 'among', holdsPeak: true },
    { share, batteries: 'last', holdsPeak: true },
  ])
}

interface Candidate {
  readonly draft: Draft
  readonly cost: number
  readonly peakPrice: number
}

/** What all ways to build a plan share. */
interface Making {
  readonly model: FullModel
  readonly dual: Pick<Guide, 'table' | 'market'>
  /** Prices of import at every node. */
  readonly plain: Float64Array
  readonly battery: BatteryFit
  readonly orders: Readonly<Record<Trial['batteries'], readonly number[]>>
  /** That the prices stand for. */
  readonly peak: number
}

const candidateOf = ({ model }: Making, draft: Draft, peakPrice: number): Candidate => ({ draft, cost: roughCost(model, draft), peakPrice })

/** Car by car under the prices, below shares of their peak. */
const byPrices = (making: Making): readonly Candidate[] => {
  const { model, dual, plain, battery, orders, peak } = making
  return trialsFor(model).map(({ share, batteries, holdsPeak }) => {
    const [peakPrice, order] = [holdsPeak ? model.demand : 0, orders[batteries]]
    const draft = insertAll({ ...dual, model, peak: Math.max(model.peakFree, peak * share), peakPrice }, order, battery)
    improve(model, draft, { order, battery, plain })
    return candidateOf(making, draft, peakPrice)
  })
}

/** To which the flow's plan in steps is levelled, as shares of the peak that the prices stand for. */
const LEVELS = [1, 1.01]

/** The flow's plan in steps, levelled to about its peak. */
const byFlow = (making: Making, flow: Draft): readonly Candidate[] => {
  const { model, dual, plain, battery, orders, peak } = making
  const followed = followFlow({ ...dual, model, peak, peakPrice: 0 }, flow, { order: orders.among, battery })
  return (model.demand === 0 ? [1] : LEVELS).map((share) => {
    const draft = copyDraft(followed)
    if (model.demand > 0) levelPeak(model, draft, Math.max(model.peakFree, peak * share))
    improve(model, draft, { order: orders.among, battery, plain })
    return candidateOf(making, draft, 0)
  })
}

/** The first share of the peak that is tried to be saved, and the last: half as much after each that did not pay. */
const FIRST_CUT = 0.01
const LAST_CUT = 0.0002

/** Lowers the peak of a candidate by small cuts, as long as one pays. */
const lowerPeak = (making: Making, first: Candidate): Candidate => {
  const { model } = making
  let best = first
  for (let cut = model.demand > 0 ? FIRST_CUT : 0; cut > LAST_CUT; ) {
    const peak = peakOf(model, best.draft)
    if (peak <= model.peakFree) break
    const draft = copyDraft(best.draft)
    levelPeak(model, draft, Math.max(model.peakFree, peak * (1 - cut)))
    const next = candidateOf(making, draft, best.peakPrice)
    if (next.cost < best.cost) best = next
    else cut /= 2
  }
  return best
}

/** How many times cars are put in again in small groups; where pauses are limited that takes some ten times as long. */
const searchesFor = ({ cars }: FullModel): number => {
  const isQuick = cars.length < FEW && cars.every(pausesAtWill)
  return (isQuick ? Math.min(12_000, 1_200 * cars.length) : Math.min(4_000, 300 * cars.length)) + 2 * cars.length
}

/** Searches around a candidate, in its own draft. */
const finish = (making: Making, first: Candidate, budget: number): Candidate => {
  const { model, dual, plain, battery, orders } = making
  const { draft, peakPrice } = lowerPeak(making, first)
  improve(model, draft, { order: orders.among, battery, plain })
  searchGroups(model, draft, {
    dual: { ...dual, peakPrice },
    plain: { table: plain, market: model.imported, peakPrice: model.demand },
    battery,
    budget,
  })
  return lowerPeak(making, candidateOf(making, draft, peakPrice))
}

const cheapestOf = (candidates: readonly Candidate[]): Candidate => candidates.reduce((best, one) => (one.cost < best.cost ? one : best))

/**
 * Builds plans under the prices of an ascent and from the flow's plan, takes the cheapest - with few cars the cheapest of each kind - and
 * searches around it; with very few cars it is squeezed and annealed, too.
 * @param from the peak that the prices stand for, and the flow's plan
 */
export const chooseDraft = ({ model, table, parts }: Ascent, from: { readonly peak: number; readonly flow: Draft }): Draft => {
  const making: Making = {
    model,
    dual: { table, market: parts.market },
    plain: table.map((_, at) => model.imported[at % model.slots]!),
    battery: openFit(model.slots),
    orders: { among: insertionOrder(model, 'among'), last: insertionOrder(model, 'last') },
    peak: from.peak,
  }
  const firsts = [cheapestOf(byPrices(making)), cheapestOf(byFlow(making, from.flow))]
  const starts = model.cars.length < FEW ? firsts : [cheapestOf(firsts)]
  const budget = Math.ceil(searchesFor(model) / starts.length)
  const { draft } = cheapestOf(starts.map((first) => finish(making, first, budget)))
  if (model.cars.length > FEWER) return draft
  const better = (one: Draft) => improve(model, one, { order: making.orders.among, battery: making.battery, plain: making.plain })
  return annealPeaks(model, squeezePeak(model, draft, better), better)
}
