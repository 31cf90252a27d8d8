import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, type EpochMs, epochMs, HOUR, MINUTE, seeded, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { energyWithin, powerAt } from './set-point-schedule.ts'
import { stationTerms } from './station-terms.ts'
import type { PastCar, SpanPrice, SteeredCar, SteeredSite } from './steered-site.ts'
import type { SteeringPlan } from './steering-plan.ts'
import { planOf } from './testing/plan-of.ts'
import { NOON, randomSite } from './testing/random-site.ts'
import { withPhases } from './testing/with-phases.ts'

const at = (hours: number): EpochMs => epochMs(NOON + hours * HOUR)
const terms = stationTerms({ currentType: 'AC', phases: 3, unit: 'W', maxPeriods: undefined })!
/** Dear until two in the afternoon, then cheap. */
const prices: readonly SpanPrice[] = [
  { from: at(0), to: at(2), perKwh: microsPerKwh(300_000) },
  { from: at(2), to: at(24), perKwh: microsPerKwh(100_000) },
]
/** A car that said over its cable that it wants so much by six o'clock, and accepted no price. */
const asking = (kwh: number, perKwh = 300_000): SteeredCar => ({
  key: 'here since noon',
  station: 0,
  maxPower: watts(22_000),
  delivered: wattHours(0),
  deliveredAt: NOON,
  wish: {
    kind: 'promise',
    arrival: NOON,
    departure: at(6),
    curve: [],
    parts: [{ energy: wattHours(kwh * 1_000), perKwh: microsPerKwh(perKwh) }],
    prices,
  },
  terms,
  isResting: false,
  isExpected: false,
  inForce: undefined,
})
/** So many cars that come at two and want 22 kWh each before six: four of them need all that 22 kW can give. */
const rush = (cars: number): readonly PastCar[] =>
  Array.from({ length: cars }, () => ({ station: 1, from: at(2), to: at(6), energy: wattHours(22_000), maxPower: watts(22_000) }))
const siteWith = (own: Partial<SteeredSite>): SteeredSite => ({
  now: NOON,
  limit: watts(22_000),
  prices,
  stations: [{ limit: undefined }, { limit: undefined }],
  cars: [asking(20)],
  loads: [],
  ...own,
})
const nowOf = ({ cars }: SteeringPlan) => powerAt(cars[0]!.schedule, NOON)
const phased: Pick<SteeredSite, 'phaseLimits'> = { phaseLimits: [amperes(32), amperes(32), amperes(32)] }

for (const [sentence, own, expected] of [
  ['a car waits for the cheap hours where no day is known', {}, { power: 0, days: undefined }],
  ['it waits where nobody came on the days before', { pastDays: [[], [], []] }, { power: 0, days: 3 }],
  ['it waits where those who came left room for it', { pastDays: [rush(2), rush(2)] }, { power: 0, days: 2 }],
  ['it does not wait where a rush would find its limit full', { pastDays: [rush(4), rush(4)] }, { power: 21_900, days: 2 }],
  ['one bad day of two counts, as the worse half does', { pastDays: [rush(4), rush(0)] }, { power: 21_900, days: 2 }],
  ['it waits where its driver was promised the cheap hours', { cars: [asking(20, 100_000)], pastDays: [rush(4)] }, { power: 0, days: 1 }],
  ['the full model does not wait for the rush either', { ...phased, pastDays: [rush(4), rush(4)] }, { power: 22_000, days: 2 }],
  ['the full model waits where there was none', { ...phased, pastDays: [[], []] }, { power: 0, days: 2 }],
] satisfies readonly (readonly [string, Partial<SteeredSite>, { power: number; days: number | undefined }])[])
  test(sentence, () => {
    const plan = planOf(siteWith(own))
    assert.deepEqual({ power: nowOf(plan), days: plan.anticipated?.days }, expected)
    const told = energyWithin(plan.cars[0]!.schedule, NOON, at(6))
    assert.ok(Math.abs(told - 20_000) < 60, `${told} Wh in all, as before`)
  })

test('what is given early takes nothing from a walk-in who is there', () => {
  const walkIn: SteeredCar = { ...asking(0), key: 'walk-in', wish: { kind: 'walkIn', startedAt: NOON, room: undefined } }
  const alone = planOf(siteWith({ cars: [asking(20), walkIn] }))
  const plan = planOf(siteWith({ cars: [asking(20), walkIn], pastDays: [rush(4), rush(4)] }))
  assert.deepEqual(plan.cars[1]!.schedule.periods[0], alone.cars[1]!.schedule.periods[0])
  assert.equal(nowOf(plan), 0, 'the limit is used as it is')
})

const randomDays = (site: SteeredSite, random: () => number): readonly (readonly PastCar[])[] =>
  Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
    Array.from({ length: Math.floor(random() * 16) }, (): PastCar => {
      const from = epochMs(site.now + Math.floor(random() * 300) * MINUTE)
      return {
        station: Math.floor(random() * site.stations.length),
        from,
        to: epochMs(from + (20 + random() * 400) * MINUTE),
        energy: wattHours(Math.ceil(random() * 60_000)),
        maxPower: watts(3_700 + random() * 18_000),
      }
    }),
  )

/** Promises at any price: their cars may charge whenever they like. */
const atAnyPrice = (site: SteeredSite): SteeredSite => ({
  ...site,
  cars: site.cars.map((car) => {
    const { wish } = car
    if (wish.kind === 'walkIn') return car
    return { ...car, wish: { ...wish, parts: wish.parts.map((part) => ({ ...part, perKwh: microsPerKwh(400_000) })) } }
  }),
})

for (const { model, rounds, make } of [
  { model: 'nested', rounds: 40, make: (site: SteeredSite) => site },
  {
    model: 'full',
    rounds: 20,
    make: (site: SteeredSite, random: () => number) => ({ ...withPhases(random, site), mostPauses: undefined }),
  },
])
  test(`no car of the ${model} model has less for what is anticipated, and no limit is passed`, () => {
    const random = seeded(41)
    let early = 0
    for (let round = 0; round < rounds; round++) {
      const site = make(atAnyPrice(randomSite(random)), random)
      const [before, plan] = [planOf(site), planOf({ ...site, pastDays: randomDays(site, random) })]
      early += plan.anticipated?.early ?? 0
      for (const [car, { planned, shortfall }] of plan.cars.entries()) {
        assert.ok(Math.abs(planned - before.cars[car]!.planned) <= 1, `car ${car} of round ${round}`)
        assert.ok(shortfall <= before.cars[car]!.shortfall + 1, `car ${car} of round ${round}`)
      }
      const drawn = (at: EpochMs) => plan.cars.reduce((sum, { schedule }) => sum + powerAt(schedule, at), 0)
      const fixed = site.loads.reduce((sum, { power }) => sum + power, 0)
      for (let minute = 0; minute < 30; minute++) {
        const power = drawn(epochMs(site.now + minute * MINUTE))
        assert.ok(site.limit === undefined || power === 0 || power + fixed <= site.limit + 1e-6, `${power} W in minute ${minute}`)
      }
    }
    assert.ok(early > 500, `${early} Wh were given early in all`)
  })
