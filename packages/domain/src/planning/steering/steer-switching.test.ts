import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, epochMs, HOUR, MINUTE, SECOND, seeded, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { lastSwitch, phasesAt, powerAt, type SetPointSchedule } from './set-point-schedule.ts'
import { stationTerms, switchingTerms } from './station-terms.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'
import type { SteeringPlan } from './steering-plan.ts'
import { planOf } from './testing/plan-of.ts'
import { NOON, randomSite } from './testing/random-site.ts'
import { withPhases } from './testing/with-phases.ts'
import { assertWithinLimits, laterSite } from './testing/within-limits.ts'

const evse = { currentType: 'AC', phases: 3, unit: 'A', maxPeriods: undefined } as const
const switching = switchingTerms(evse, 'L1')!
const flat = [{ from: NOON, to: epochMs(NOON + 24 * HOUR), perKwh: microsPerKwh(300_000) }]

const carOf = (key: string, promise?: { readonly kwh: number; readonly hours: number }): SteeredCar => ({
  key,
  station: 0,
  maxPower: watts(22_080),
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
  terms: stationTerms(evse)!,
  isResting: false,
  isExpected: false,
  inForce: undefined,
  phases: 'three',
  switching,
})
const siteOf = (limit: number, cars: readonly SteeredCar[]): SteeredSite => ({
  now: NOON,
  limit: watts(limit),
  prices: flat,
  stations: [{ limit: undefined }],
  cars,
  loads: [],
})
const toldOf = ({ cars }: SteeringPlan, car = 0) =>
  cars[car]!.schedule.periods.map(({ startSeconds, power, phases }) => [startSeconds, power, phases])

test('below what three phases need, a car that came unannounced charges on one', () => {
  assert.deepEqual(toldOf(planOf(siteOf(3_000, [carOf('a')])))[0], [0, 2_990, 1])
  const { switching: _, ...fixed } = carOf('a')
  assert.deepEqual(toldOf(planOf(siteOf(3_000, [fixed])))[0]!.slice(0, 2), [0, 0])
})

test('a promise is kept on one phase where three do not fit', () => {
  const plan = planOf(siteOf(3_000, [carOf('a', { kwh: 8, hours: 4 })]))
  assert.deepEqual([plan.planner, plan.shortfall], ['full', 0])
  assert.deepEqual(toldOf(plan)[0], [0, 2_990, 1])
})

test('a car on one phase that may not be paused any more keeps its promise there', () => {
  const promised = carOf('a', { kwh: 8, hours: 4 })
  const before = planOf(siteOf(3_000, [promised]))
  const now = epochMs(NOON + HOUR)
  const later = { ...promised, inForce: before.cars[0]!.schedule, delivered: wattHours(2_990), deliveredAt: now, pauses: 1 }
  const plan = planOf({ ...siteOf(3_000, [later]), now, mostPauses: 1 })
  assert.equal(plan.shortfall, 0)
  assert.deepEqual(toldOf(plan)[0], [0, 2_990, 1])
})

test('where there is room, it charges on three', () => {
  assert.deepEqual(toldOf(planOf(siteOf(30_000, [carOf('a')])))[0], [0, 22_080, 3])
})

test('two that share what is too little for two on three phases charge on one each, rather than in turns', () => {
  const plan = planOf(siteOf(6_000, [carOf('a'), carOf('b')]))
  assert.deepEqual(
    [toldOf(plan, 0)[0], toldOf(plan, 1)[0]],
    [
      [0, 2_990, 1],
      [0, 2_990, 1],
    ],
  )
})

test('on one phase no more than its fuse carries, however little the site is used', () => {
  const site = { ...siteOf(30_000, [carOf('a')]), phaseLimits: [amperes(10), amperes(5), amperes(5)] as const }
  assert.deepEqual(toldOf(planOf(site))[0], [0, 2_300, 1])
})

test('a switch is not taken back for half an hour, and then it is where that helps', () => {
  const site = siteOf(30_000, [carOf('a')])
  const first = planOf(site)
  const dip = (before: SteeringPlan, minutes: number, limit: number) => ({ ...laterSite(site, before, minutes), limit: watts(limit) })
  const lower = planOf(dip(first, 10, 3_000))
  assert.deepEqual(toldOf(lower)[0], [0, 2_990, 1])
  const at = epochMs(NOON + 10 * MINUTE)
  assert.equal(lastSwitch(lower.cars[0]!.schedule, at), at)
  const higher = planOf(dip(lower, 20, 30_000))
  assert.deepEqual(toldOf(higher)[0], [0, 7_360, 1])
  const next = higher.cars[0]!.schedule.periods.find(({ phases }) => phases === 3)
  assert.ok(next && higher.cars[0]!.schedule.start + next.startSeconds * SECOND >= at + 30 * MINUTE)
  assert.deepEqual(toldOf(planOf(dip(higher, 41, 30_000)))[0], [0, 22_080, 3])
})

const switchesOf = ({ start, periods }: SetPointSchedule) =>
  periods.flatMap(({ startSeconds, phases }, index) =>
    index > 0 && phases !== periods[index - 1]!.phases ? [start + startSeconds * SECOND] : [],
  )

test('a car that came unannounced waits on the phases that it will begin on, and is not switched right after', () => {
  const quarter = (index: number) => epochMs(NOON + index * 15 * MINUTE)
  const load = [
    { from: quarter(0), to: quarter(1), power: watts(30_000) },
    { from: quarter(1), to: quarter(2), power: watts(27_000) },
  ]
  const plan = planOf({ ...siteOf(30_000, [carOf('a')]), surroundings: { load, solar: [], feedInPerKwh: microsPerKwh(0) } })
  assert.deepEqual(toldOf(plan)[0], [0, 0, 1])
  assert.deepEqual(toldOf(plan)[1], [905, 2_990, 1])
  assert.deepEqual(switchesOf(plan.cars[0]!.schedule), [quarter(2) + 5 * SECOND])
})

test('whatever happens at a site, no limit of a phase is passed, and no car is switched sooner than it may be', () => {
  const random = seeded(404)
  let [onOne, switched] = [0, 0]
  for (let round = 0; round < 5; round++) {
    const phased = withPhases(random, randomSite(random))
    const turned = phased.cars.map((car): SteeredCar => {
      if (car.phases !== 'three' || random() < 0.2) return car
      return { ...car, terms: stationTerms(evse)!, maxPower: watts(690 * (10 + Math.floor(random() * 23))), switching }
    })
    let site: SteeredSite = { ...phased, limit: watts(3_000 + Math.floor(random() * 15_000)), cars: turned }
    const last = site.cars.map(() => Number.NEGATIVE_INFINITY)
    for (let turn = 0; turn < 4; turn++) {
      const plan = planOf(site)
      const schedules = plan.cars.map(({ schedule }) => schedule)
      assertWithinLimits(site, schedules)
      const later = laterSite(site, plan, 5 + Math.floor(random() * 20))
      for (const [car, schedule] of schedules.entries()) {
        if (!site.cars[car]!.switching) continue
        const before = site.cars[car]!.inForce
        const begun = before && phasesAt(before, site.now) !== phasesAt(schedule, site.now) ? [site.now as number] : []
        for (const at of [...begun, ...switchesOf(schedule).filter((one) => one > site.now && one <= later.now)]) {
          assert.ok(
            at - last[car]! >= 30 * MINUTE,
            `round ${round}, turn ${turn}: car ${car} is switched again after ${(at - last[car]!) / MINUTE} min`,
          )
          last[car] = at
          switched++
        }
        if (phasesAt(schedule, site.now) === 1 && powerAt(schedule, site.now) > 0) onOne++
      }
      site = { ...later, limit: watts(3_000 + Math.floor(random() * 20_000)) }
    }
  }
  assert.ok(onOne > 5 && switched > 3, `${onOne} on one phase, ${switched} switches`)
})
