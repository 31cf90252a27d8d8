import { fail, ok, type Result } from '@voltway/units'
import { answerPrices } from './answer-prices.ts'
import { ascendCases } from './ascend-cases.ts'
import { ascendPrices } from './ascend-prices.ts'
import { type Ascent, openAscent, pricesOf } from './ascent.ts'
import { chooseDraft } from './choose-draft.ts'
import type { Draft } from './draft.ts'
import { finishPlan } from './finish-plan.ts'
import { type FlowRelaxation, flowRelaxation, type Prices } from './flow-relaxation.ts'
import { type FullModel, fullModelOf, isHeld, pausesAtWill } from './full-model.ts'
import type { FullSiteCertificate, FullSitePlan, PeakCase } from './full-site-plan.ts'
import type { FullSiteFault, FullSiteProblem } from './full-site-problem.ts'
import { polishPrices } from './polish-prices.ts'
import { peakOf as peakOfDraft } from './round-plan.ts'
import { fullSiteFaults } from './validate-full-site.ts'

export interface PlannedFullSite {
  readonly plan: FullSitePlan
  readonly certificate: FullSiteCertificate
}

/** What of a problem a flow cannot hold. */
const beyondFlow = ({ cars, hasPhases }: FullModel) => ({
  /** In its prices: limits by phase, batteries, priorities. */
  prices:
    hasPhases.some(Boolean) ||
    cars.some(({ battery, shortfallPrice }) => battery !== undefined || shortfallPrice !== cars[0]!.shortfallPrice),
  /** In its powers alone: least powers, steps, pauses, switches. */
  powers: cars.some((car) => !pausesAtWill(car) || isHeld(car) || car.modes.some(({ least }) => least > 1)),
})

/** The peak that the prices of an ascent stand for: the mean load where the demand charge lies. */
const peakOf = ({ model, parts, mean }: Ascent): number => {
  const { slots, base, demand, peakFree } = model
  if (demand === 0) return Number.POSITIVE_INFINITY
  let [sum, shares] = [0, 0]
  for (let slot = 0; slot < slots; slot++) {
    let grid = base[slot]!
    for (let kind = 0; kind < 4; kind++) grid += mean[kind * slots + slot]!
    sum += parts.peak[slot]! * grid
    shares += parts.peak[slot]!
  }
  return shares > demand / 100 ? Math.max(peakFree, sum / shares) : peakFree
}

interface Certified {
  readonly prices: Prices
  readonly cases?: readonly PeakCase[]
}

const certificateOf = ({ prices: { site, node, phase, car }, cases }: Certified): FullSiteCertificate => ({
  ...{ sitePrice: site, nodePrice: node, phasePrice: phase, carPrice: car },
  ...(cases && { cases }),
})

/** The flow's own prices, with what cars would answer them. */
const atFlowPrices = (model: FullModel, { prices, draft }: FlowRelaxation): Ascent => {
  const ascent = openAscent(model, prices)
  answerPrices(ascent, { turn: 0, of: 1 })
  ascent.mean.fill(0).set(draft.load.subarray(0, model.slots))
  return ascent
}

/** Rounds of prices: with few cars each is a large step, and one more round costs little. */
const LEAST_ROUNDS = 120
const MOST_ROUNDS = 600
/** What all rounds together may answer, in cars; above it there are the least rounds. */
const ANSWERS = 60_000
/** A car that gives back takes long to answer: at a large site it does every second round. */
const TURNS = 2

const effortFor = ({ cars }: FullModel) => {
  const rounds = Math.min(MOST_ROUNDS, Math.max(LEAST_ROUNDS, Math.floor(ANSWERS / Math.max(1, cars.length))))
  return { rounds, turns: rounds > LEAST_ROUNDS ? 1 : TURNS }
}

/** With more cars than this the steps of each matter little, and the ascent's prices bound the plan well. */
const FEW = 32
/** A bound that is within this share of the plan is near enough. */
const NEAR = 0.002

/** Prices and cases for a site of few cars: where its steps can be packed by cases of the peak, else by better prices alone. */
const tighten = (ascent: Ascent, of: { readonly plan: FullSitePlan; readonly draft: Draft }): Certified => {
  const { model } = ascent
  const prices = pricesOf(ascent)
  if (model.cars.length > FEW) return { prices }
  const { energyNanos, demandNanos, wearNanos, shortfallNanos, withoutCarsNanos } = of.plan.cost
  const cost = Number(energyNanos + demandNanos + wearNanos + shortfallNanos - withoutCarsNanos) / model.hours
  const enough = cost - NEAR * Math.abs(cost)
  const cases = ascendCases(model, prices, { cost, peak: peakOfDraft(model, of.draft), enough })
  return cases.length > 0 ? { prices, cases } : { prices: polishPrices(ascent, enough) }
}

/**
 * A plan of a site with all that the model knows, and prices that bound how far it is from the best. What a flow can hold is planned
 * exactly, with the peak searched; beyond that, prices of all limits are found by Lagrangian ascent, cars are fitted in under them to
 * the steps that they have, and searched in small groups (docs/decisions/0011). No plan is above a limit. Impossible wishes are
 * shortfalls with a cause; only a problem that says nothing sensible fails, with everything that is wrong with it.
 * @param isTight whether more is done for the certificate of a site of few cars: the plan is the same, and takes longer to make
 */
export const planFullSite = (
  problem: FullSiteProblem,
  { isTight = true }: { readonly isTight?: boolean } = {},
): Result<PlannedFullSite, readonly FullSiteFault[]> => {
  const faults = fullSiteFaults(problem)
  if (faults.length > 0) return fail(faults)
  const model = fullModelOf(problem)
  const beyond = beyondFlow(model)
  const relaxed = flowRelaxation(model)
  if (!relaxed) return fail([{ code: 'range', field: 'cars', message: 'may not take more than 2 GW together' }])
  if (!beyond.prices && !beyond.powers)
    return ok({ plan: finishPlan(problem, model, relaxed.draft), certificate: certificateOf({ prices: relaxed.prices }) })
  const ascent = beyond.prices ? ascendPrices(model, relaxed.prices, effortFor(model)) : atFlowPrices(model, relaxed)
  const draft = chooseDraft(ascent, { peak: beyond.prices ? peakOf(ascent) : relaxed.peak, flow: relaxed.draft })
  const plan = finishPlan(problem, model, draft)
  return ok({ plan, certificate: certificateOf(isTight ? tighten(ascent, { plan, draft }) : { prices: pricesOf(ascent) }) })
}
