import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, epochMs, MINUTE, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../site/index.ts'
import { planBasis, replanReasons } from './replan-reasons.ts'
import type { SetPointSchedule } from './set-point-schedule.ts'
import { stationTerms } from './station-terms.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'
import { NOON } from './testing/random-site.ts'

const at = (minutes: number) => epochMs(NOON + minutes * MINUTE)
const told = (power: number): SetPointSchedule => ({
  start: NOON,
  periods: [{ startSeconds: 0, power: watts(power) }],
  exactUntil: at(240),
})
const prices = [{ from: NOON, to: at(240), perKwh: microsPerKwh(300_000) }]
const walkIn: SteeredCar = {
  key: 'w',
  station: 0,
  maxPower: watts(22_000),
  delivered: wattHours(0),
  deliveredAt: NOON,
  wish: { kind: 'walkIn', startedAt: NOON, room: undefined },
  terms: stationTerms({ currentType: 'AC', phases: 3, unit: 'W', maxPeriods: undefined })!,
  isResting: false,
  isExpected: false,
  inForce: told(12_000),
}
const promised: SteeredCar = {
  ...walkIn,
  key: 'p',
  wish: {
    kind: 'promise',
    arrival: NOON,
    departure: at(120),
    curve: [],
    parts: [{ energy: wattHours(20_000), perKwh: microsPerKwh(300_000) }],
    prices,
  },
}
const site: SteeredSite = {
  now: at(1),
  limit: watts(24_000),
  prices,
  stations: [{ limit: undefined }],
  cars: [walkIn, promised],
  loads: [],
}
const basis = planBasis(site)
const sunny = (power: number): SteeredSite['surroundings'] => ({
  load: [],
  solar: [{ from: NOON, to: at(240), power: watts(power) }],
  feedInPerKwh: microsPerKwh(80_000),
})
const later = (own: Partial<SteeredSite>): SteeredSite => ({ ...site, now: at(7), ...own })
const withPromise = (own: Partial<SteeredCar>): SteeredSite => later({ cars: [walkIn, { ...promised, ...own }] })
const wish = promised.wish

for (const [sentence, after, expected] of [
  ['nothing happened', later({}), []],
  ['a car came', later({ cars: [...site.cars, { ...walkIn, key: 'n' }] }), ['arrival']],
  ['a car left', later({ cars: [walkIn] }), ['departure']],
  ['another departure is wished', withPromise({ wish: { ...wish, departure: at(90) } as SteeredCar['wish'] }), ['wish']],
  ['the site has another limit', later({ limit: watts(20_000) }), ['limit']],
  ['the site is capped for a while', later({ caps: [{ from: at(30), to: at(60), power: watts(9_000) }] }), ['limit']],
  ['a cap is over', later({ caps: [{ from: at(-30), to: at(7), power: watts(9_000) }] }), []],
  ['its phases have a limit', later({ phaseLimits: [amperes(63), amperes(63), amperes(63)] }), ['limit']],
  ['it may pause cars less often', later({ mostPauses: 1 }), ['limit']],
  ['the sun is forecast', later({ surroundings: sunny(4_000) }), ['forecast']],
  ['a station has another limit', later({ stations: [{ limit: watts(20_000) }] }), ['limit']],
  [
    'a price that is still to come is another',
    later({
      prices: [
        { ...prices[0]!, to: at(60) },
        { from: at(60), to: at(240), perKwh: microsPerKwh(100_000) },
      ],
    }),
    ['price'],
  ],
  ['prices further ahead have become known', later({ prices: [...prices, { from: at(240), to: at(500), perKwh: microsPerKwh(1) }] }), []],
  ['a price is past', later({ prices: [{ ...prices[0]!, from: at(5) }] }), []],
  ['a station cannot be steered any more', later({ loads: [{ station: 0, power: watts(11_000) }] }), ['load']],
  ['a car has had enough for now', withPromise({ isResting: true }), ['power']],
  ['a car takes as much as planned', withPromise({ delivered: wattHours(1_000), deliveredAt: at(6) }), []],
  ['a car takes far less', withPromise({ delivered: wattHours(300), deliveredAt: at(6) }), ['meter']],
  ['a car takes far more', withPromise({ delivered: wattHours(2_500), deliveredAt: at(6) }), ['meter']],
  [
    'a promise will lack a little, and there is time',
    withPromise({
      delivered: wattHours(1_000),
      deliveredAt: at(6),
      inForce: { ...told(12_000), periods: [...told(12_000).periods, { startSeconds: 95 * 60, power: watts(0) }] },
    }),
    ['meter'],
  ],
  ['a station does not hold what was planned', withPromise({ inForce: undefined }), ['untold']],
  ['a quarter of an hour has passed', later({ now: at(15) }), ['slot']],
] as const)
  test(`${sentence}: ${expected.join(', ') || 'the plan holds'}`, () => assert.deepEqual(replanReasons(basis, after), expected))

test('a site that was never planned is planned', () => assert.deepEqual(replanReasons(undefined, site), ['first']))

test('what a plan was made from survives being kept as JSON', () => {
  const kept = JSON.parse(JSON.stringify(basis))
  assert.deepEqual(replanReasons(kept, later({})), [])
})

test('a forecast that is the same for the time to come is no reason, however much of it is over', () => {
  const before = planBasis({ ...site, surroundings: sunny(4_000) })
  const shorter = { ...sunny(4_000)!, solar: [{ from: at(5), to: at(300), power: watts(4_000) }] }
  assert.deepEqual(replanReasons(before, later({ surroundings: shorter })), [])
  assert.deepEqual(replanReasons(before, later({ surroundings: sunny(5_000) })), ['forecast'])
})

test('a forecast of what was not forecast before is a reason, but one of times that are still far is none', () => {
  const before = planBasis({ ...site, surroundings: sunny(4_000) })
  const loaded = (from: number, to: number) => ({ ...sunny(4_000)!, load: [{ from: at(from), to: at(to), power: watts(9_000) }] })
  assert.deepEqual(replanReasons(before, later({ surroundings: loaded(0, 60) })), ['forecast'])
  assert.deepEqual(replanReasons(before, later({ surroundings: loaded(360, 420) })), [])
  assert.deepEqual(replanReasons(planBasis({ ...site, surroundings: loaded(0, 60) }), later({ surroundings: loaded(0, 120) })), [
    'forecast',
  ])
})
