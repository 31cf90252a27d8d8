import assert from 'node:assert/strict'
import { test } from 'node:test'
import { milliseconds, seeded, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { annealDraft } from './anneal-draft.ts'
import { annealPeaks } from './anneal-peaks.ts'
import { checkFullSitePlan } from './check-full-site-plan.ts'
import { type Draft, openDraft, setPower } from './draft.ts'
import { finishPlan, lackOf } from './finish-plan.ts'
import { type FullModel, fullModelOf } from './full-model.ts'
import type { FullSitePlan } from './full-site-plan.ts'
import { type FullSiteCar, type FullSiteProblem, microsPerKw, perMille } from './full-site-problem.ts'
import { planFullSite } from './plan-full-site.ts'
import { peakOf, roughCost } from './round-plan.ts'
import { mixedFullSite } from './testing/random-full-site.ts'

/** A plan as a draft again. */
const draftOf = (model: FullModel, { powerW, phases }: FullSitePlan): Draft => {
  const draft = openDraft(model)
  for (const [car, { arrive, depart, modes }] of model.cars.entries())
    for (let slot = arrive; slot < depart; slot++) {
      const place = draft.offsets[car]! + slot - arrive
      const mode = modes.length > 1 && phases[place] === 3 ? 1 : 0
      setPower(model, draft, { car, slot, mode, watts: powerW[place]! })
    }
  return draft
}

test('whatever moves are done, limits, steps, batteries, pauses and switches are kept, and no car gets less of its need', () => {
  const random = seeded(5)
  for (let round = 0; round < 40; round++) {
    const problem = mixedFullSite(random)
    const planned = planFullSite(problem, { isTight: false })
    assert.ok(planned.ok)
    const { plan, certificate } = planned.value
    const model = fullModelOf(problem)
    const draft = draftOf(model, plan)
    const before = model.cars.map((_, car) => lackOf(model, draft, car))
    const target = model.peakFree + Math.floor(random() * 5_000)
    annealDraft(model, draft, { moves: 3_000, random, target: random() < 0.3 ? Number.POSITIVE_INFINITY : target })
    const { violations } = checkFullSitePlan(problem, finishPlan(problem, model, draft), certificate)
    assert.deepEqual(violations, [], `round ${round}`)
    for (const [car, lacked] of before.entries()) assert.ok(lackOf(model, draft, car) <= lacked + 1e-6, `round ${round}`)
  }
})

const SLOTS = 4
const vehicleToGrid = {
  ...{ maxPower: watts(4_000), efficiencyIn: perMille(1_000), efficiencyOut: perMille(1_000), wearPerKwh: microsPerKwh(0) },
  ...{ stored: wattHours(20_000), leastStored: wattHours(0), mostStored: wattHours(60_000) },
}
const car = (need: number, from: number, to: number): FullSiteCar => ({
  ...{ arriveSlot: from, departSlot: to, need: wattHours(need), maxPower: watts(8_000), node: 0 },
})

/** A car that needs 6 kW in the first two slots, and a battery that is there all the time: 4 kW in each slot are enough if it gives first. */
const relieved: FullSiteProblem = {
  slotLength: milliseconds(3_600_000),
  pricePerKwh: Array.from({ length: SLOTS }, () => microsPerKwh(200_000)),
  nodes: [{ limit: watts(20_000) }],
  demandCharge: { pricePerKw: microsPerKw(500_000), peakSoFar: watts(0) },
  cars: [car(12_000, 0, 2), { ...car(4_000, 0, SLOTS), vehicleToGrid }],
}

test('a battery gives where another car has no choice, to the lowest peak that all slots together allow', () => {
  const model = fullModelOf(relieved)
  const draft = openDraft(model)
  for (const slot of [0, 1]) setPower(model, draft, { car: 0, slot, mode: 0, watts: 6_000 })
  for (const slot of [2, 3]) setPower(model, draft, { car: 1, slot, mode: 0, watts: 2_000 })
  const annealed = annealPeaks(model, draft, () => undefined)
  assert.ok(peakOf(model, annealed) < 1.01 * 4_000, `${peakOf(model, annealed)}`)
  assert.ok(roughCost(model, annealed) < roughCost(model, draft))
  assert.equal(peakOf(model, draft), 6_000)
})

test('nothing is annealed where no car has a choice', () => {
  const problem = { ...relieved, cars: [car(6_000, 0, 1)] }
  const model = fullModelOf(problem)
  const draft = openDraft(model)
  setPower(model, draft, { car: 0, slot: 0, mode: 0, watts: 6_000 })
  assert.equal(
    annealPeaks(model, draft, () => undefined),
    draft,
  )
})
