import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, epochMs, HOUR, MINUTE, seeded, wattHours, watts } from '@voltway/units'
import { microsPerKw } from '../full-site/index.ts'
import { microsPerKwh } from '../site/index.ts'
import { energyWithin, powerAt, type SetPointSchedule } from './set-point-schedule.ts'
import { stationTerms } from './station-terms.ts'
import { needsFullModel } from './steer-site.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'
import type { SteeringPlan } from './steering-plan.ts'
import { planOf } from './testing/plan-of.ts'
import { NOON, randomSite } from './testing/random-site.ts'
import { withPhases } from './testing/with-phases.ts'
import { assertWithinLimits, laterSite } from './testing/within-limits.ts'

const schedulesOf = ({ cars }: SteeringPlan) => cars.map(({ schedule }) => schedule)
test('no limit of a phase, a station or the site is ever passed, and no car is set between nothing and its minimum', () => {
  const random = seeded(303)
  let full = 0
  for (let round = 0; round < 10; round++) {
    const site = withPhases(random, randomSite(random))
    const plan = planOf(site)
    full += Number(plan.planner === 'full')
    assert.equal(plan.planner, needsFullModel(site) ? 'full' : 'nested')
    assertWithinLimits(site, schedulesOf(plan))
    const later = laterSite(site, plan, Math.floor(random() * 20))
    assertWithinLimits(later, schedulesOf(planOf(later)))
  }
  assert.ok(full > 7, `${full} sites needed the full model`)
})

const flat = [{ from: NOON, to: epochMs(NOON + 12 * HOUR), perKwh: microsPerKwh(300_000) }]
const carOf = (key: string, phases: 'L1' | 'L2' | 'L3' | 'three', promise?: { kwh: number; hours: number }): SteeredCar => ({
  key,
  station: 0,
  maxPower: watts(phases === 'three' ? 22_080 : 7_360),
  delivered: wattHours(0),
  deliveredAt: NOON,
  wish: promise
    ? {
        kind: 'promise',
        arrival: NOON,
        curve: [],
        departure: epochMs(NOON + promise.hours * HOUR),
        parts: [{ energy: wattHours(promise.kwh * 1_000), perKwh: microsPerKwh(300_000) }],
        prices: flat,
      }
    : { kind: 'walkIn', startedAt: NOON, room: undefined },
  terms: stationTerms({ currentType: 'AC', phases: phases === 'three' ? 3 : 1, unit: 'A', maxPeriods: undefined })!,
  isResting: false,
  isExpected: false,
  inForce: undefined,
  phases,
})
const siteOf = (amps: number, cars: readonly SteeredCar[]): SteeredSite => ({
  now: NOON,
  limit: undefined,
  prices: flat,
  stations: [{ limit: undefined }],
  cars,
  loads: [],
  phaseLimits: [amperes(amps), amperes(amps), amperes(amps)],
})
const ampsAt = (plan: SteeringPlan, site: SteeredSite, minutes = 1) =>
  plan.cars.map(({ schedule }, car) => powerAt(schedule, epochMs(NOON + minutes * MINUTE)) / site.cars[car]!.terms.step)

test('single-phase cars on one phase share it, and those on the others do not wait for them', () => {
  const site = siteOf(40, [carOf('a', 'L1'), carOf('b', 'L1'), carOf('c', 'L2'), carOf('d', 'L3')])
  assert.deepEqual(ampsAt(planOf(site), site), [20, 20, 32, 32])
})

test('a three-phase car takes part in each phase', () => {
  const site = siteOf(40, [carOf('a', 'L1'), carOf('b', 'three')])
  const [one, three] = ampsAt(planOf(site), site)
  assert.ok(one! + three! <= 40 && one! + three! >= 39, `${one} and ${three} A`)
})

test('promises on phases are planned with a certified gap, and all have their energy', () => {
  const site = siteOf(32, [carOf('a', 'L1', { kwh: 12, hours: 4 }), carOf('b', 'three', { kwh: 30, hours: 4 })])
  const plan = planOf(site)
  assert.deepEqual([plan.planner, plan.shortfall], ['full', 0])
  for (const [car, kwh] of [12, 30].entries()) {
    const had = energyWithin(plan.cars[car]!.schedule, NOON, epochMs(NOON + 4 * HOUR))
    assert.ok(Math.abs(had - kwh * 1_000) < 60, `${had} Wh`)
  }
  assert.ok(Number(plan.costGapNanos) <= 0.02 * Number(plan.costNanos), `${plan.costGapNanos} of ${plan.costNanos}`)
})

/** How often it stops and goes on again; to wait for its beginning is no pause. */
const pausesOf = ({ periods }: SetPointSchedule) =>
  Math.max(0, periods.filter(({ power }, index) => power > 0 && (index === 0 || periods[index - 1]!.power === 0)).length - 1)

test('a car is paused no more often than allowed, however the prices go up and down', () => {
  const prices = Array.from({ length: 24 }, (_, half) => ({
    from: epochMs(NOON + half * 30 * MINUTE),
    to: epochMs(NOON + (half + 1) * 30 * MINUTE),
    perKwh: microsPerKwh(half % 2 === 0 ? 300_000 : 100_000),
  }))
  const car = carOf('a', 'three', { kwh: 40, hours: 8 })
  const wish = { ...car.wish, prices: flat } as SteeredCar['wish']
  const cars = [{ ...car, wish }]
  const free = planOf({ ...siteOf(32, cars), prices })
  assert.ok(pausesOf(free.cars[0]!.schedule) > 1)
  const held = planOf({ ...siteOf(32, cars), prices, mostPauses: 0 })
  assert.equal(pausesOf(held.cars[0]!.schedule), 0)
  assert.equal(held.shortfall, 0)
  const begun = powerAt(free.cars[0]!.schedule, epochMs(NOON + 40 * MINUTE))
  assert.ok(begun > 0)
  const now = epochMs(NOON + 40 * MINUTE)
  const going = { ...cars[0]!, inForce: free.cars[0]!.schedule, delivered: wattHours(3_000), deliveredAt: now, pauses: 1 }
  const later = planOf({ ...siteOf(32, [going]), now, prices, mostPauses: 1 })
  assert.ok(powerAt(later.cars[0]!.schedule, now) > 0, 'one that has used up its pauses goes on')
})

const hours = (first: number, last: number, power: number) => [
  { from: epochMs(NOON + first * HOUR), to: epochMs(NOON + last * HOUR), power: watts(power) },
]

test('a plan prefers the sun of the site to the grid at the same tariff', () => {
  const site: SteeredSite = {
    ...siteOf(63, [carOf('a', 'three', { kwh: 20, hours: 6 })]),
    surroundings: { load: hours(0, 6, 1_000), solar: hours(3, 5, 13_000), feedInPerKwh: microsPerKwh(80_000) },
  }
  const plan = planOf(site)
  const inTheSun = energyWithin(plan.cars[0]!.schedule, epochMs(NOON + 3 * HOUR), epochMs(NOON + 5 * HOUR))
  assert.ok(inTheSun > 19_900, `${inTheSun} Wh`)
  assert.ok(plan.solar > 19_000, `${plan.solar} Wh from the sun`)
  const cost = Number(plan.costNanos) / 1e9
  assert.ok(Math.abs(cost - 20 * 0.08) < 0.1, `${cost}`)
})

test('the sun raises no limit: what a cloud takes away is not missing', () => {
  const site: SteeredSite = {
    ...siteOf(16, [carOf('a', 'three', { kwh: 40, hours: 2 })]),
    surroundings: { load: hours(0, 2, 2_070), solar: hours(0, 2, 40_000), feedInPerKwh: microsPerKwh(0) },
  }
  for (const minutes of [1, 60, 110]) assert.deepEqual(ampsAt(planOf(site), site, minutes), [13], 'the building takes 3 of the 16 A')
})

test('a demand charge spreads what may wait, and the peak so far costs nothing', () => {
  const cars = [carOf('a', 'three', { kwh: 24, hours: 6 })]
  const peakOf = (plan: SteeringPlan) => Math.max(...plan.cars[0]!.schedule.periods.map(({ power }) => power))
  const charge = (peakSoFar: number) => ({ demandCharge: { pricePerKw: microsPerKw(10_000_000), peakSoFar: watts(peakSoFar) } })
  const spread = planOf({ ...siteOf(63, cars), ...charge(0) })
  assert.ok(peakOf(spread) <= 4_140 + 690, `${peakOf(spread)} W`)
  assert.equal(spread.shortfall, 0)
  const free = planOf({ ...siteOf(63, cars), ...charge(11_100) })
  assert.equal(free.peakRise, 0)
})

test('a promise comes before a walk-in on the same phase, and a load that nobody steers before both', () => {
  const cars = [carOf('walk in', 'L1'), carOf('promised', 'L1', { kwh: 7, hours: 1 })]
  const site = { ...siteOf(40, cars), loads: [{ station: 0, power: watts(1_380), phases: 'L1' as const }] }
  const [walkIn, promised] = ampsAt(planOf(site), site)
  assert.ok(promised! >= 31 && walkIn! + promised! <= 34, `${walkIn} and ${promised} A`)
})
