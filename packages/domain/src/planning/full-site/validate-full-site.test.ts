import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, milliseconds, volts, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { type FullSiteCar, type FullSiteFault, type FullSiteProblem, microsPerKw, perMille } from './full-site-problem.ts'
import { planFullSite } from './plan-full-site.ts'

const car: FullSiteCar = { arriveSlot: 0, departSlot: 2, need: wattHours(1_000), maxPower: watts(7_400), node: 0 }
const sound: FullSiteProblem = {
  slotLength: milliseconds(900_000),
  pricePerKwh: [100_000, 200_000].map(microsPerKwh),
  nodes: [{ limit: watts(11_000) }],
  cars: [car],
}
const withCar = (change: Partial<FullSiteCar>): FullSiteProblem => ({ ...sound, cars: [{ ...car, ...change }] })
const vehicleToGrid = {
  maxPower: watts(5_000),
  efficiencyIn: perMille(900),
  efficiencyOut: perMille(900),
  wearPerKwh: microsPerKwh(0),
  stored: wattHours(20_000),
  leastStored: wattHours(10_000),
  mostStored: wattHours(40_000),
}
const current = { least: amperes(6), most: amperes(32), step: amperes(1), volts: volts(230) }

const cases: readonly (readonly [name: string, problem: FullSiteProblem, code: FullSiteFault['code'], field: string])[] = [
  ['a slot without length', { ...sound, slotLength: milliseconds(0) }, 'range', 'slotLength'],
  ['a price that is none', { ...sound, pricePerKwh: [microsPerKwh(Number.NaN), microsPerKwh(1)] }, 'notANumber', 'pricePerKwh[0]'],
  ['no site', { ...sound, nodes: [], cars: [] }, 'empty', 'nodes'],
  ['a node above itself', { ...sound, nodes: [{ limit: watts(1) }, { parent: 1, limit: watts(1) }] }, 'contradiction', 'nodes[1].parent'],
  ['a limit for a slot too few', { ...sound, nodes: [{ limit: [watts(1)] }] }, 'length', 'nodes[0].limit'],
  [
    'a limit by phase below nothing',
    { ...sound, nodes: [{ limit: watts(1), phases: { limit: amperes(-1), volts: volts(230) } }] },
    'range',
    'nodes[0].phases.limit',
  ],
  ['a load that is not whole', { ...sound, load: [watts(1.5), watts(1)] }, 'notWhole', 'load[0]'],
  [
    'feeding in above import',
    { ...sound, solar: { power: [watts(1), watts(1)], feedInPerKwh: [microsPerKwh(100_001), microsPerKwh(0)] } },
    'contradiction',
    'solar.feedInPerKwh[0]',
  ],
  [
    'a demand charge below nothing',
    { ...sound, demandCharge: { pricePerKw: microsPerKw(-1), peakSoFar: watts(0) } },
    'range',
    'demandCharge.pricePerKw',
  ],
  ['a car that leaves before it comes', withCar({ arriveSlot: 1, departSlot: 1 }), 'contradiction', 'cars[0].departSlot'],
  ['a need below nothing', withCar({ need: wattHours(-1) }), 'range', 'cars[0].need'],
  ['a car at no node', withCar({ node: 3 }), 'unknown', 'cars[0].node'],
  ['an unknown phase', withCar({ connection: 'L4' as never }), 'unknown', 'cars[0].connection'],
  ['a least current above the most', withCar({ current: { ...current, most: amperes(5) } }), 'contradiction', 'cars[0].current.most'],
  ['a least current that the car cannot draw', withCar({ maxPower: watts(4_000), current }), 'contradiction', 'cars[0].current.least'],
  ['a least power above the most', withCar({ leastPower: watts(8_000) }), 'contradiction', 'cars[0].leastPower'],
  ['least current and least power', withCar({ leastPower: watts(5_000), current }), 'contradiction', 'cars[0].leastPower'],
  ['a priority of ten', withCar({ priority: 10 }), 'range', 'cars[0].priority'],
  [
    'a battery that arrives below its least',
    withCar({ vehicleToGrid: { ...vehicleToGrid, leastStored: wattHours(20_001) } }),
    'contradiction',
    'cars[0].vehicleToGrid.leastStored',
  ],
  ['a guarantee that the battery cannot hold', withCar({ need: wattHours(20_001), vehicleToGrid }), 'contradiction', 'cars[0].need'],
  [
    'an efficiency above one',
    withCar({ vehicleToGrid: { ...vehicleToGrid, efficiencyIn: perMille(1_001) } }),
    'range',
    'cars[0].vehicleToGrid.efficiencyIn',
  ],
  [
    'phases that are held for no slot',
    withCar({ connection: { switchable: 'L1', leastHold: 0 } }),
    'range',
    'cars[0].connection.leastHold',
  ],
  [
    'phases held that are not named',
    withCar({ connection: { switchable: 'L1', heldFor: 2 } }),
    'contradiction',
    'cars[0].connection.heldFor',
  ],
  ['two phases in use', withCar({ connection: { switchable: 'L1', inUse: 2 as never } }), 'unknown', 'cars[0].connection.inUse'],
  [
    'three phases in use by a car that can draw from one alone',
    withCar({ maxPower: watts(4_000), current, connection: { switchable: 'L1', inUse: 3 } }),
    'contradiction',
    'cars[0].connection.inUse',
  ],
  [
    'switching of a car that gives back',
    withCar({ connection: { switchable: 'L1' }, vehicleToGrid }),
    'contradiction',
    'cars[0].connection',
  ],
  ['pauses of a car that gives back', withCar({ mostPauses: 1, vehicleToGrid }), 'contradiction', 'cars[0].mostPauses'],
]

for (const [name, problem, code, field] of cases)
  test(`${name} is refused by name`, () => {
    const result = planFullSite(problem)
    assert.ok(!result.ok)
    assert.ok(
      result.failure.some((fault) => fault.code === code && fault.field === field),
      JSON.stringify(result.failure),
    )
  })

test('a sound problem is planned', () => {
  assert.ok(planFullSite(sound).ok)
})

test('a limit that stays below the least current of one car leaves that one short, and the others are planned', () => {
  const others = { ...car, maxPower: watts(2_000), need: wattHours(500) }
  const result = planFullSite({ ...sound, nodes: [{ limit: watts(4_000) }], cars: [{ ...car, need: wattHours(2_000), current }, others] })
  assert.ok(result.ok)
  assert.deepEqual(result.value.plan.shortfalls, [{ car: 0, shortfall: 2_000, cause: 'limits' }])
})
