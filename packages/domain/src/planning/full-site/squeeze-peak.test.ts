import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, milliseconds, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { openDraft, setPower } from './draft.ts'
import { lackOf } from './finish-plan.ts'
import { fullModelOf } from './full-model.ts'
import { type FullSiteProblem, microsPerKw } from './full-site-problem.ts'
import { peakOf, roughCost } from './round-plan.ts'
import { squeezePeak } from './squeeze-peak.ts'

const SLOTS = 6
const current = { least: amperes(6), most: amperes(16), step: amperes(1), volts: volts(230) }

/** A car on three phases that needs 7 A in each slot, and one on a single phase that needs 14 A in one of two: together 26 units of 230 W are enough. */
const twoCars: FullSiteProblem = {
  slotLength: milliseconds(3_600_000),
  pricePerKwh: Array.from({ length: SLOTS }, () => microsPerKwh(200_000)),
  nodes: [{ limit: watts(20_000) }],
  demandCharge: { pricePerKw: microsPerKw(10_000_000), peakSoFar: watts(0) },
  cars: [
    {
      ...{ arriveSlot: 0, departSlot: SLOTS, need: wattHours(40 * 690), maxPower: watts(11_040), node: 0 },
      ...{ connection: 'three', current },
    },
    {
      ...{ arriveSlot: 0, departSlot: SLOTS, need: wattHours(32 * 230), maxPower: watts(3_680), node: 0 },
      ...{ connection: 'L1', current },
    },
  ],
}

test('two cars are put together in slots where they fill up the least peak that their steps allow', () => {
  const model = fullModelOf(twoCars)
  const draft = openDraft(model)
  for (const [slot, amps] of [8, 8, 8, 8, 8, 0].entries()) setPower(model, draft, { car: 0, slot, mode: 0, watts: 690 * amps })
  for (const [slot, amps] of [0, 0, 0, 8, 8, 16].entries()) setPower(model, draft, { car: 1, slot, mode: 0, watts: 230 * amps })
  assert.equal(peakOf(model, draft), 32 * 230)
  const squeezed = squeezePeak(model, draft, () => undefined)
  // 152 units over six slots are 26 in some at least.
  assert.equal(peakOf(model, squeezed), 26 * 230)
  assert.ok(roughCost(model, squeezed) < roughCost(model, draft))
  assert.deepEqual([lackOf(model, squeezed, 0), lackOf(model, squeezed, 1)], [0, 0])
})

test('without a price of the peak, or with one that is reached anyway, a plan stays as it is', () => {
  for (const demandCharge of [undefined, { pricePerKw: microsPerKw(10_000_000), peakSoFar: watts(20_000) }]) {
    const model = fullModelOf({ ...twoCars, demandCharge })
    const draft = openDraft(model)
    setPower(model, draft, { car: 0, slot: 0, mode: 0, watts: 6_900 })
    assert.equal(
      squeezePeak(model, draft, () => undefined),
      draft,
    )
  }
})
