import assert from 'node:assert/strict'
import { test } from 'node:test'
import { percent, wattHours, watts } from '@voltway/units'
import fc from 'fast-check'
import { durationWithTaper, powerFraction, type TaperedCharge } from './taper.ts'

const charge = (extra: Partial<TaperedCharge> = {}): TaperedCharge => ({
  capacity: wattHours(60_000),
  soc: percent(20),
  energy: wattHours(30_000),
  maxPower: watts(60_000),
  batteryPower: watts(60_000),
  efficiency: 1,
  ...extra,
})
const minutes = (extra: Partial<TaperedCharge>) => Math.round(durationWithTaper(charge(extra)).durationMs / 6_000) / 10

const times: [string, Partial<TaperedCharge>, number][] = [
  ['below 80 % a charge takes energy by power', {}, 30],
  ['from 80 % to full takes the integral of the falling power', { soc: percent(80), energy: wattHours(12_000) }, 32.9],
  ['a weak charger does not notice the taper until late', { soc: percent(80), energy: wattHours(6_000), maxPower: watts(7_400) }, 48.6],
  ['losses make it longer', { efficiency: 0.9, energy: wattHours(30_000) }, 30],
  ['a full battery takes nothing', { soc: percent(100) }, 0],
]
for (const [sentence, extra, expected] of times) test(sentence, () => assert.equal(minutes(extra), expected))

test('no more energy is counted than the battery can take', () => {
  assert.equal(durationWithTaper(charge({ soc: percent(90), energy: wattHours(30_000), efficiency: 0.8 })).energy, 7_500)
})

test('power falls from full at 80 % to a trickle at 100 %', () => {
  assert.deepEqual(
    [0, 50, 80, 90, 100].map((soc) => Math.round(powerFraction(soc) * 100)),
    [100, 100, 100, 54, 8],
  )
})

test('more energy never takes less time, and never less than without taper', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 1, max: 60_000 }),
      fc.integer({ min: 1, max: 20_000 }),
      (soc, energy, more) => {
        const [a, b] = [energy, energy + more].map((asked) => durationWithTaper(charge({ soc: percent(soc), energy: wattHours(asked) })))
        assert.ok(b!.durationMs >= a!.durationMs - 1e-3)
        assert.ok(a!.durationMs >= (a!.energy / 60_000) * 3_600_000 - 1e-3)
      },
    ),
    { seed: 5, numRuns: 200 },
  )
})
