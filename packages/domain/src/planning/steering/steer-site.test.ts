import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, HOUR, MINUTE, SECOND, seeded, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { energyWithin, powerAt, type SetPointSchedule } from './set-point-schedule.ts'
import { stationTerms } from './station-terms.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'
import type { SteeringPlan } from './steering-plan.ts'
import { planOf } from './testing/plan-of.ts'
import { NOON, randomSite } from './testing/random-site.ts'
import { siteLimitAt } from './testing/within-limits.ts'

const terms = stationTerms({ currentType: 'AC', phases: 3, unit: 'A', maxPeriods: undefined })!
const flat = [{ from: NOON, to: epochMs(NOON + 12 * HOUR), perKwh: microsPerKwh(300_000) }]
const promisedCar = (key: string, { kwh, hours, station = 0 }: { kwh: number; hours: number; station?: number }): SteeredCar => ({
  key,
  station,
  maxPower: watts(22_000),
  delivered: wattHours(0),
  deliveredAt: NOON,
  wish: {
    kind: 'promise',
    arrival: NOON,
    curve: [],
    departure: epochMs(NOON + hours * HOUR),
    parts: [{ energy: wattHours(kwh * 1_000), perKwh: microsPerKwh(300_000) }],
    prices: flat,
  },
  terms,
  isResting: false,
  isExpected: false,
  inForce: undefined,
})
const walkIn = (key: string, delivered = 0): SteeredCar => ({
  ...promisedCar(key, { kwh: 0, hours: 0 }),
  delivered: wattHours(delivered),
  wish: { kind: 'walkIn', startedAt: NOON, room: undefined },
})
const siteOf = (limitKw: number, cars: readonly SteeredCar[]): SteeredSite => ({
  now: NOON,
  limit: watts(limitKw * 1_000),
  prices: flat,
  stations: [{ limit: undefined }, { limit: undefined }],
  cars,
  loads: [],
})

/** The instants at which any power may change, with those just before. */
const instantsOf = (schedules: readonly SetPointSchedule[], from: number, to: number) =>
  [from, ...schedules.flatMap(({ start, periods }) => periods.map(({ startSeconds }) => start + startSeconds * SECOND))]
    .flatMap((at) => [at, at - 1])
    .filter((at) => at >= from && at <= to)
    .map(epochMs)

/** Every limit, at every instant, over all schedules. */
const assertWithinLimits = (site: SteeredSite, schedules: readonly SetPointSchedule[]) => {
  const capped = (site.caps ?? []).flatMap(({ from, to }) => [from, to, epochMs(to - 1)]).filter((at) => at >= site.now)
  for (const at of [...capped, ...instantsOf(schedules, site.now, site.now + 24 * HOUR)]) {
    const powers = schedules.map((schedule) => powerAt(schedule, at))
    const nodes = [
      { limit: siteLimitAt(site, at), isBelow: () => true },
      ...site.stations.map(({ limit }, station) => ({ limit, isBelow: (one: { station: number }) => one.station === station })),
    ]
    for (const { limit, isBelow } of nodes) {
      const drawn = powers.reduce((sum, power, car) => sum + (isBelow(site.cars[car]!) ? power : 0), 0)
      const fixed = site.loads.reduce((sum, load) => sum + (isBelow(load) ? load.power : 0), 0)
      if (limit !== undefined && drawn > 0) assert.ok(drawn + fixed <= limit + 1e-6, `${drawn} and ${fixed} of ${limit}`)
    }
    for (const [car, power] of powers.entries()) {
      const { minimum, step } = site.cars[car]!.terms
      assert.ok(power === 0 || (power >= minimum && power <= site.cars[car]!.maxPower + 1e-6), `car ${car} is told ${power} W`)
      assert.ok(Math.abs(power / step - Math.round(power / step)) < 1e-9, `${power} W is no whole step of ${step}`)
    }
  }
}

test('set-points never exceed a limit of site or station, in whole steps, at the minimum or a pause, in no more periods than are taken', () => {
  const random = seeded(2026)
  for (let round = 0; round < 150; round++) {
    const site = randomSite(random)
    const plan = planOf(site)
    const schedules = plan.cars.map(({ schedule }) => schedule)
    assertWithinLimits(site, schedules)
    for (const [car, { periods }] of schedules.entries()) assert.ok(periods.length <= Math.max(2, site.cars[car]!.terms.maxPeriods))
    assert.equal(plan.costGapNanos, 0n)
    assert.equal(plan.shortfallGapWh, 0n)
  }
})

test('plans made one after the other stay within the limits together with what stations still have', () => {
  const random = seeded(7)
  let kept = 0
  for (let round = 0; round < 60; round++) {
    const first = randomSite(random)
    const before = planOf(first)
    const now = epochMs(first.now + Math.floor(random() * 20) * MINUTE)
    const isTighter = random() < 0.5
    const site: SteeredSite = {
      ...first,
      now,
      limit: first.limit && watts(first.limit * (isTighter ? 0.7 : 1)),
      cars: first.cars.map((car, index) => {
        const { schedule } = before.cars[index]!
        const gained = energyWithin(schedule, first.now, now)
        return { ...car, inForce: schedule, deliveredAt: now, delivered: wattHours(Math.floor(car.delivered + gained)) }
      }),
    }
    const plan = planOf(site)
    kept += plan.cars.filter(({ isChanged }) => !isChanged).length
    assertWithinLimits(
      site,
      plan.cars.map(({ schedule }) => schedule),
    )
  }
  assert.ok(kept > 20, `only ${kept} schedules were kept`)
})

test('three cars that cannot all have full power all have their energy by departure', () => {
  const site = siteOf(23, [
    promisedCar('a', { kwh: 20, hours: 3 }),
    promisedCar('b', { kwh: 15, hours: 2 }),
    promisedCar('c', { kwh: 18, hours: 3 }),
  ])
  const plan = planOf(site)
  for (const [car, { wish }] of site.cars.entries()) {
    assert.ok(wish.kind === 'promise')
    const energy = energyWithin(plan.cars[car]!.schedule, NOON, wish.departure)
    const asked = wish.parts[0]!.energy
    assert.ok(energy >= 0.99 * asked && energy <= 1.01 * asked, `${energy} of ${asked}`)
  }
  for (const { schedule } of plan.cars) assert.ok(schedule.periods.length <= 12, `takes turns: ${JSON.stringify(schedule.periods)}`)
  assert.deepEqual(
    plan.cars.map(({ reason, shortfall }) => [reason.code, shortfall]),
    [
      ['promiseKept', 0],
      ['promiseKept', 0],
      ['promiseKept', 0],
    ],
  )
})

test('a promise comes before a walk-in', () => {
  const plan = planOf(siteOf(22, [walkIn('w'), promisedCar('p', { kwh: 21, hours: 1 })]))
  assert.equal(plan.cars[1]!.shortfall, 0)
  const got = energyWithin(plan.cars[0]!.schedule, NOON, epochMs(NOON + HOUR))
  assert.ok(got < 500, `the walk-in has ${got} Wh`)
})

test('walk-ins share what there is, and none is paused while a share at the minimum is there', () => {
  const plan = planOf(siteOf(15, [walkIn('a'), walkIn('b'), walkIn('c')]))
  assert.deepEqual(
    plan.cars.map(({ schedule }) => powerAt(schedule, NOON)),
    [4_830, 4_830, 4_830],
  )
})

test('a fast walk-in keeps its power until it is planned anew, however much it has had', () => {
  const dc = stationTerms({ currentType: 'DC', phases: 3, unit: 'W', maxPeriods: undefined })!
  const fast = { ...walkIn('f', 20_000), maxPower: watts(150_000), terms: dc }
  const { schedule } = planOf(siteOf(200, [fast])).cars[0]!
  assert.equal(energyWithin(schedule, NOON, epochMs(NOON + 15 * MINUTE)), 37_500)
  const slow = { ...walkIn('s', 20_000), maxPower: watts(22_080) }
  assert.equal(energyWithin(planOf(siteOf(200, [slow])).cars[0]!.schedule, NOON, epochMs(NOON + 15 * MINUTE)), 5_520)
})

test('where not all have the minimum, one who had least has the first turn', () => {
  const plan = planOf(siteOf(9, [walkIn('a', 3_000), walkIn('b', 100), walkIn('c', 2_000)]))
  const powers = plan.cars.map(({ schedule }) => powerAt(schedule, NOON))
  assert.equal(powers[0], 0)
  assert.ok(powers[1]! >= 4_140 && powers[2]! >= 4_140, JSON.stringify(powers))
})

test('a promise is kept at its price: dear hours stay unused while the cheap ones do', () => {
  const prices = [0, 1, 2, 3].map((hour) => ({
    from: epochMs(NOON + hour * HOUR),
    to: epochMs(NOON + (hour + 1) * HOUR),
    perKwh: microsPerKwh(hour % 2 === 0 ? 400_000 : 100_000),
  }))
  const parts = [{ energy: wattHours(10_000), perKwh: microsPerKwh(100_000) }]
  const car = promisedCar('p', { kwh: 10, hours: 4 })
  const wish = { kind: 'promise', arrival: NOON, curve: [], departure: epochMs(NOON + 4 * HOUR), parts, prices } as const
  // The walk-in may use the dear hours; the site's own price does not matter to the promise.
  const plan = planOf({ ...siteOf(23, [{ ...car, wish }]), prices: flat })
  const hours = [0, 1, 2, 3].map((hour) =>
    energyWithin(plan.cars[0]!.schedule, epochMs(NOON + hour * HOUR), epochMs(NOON + (hour + 1) * HOUR)),
  )
  assert.ok(hours[0] === 0 && hours[2]! < 100 && Math.abs(hours[1]! + hours[3]! - 10_000) < 100, JSON.stringify(hours))
})

test('when the price cannot be kept the energy still is, and the plan says so', () => {
  const dear = [{ from: NOON, to: epochMs(NOON + 4 * HOUR), perKwh: microsPerKwh(400_000) }]
  const car = promisedCar('p', { kwh: 10, hours: 2 })
  assert.ok(car.wish.kind === 'promise')
  const plan = planOf(siteOf(23, [{ ...car, wish: { ...car.wish, prices: dear } }]))
  assert.deepEqual([plan.cars[0]!.reason.code, plan.cars[0]!.shortfall], ['promiseMoved', 0])
})

test('a station that nobody can steer keeps its share of the limit', () => {
  const site = { ...siteOf(20, [walkIn('a')]), loads: [{ station: 1, power: watts(11_000) }] }
  assert.equal(powerAt(planOf(site).cars[0]!.schedule, NOON), 8_970)
})

test('what a station was told is not told again while it still does', () => {
  const site = siteOf(23, [promisedCar('a', { kwh: 20, hours: 3 }), promisedCar('b', { kwh: 15, hours: 3 })])
  const first = planOf(site)
  assert.deepEqual(
    first.cars.map(({ isChanged }) => isChanged),
    [true, true],
  )
  const now = epochMs(NOON + 5 * MINUTE)
  const cars = site.cars.map((car, index) => {
    const { schedule } = first.cars[index]!
    return { ...car, inForce: schedule, delivered: wattHours(Math.round(energyWithin(schedule, NOON, now))), deliveredAt: now }
  })
  assert.deepEqual(
    planOf({ ...site, now, cars }).cars.map(({ isChanged }) => isChanged),
    [false, false],
  )
})

test('accepted curves are kept as they are while all of them fit, and planned anew together when they do not', () => {
  const evening = (car: SteeredCar): SteeredCar => {
    assert.ok(car.wish.kind === 'promise')
    const from = epochMs(NOON + 2 * HOUR)
    return { ...car, wish: { ...car.wish, curve: [{ from, to: epochMs(from + HOUR), power: watts(13_800) }] } }
  }
  const cars = [evening(promisedCar('a', { kwh: 13.8, hours: 4 })), evening(promisedCar('b', { kwh: 13.8, hours: 4 }))]
  const inHour = (plan: SteeringPlan, car: number, hour: number) =>
    energyWithin(plan.cars[car]!.schedule, epochMs(NOON + hour * HOUR), epochMs(NOON + (hour + 1) * HOUR))
  const roomy = planOf(siteOf(30, cars))
  assert.deepEqual([inHour(roomy, 0, 0), Math.round(inHour(roomy, 0, 2) / 100), Math.round(inHour(roomy, 1, 2) / 100)], [0, 138, 138])
  const tight = planOf(siteOf(15, cars))
  assert.deepEqual(
    tight.cars.map(({ shortfall, reason }) => [shortfall, reason.code]),
    [
      [0, 'promiseKept'],
      [0, 'promiseKept'],
    ],
  )
})

test('energy is kept for a promised car that is not there yet', () => {
  const late = promisedCar('late', { kwh: 20, hours: 2 })
  assert.ok(late.wish.kind === 'promise')
  const wish = { ...late.wish, arrival: epochMs(NOON + HOUR) }
  const plan = planOf(siteOf(22, [promisedCar('here', { kwh: 20, hours: 2 }), { ...late, wish }]))
  assert.deepEqual(
    plan.cars.map(({ shortfall }) => shortfall),
    [0, 0],
  )
  assert.equal(energyWithin(plan.cars[1]!.schedule, NOON, epochMs(NOON + HOUR)), 0)
})

test('a plan that leaves no time to spare is kept to its last minute, wherever the slots begin', () => {
  const now = epochMs(NOON + 2 * MINUTE)
  const departure = epochMs(now + 31 * MINUTE)
  const energy = wattHours(Math.floor((13_800 * 31) / 60))
  const car = promisedCar('tight', { kwh: 0, hours: 0 })
  const wish = {
    kind: 'promise',
    arrival: now,
    departure,
    curve: [{ from: now, to: departure, power: watts(13_800) }],
    parts: [{ energy, perKwh: microsPerKwh(300_000) }],
    prices: flat,
  } as const
  const plan = planOf({ ...siteOf(30, [{ ...car, maxPower: watts(13_800), wish }]), now })
  assert.ok(plan.cars[0]!.shortfall <= 3)
  assert.ok(energyWithin(plan.cars[0]!.schedule, now, departure) >= energy - 25)
  assert.equal(powerAt(plan.cars[0]!.schedule, departure), 0)
})

test('a promise whose car came late lacks for time, not for the site, however long others stay', () => {
  const late: SteeredCar = { ...promisedCar('late', { kwh: 11, hours: 0.9 }), maxPower: watts(11_000) }
  const other = promisedCar('other', { kwh: 5, hours: 4, station: 1 })
  for (const cars of [[late], [late, other]]) {
    const [first] = planOf(siteOf(110, cars)).cars
    assert.ok(first && first.shortfall > 500)
    assert.equal(first.reason.code, 'tooLittleTime')
  }
  const [crowded] = planOf(siteOf(8, [late, other])).cars
  assert.equal(crowded?.reason.code, 'limits')
  assert.equal(crowded?.reason.at, 'site')
})
