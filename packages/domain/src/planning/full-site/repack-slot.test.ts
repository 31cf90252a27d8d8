import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, milliseconds, seeded, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { openDraft, setPower } from './draft.ts'
import { fullModelOf } from './full-model.ts'
import type { FullSiteProblem } from './full-site-problem.ts'
import { openRepacking, repackSlot } from './repack-slot.ts'

/** Three cars in one slot, with few powers each. */
const oneSlot = (whole: (from: number, to: number) => number): FullSiteProblem => ({
  slotLength: milliseconds(3_600_000),
  pricePerKwh: [microsPerKwh(whole(100_000, 300_000))],
  nodes: [{ limit: watts(whole(3_000, 9_000)) }],
  load: [watts(whole(0, 900))],
  cars: Array.from({ length: 3 }, () => ({
    ...{ arriveSlot: 0, departSlot: 1, need: wattHours(whole(1_000, 6_000)), maxPower: watts(6_900), node: 0 },
    ...{ connection: 'three' as const, current: { least: amperes(2), most: amperes(whole(4, 9)), step: amperes(1), volts: volts(230) } },
  })),
})

test('a slot is packed again as well as by trying all powers, and what cars lack is kept up to date', () => {
  const random = seeded(7)
  const whole = (from: number, to: number) => from + Math.floor(random() * (to - from + 1))
  for (let round = 0; round < 60; round++) {
    const model = fullModelOf(oneSlot(whole))
    const { cars, base, imported, siteMost } = model
    const [draft, packing] = [openDraft(model), openRepacking(model)!]
    const lacking = Float64Array.from(cars, () => 690 * whole(0, 9))
    const worth = Float64Array.from(cars, () => whole(50_000, 900_000))
    const peak = base[0]! + whole(0, 9_000)
    const powersOf = (car: number) => {
      const { least, step, most } = cars[car]!.modes[0]!
      return [0, ...Array.from({ length: (most - least) / step + 1 }, (_, at) => least + at * step)]
    }
    const gainOf = (powers: readonly number[]) => {
      const load = powers.reduce((sum, power) => sum + power, 0)
      if (load > Math.min(siteMost[0]!, peak - base[0]!)) return Number.NEGATIVE_INFINITY
      return powers.reduce((sum, power, car) => sum + worth[car]! * Math.min(power, lacking[car]!), -imported[0]! * load)
    }
    let best = Number.NEGATIVE_INFINITY
    for (const a of powersOf(0)) for (const b of powersOf(1)) for (const c of powersOf(2)) best = Math.max(best, gainOf([a, b, c]))
    // One of them charges already, as part of what it lacks no more.
    const wants = { worth, lacking: lacking.slice() }
    if (siteMost[0]! >= 1_380) {
      setPower(model, draft, { car: 0, slot: 0, mode: 0, watts: 1_380 })
      wants.lacking[0]! -= 1_380
    }
    repackSlot(packing, draft, { slot: 0, cars: [0, 1, 2], peak, wants })
    assert.ok(Math.abs(gainOf([...draft.power]) - best) < 1)
    for (const [car, power] of draft.power.entries()) assert.equal(wants.lacking[car], lacking[car]! - power)
  }
})
