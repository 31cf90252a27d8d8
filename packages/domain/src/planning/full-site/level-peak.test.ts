import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded, watts } from '@voltway/units'
import { holds, openDraft } from './draft.ts'
import { lackOf } from './finish-plan.ts'
import { fullModelOf } from './full-model.ts'
import { microsPerKw } from './full-site-problem.ts'
import { levelPeak } from './level-peak.ts'
import { fit, fitBelow, insertAll, insertionOrder, openFit, peakOf } from './round-plan.ts'
import { checked } from './testing/against-oracle.ts'
import { randomFullSite } from './testing/random-full-site.ts'
import { sharedDay } from './testing/shared-day.ts'

const siteOf = (random: () => number) => {
  const model = fullModelOf(
    randomFullSite(random, { steps: true, phases: true, giving: true, pauses: true, isRoomy: true, demandCharge: true }),
  )
  const table = Float64Array.from({ length: model.parent.length * 4 * model.slots }, (_, at) => model.imported[at % model.slots]!)
  return { model, guide: { model, table, market: model.imported, peak: Number.POSITIVE_INFINITY, peakPrice: 0 } }
}

test('levelling brings peaks down, and keeps what cars get and every limit', () => {
  const random = seeded(21)
  let lowered = 0
  for (let round = 0; round < 150; round++) {
    const { model, guide } = siteOf(random)
    const draft = insertAll(guide, insertionOrder(model, 'among'), openFit(model.slots))
    const before = { peak: peakOf(model, draft), lacks: model.cars.map((_, car) => lackOf(model, draft, car)) }
    levelPeak(model, draft, 0.8 * before.peak)
    assert.ok(peakOf(model, draft) <= before.peak, `round ${round}`)
    if (peakOf(model, draft) < before.peak) lowered++
    for (const [car, { battery, most }] of model.cars.entries()) {
      assert.ok(holds(model, draft, car), `round ${round}: car ${car} passes a limit`)
      assert.ok(lackOf(model, draft, car) <= before.lacks[car]!, `round ${round}: car ${car} lacks more`)
      const delivered = draft.power.slice(draft.offsets[car], draft.offsets[car + 1]).reduce((sum, watts) => sum + watts, 0)
      assert.ok(battery || delivered <= most, `round ${round}: car ${car} gets more than it may`)
    }
  }
  assert.ok(lowered > 50, `${lowered}`)
})

test('power that may change freely is levelled to the mean of the slots', () => {
  const plain = sharedDay(60, 1)
  const cars = plain.cars.map((car) => ({
    ...car,
    node: 0,
    arriveSlot: 0,
    departSlot: 24,
    current: undefined,
    connection: 'three' as const,
  }))
  const site = { ...plain, nodes: [{ limit: watts(2_000_000) }], cars, load: undefined, solar: undefined }
  const model = fullModelOf({ ...site, demandCharge: { pricePerKw: microsPerKw(1), peakSoFar: watts(0) } })
  const guide = { model, table: new Float64Array(4 * model.slots), market: model.imported, peak: Number.POSITIVE_INFINITY, peakPrice: 0 }
  const draft = insertAll(guide, insertionOrder(model, 'among'), openFit(model.slots))
  const mean = draft.load.reduce((sum, load) => sum + load, 0) / 24
  assert.ok(peakOf(model, draft) > 1.5 * mean, 'all cars begin in the cheapest slots')
  levelPeak(model, draft, Math.ceil(mean))
  assert.ok(peakOf(model, draft) <= mean + 24, `${peakOf(model, draft)} W, mean ${mean}`)
})

test('a car that does not fit below a peak raises it hardly further than it must', () => {
  const random = seeded(22)
  let raised = 0
  for (let round = 0; round < 150; round++) {
    const { model, guide } = siteOf(random)
    const battery = openFit(model.slots)
    const lackBelow = (peak: number): number => {
      const draft = openDraft(model)
      fit({ ...guide, draft, peak }, 0, battery)
      return lackOf(model, draft, 0)
    }
    const draft = openDraft(model)
    const first = model.peakFree + 500
    const peak = fitBelow({ ...guide, draft, peak: first }, 0, battery)
    assert.ok(peak >= first)
    assert.ok(lackOf(model, draft, 0) <= Math.min(lackBelow(first), lackBelow(Number.POSITIVE_INFINITY)) + 1e-6, `round ${round}`)
    if (peak === first) continue
    raised++
    assert.ok(lackBelow(Math.floor(peak * (1 - 1 / 32))) > lackOf(model, draft, 0), `round ${round}: it would have fitted below ${peak}`)
  }
  assert.ok(raised > 20, `${raised}`)
})

test('forty cars in whole amperes share a peak that costs more than energy, within 2 % of the bound', () => {
  for (const seed of [1, 2, 3]) {
    const { gap, plan } = checked(sharedDay(40, seed))
    assert.equal(plan.shortfalls.length, 0)
    assert.ok(gap < 0.02, `seed ${seed}: ${gap}`)
  }
})
