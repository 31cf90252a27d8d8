import { wattHours } from '@voltway/units'
import type { Draft } from './draft.ts'
import { type FullModel, THREE } from './full-model.ts'
import type { FullShortfall, FullShortfallCause, FullSiteCost, FullSitePlan } from './full-site-plan.ts'
import type { FullSiteProblem } from './full-site-problem.ts'

const HAIR = 1e-6

/** What a car lacks in a draft of what it needs, in W over a slot. */
const missingOf = ({ cars }: FullModel, { power, offsets }: Draft, index: number): number => {
  const { battery, need } = cars[index]!
  let [delivered, stored] = [0, battery?.stored ?? 0]
  for (let at = offsets[index]!; at < offsets[index + 1]!; at++) {
    const watts = power[at]!
    delivered += watts
    if (battery) stored += watts > 0 ? watts * battery.into : watts * battery.out
  }
  const lacks = battery ? battery.due - stored : need - delivered
  return lacks > HAIR ? lacks : 0
}

/** What a car lacks in a draft as it is priced, in W over a slot: in whole steps where it has some, as that is how it would be given. */
export const lackOf = (model: FullModel, draft: Draft, index: number): number => {
  const { battery, need, needInSteps } = model.cars[index]!
  const missing = missingOf(model, draft, index)
  return missing === 0 || battery ? missing : missing + needInSteps - need
}

const causeOf = ({ cars }: FullModel, index: number, lacks: number): FullShortfallCause => {
  const { arrive, depart, modes, need, battery } = cars[index]!
  const most = Math.max(...modes.map((mode) => mode.most)) * (battery?.into ?? 1) * (depart - arrive)
  if (most < (battery ? battery.due - battery.stored : need)) return 'tooLittleTime'
  return lacks < Math.min(...modes.map(({ least }) => least)) ? 'steps' : 'limits'
}

/** What energy and peak cost for loads by slot, in billionths; exact. */
const costOfLoads = (problem: FullSiteProblem, { fedIn, imported, slots }: FullModel, load: (slot: number) => number) => {
  let energy = 0n
  const peakSoFar = problem.demandCharge?.peakSoFar ?? 0
  let peak: number = peakSoFar
  for (let slot = 0; slot < slots; slot++) {
    const watts = load(slot)
    energy += BigInt(watts) * BigInt(watts > 0 ? imported[slot]! : fedIn[slot]!)
    peak = Math.max(peak, watts)
  }
  const demandNanos = problem.demandCharge ? BigInt(problem.demandCharge.pricePerKw) * BigInt(peak - peakSoFar) : 0n
  return { energyNanos: (energy * BigInt(problem.slotLength)) / 3_600_000n, demandNanos }
}

/** Exact cost of a draft. */
export const costOfDraft = (problem: FullSiteProblem, model: FullModel, draft: Draft): FullSiteCost => {
  const { base, cars, hours } = model
  let [wear, shortfall] = [0n, 0n]
  for (const [index, { battery, shortfallPrice }] of cars.entries()) {
    shortfall += BigInt(Math.round(lackOf(model, draft, index) * shortfallPrice * hours))
    if (!battery) continue
    let given = 0
    for (let at = draft.offsets[index]!; at < draft.offsets[index + 1]!; at++) given -= Math.min(0, draft.power[at]!)
    wear += BigInt(given) * BigInt(battery.wear)
  }
  const alone = costOfLoads(problem, model, (slot) => base[slot]!)
  return {
    ...costOfLoads(problem, model, (slot) => base[slot]! + draft.load[slot]!),
    wearNanos: (wear * BigInt(problem.slotLength)) / 3_600_000n,
    withoutCarsNanos: alone.energyNanos + alone.demandNanos,
    shortfallNanos: shortfall,
  }
}

/** A draft as a plan, with what it costs and who lacks what. */
export const finishPlan = (problem: FullSiteProblem, model: FullModel, draft: Draft): FullSitePlan => {
  const { cars, hours } = model
  const shortfalls: FullShortfall[] = []
  const phases = new Uint8Array(draft.power.length)
  for (const [index, { modes }] of cars.entries()) {
    for (let at = draft.offsets[index]!; at < draft.offsets[index + 1]!; at++) phases[at] = modes[draft.mode[at]!]!.kind === THREE ? 3 : 1
    const lacks = missingOf(model, draft, index)
    if (lacks === 0) continue
    const shortfall = wattHours(Math.ceil(lacks * hours - HAIR))
    shortfalls.push({ car: index, shortfall, cause: causeOf(model, index, lacks) })
  }
  return { powerW: draft.power, phases, offsets: draft.offsets, shortfalls, cost: costOfDraft(problem, model, draft) }
}
