import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { acceptedPower, FAST_CURVE } from './battery.ts'
import { createCar } from './car.ts'
import { CAR_MODELS } from './car-models.ts'

const hatchback = CAR_MODELS[1]!
const NOW = epochMs(0)
const dc = { powerW: 350_000, currentType: 'DC', phases: 3 } as const

test('constant power to 80 %, then a taper down to a trickle', () => {
  const at = (socPercent: number) => acceptedPower({ capacityWh: 58_000, socPercent, peakW: 100_000, curve: FAST_CURVE })
  assert.deepEqual([at(0), at(5), at(50), at(80), at(85), at(90), at(100)], [60_000, 100_000, 100_000, 100_000, 70_000, 40_000, 0])
})

for (const [sentence, offer, expected] of [
  ['one phase of AC is limited by the on-board charger', { powerW: 22_000, currentType: 'AC', phases: 1 }, 7_400],
  ['three phases give it more', { powerW: 22_000, currentType: 'AC', phases: 3 }, 11_000],
  ['a small box limits the car', { powerW: 3_700, currentType: 'AC', phases: 1 }, 3_700],
  ['DC goes around the on-board charger', dc, 120_000],
] as const)
  test(sentence, () => assert.equal(Math.round(createCar(hatchback, { socPercent: 30 }).wantedW(NOW, offer)), expected))

test('energy in the battery is what was metered less the losses, and it stops at the target', () => {
  const car = createCar(hatchback, { socPercent: 50, targetPercent: 51 })
  assert.deepEqual(car.draw({ from: NOW, to: epochMs(1_800_000) }, 1_000, 'AC'), { importWh: 500, exportWh: 0 })
  assert.ok(Math.abs(car.socPercent()! - (50 + (100 * 450) / 58_000)) < 1e-9)
  const rest = car.draw({ from: epochMs(1_800_000), to: epochMs(5_400_000) }, 1_000, 'AC')
  assert.ok(Math.abs(rest.importWh - (580 - 450) / 0.9) < 1e-6)
  assert.equal(car.isFull(), true)
  assert.equal(car.wantedW(NOW, dc), 0)
})

test('what a car lacks is what a meter will count until its target is reached, losses included', () => {
  for (const currentType of ['AC', 'DC'] as const) {
    const car = createCar(hatchback, { socPercent: 40, targetPercent: 80 })
    const lackingWh = car.lackingWh(currentType)!
    car.draw({ from: NOW, to: epochMs(3_600_000) }, lackingWh, currentType)
    assert.ok(Math.abs(car.socPercent()! - 80) < 1e-9, `${car.socPercent()} % on ${currentType}`)
    assert.equal(car.lackingWh(currentType), 0)
  }
})

test('a car with V2G gives back, is metered as export, and is never emptied', () => {
  const car = createCar(hatchback, { socPercent: 21 })
  assert.ok(car.giveBack(50_000))
  assert.equal(car.wantedW(NOW, dc), -10_000)
  const { importWh, exportWh } = car.draw({ from: NOW, to: epochMs(36_000_000) }, -10_000, 'DC')
  assert.equal(importWh, 0)
  assert.ok(Math.abs(exportWh - 580 * 0.95) < 1e-6)
  assert.equal(car.wantedW(NOW, dc), 0)
  assert.equal(createCar(CAR_MODELS[0]!, { socPercent: 60 }).giveBack(1_000), false)
})
