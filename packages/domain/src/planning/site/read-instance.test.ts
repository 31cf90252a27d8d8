import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { SiteInstance } from './instance-faults.ts'
import { readInstance } from './read-instance.ts'

const site = {
  slots: 4,
  slotHours: 1,
  priceEurPerKwh: [0.1, 0.2, 0.3, 0.4],
  siteKw: 20,
  feedersKw: [10, 9],
  panelsKw: [5, 6, 7, 8],
  panelsPerFeeder: 2,
  evs: [
    [0, 3, 5, 3, 0],
    [1, 4, 6, 4, 3],
  ],
} as const satisfies SiteInstance

const withCar = (place: number, value: unknown) => ({ ...site, evs: [site.evs[0], [...site.evs[1]].with(place, value as never)] })

test('a car hangs on its panel, that on its feeder, and that on the site', () => {
  const problem = readInstance(site)
  assert.ok(problem.ok)
  assert.deepEqual(
    problem.value.nodes.map(({ parent, limit }) => [parent, limit]),
    [
      [undefined, 20_000],
      [0, 10_000],
      [0, 9_000],
      [1, 5_000],
      [1, 6_000],
      [2, 7_000],
      [2, 8_000],
    ],
  )
  assert.deepEqual(problem.value.cars[1], { arriveSlot: 1, departSlot: 4, need: 6_000, maxPower: 4_000, node: 6 })
})

test('without panels all cars hang on the site', () => {
  const problem = readInstance({ ...site, feedersKw: [], panelsKw: [] })
  assert.deepEqual(problem.ok && problem.value.cars.map(({ node }) => node), [0, 0])
})

const faulty: readonly [sentence: string, json: unknown, fault: string][] = [
  ['no object', null, 'shape instance'],
  ['a list', [site], 'shape instance'],
  ['a number that is missing', { ...site, siteKw: undefined }, 'notANumber siteKw'],
  ['a number without end', { ...site, siteKw: Number.POSITIVE_INFINITY }, 'notANumber siteKw'],
  ['a list that is missing', { ...site, panelsKw: undefined }, 'shape panelsKw'],
  ['a price that is text', { ...site, priceEurPerKwh: [0.1, '0.2', 0.3, 0.4] }, 'notANumber priceEurPerKwh[1]'],
  ['cars that are no list', { ...site, evs: 'many' }, 'shape evs'],
  ['a car of four figures', { ...site, evs: [[0, 3, 5, 3]] }, 'shape evs[0]'],
  ['a car without a number for its energy', withCar(2, null), 'notANumber evs[1][2]'],
  ['too few prices', { ...site, priceEurPerKwh: [0.1] }, 'length priceEurPerKwh'],
  ['a panel before the first', withCar(4, -1), 'unknown evs[1][4]'],
  ['a panel after the last', withCar(4, 4), 'unknown evs[1][4]'],
  ['half a panel', withCar(4, 0.5), 'unknown evs[1][4]'],
  ['panels that no feeder is above', { ...site, panelsPerFeeder: 1 }, 'contradiction panelsPerFeeder'],
  ['no panels below a feeder', { ...site, panelsPerFeeder: 0 }, 'range panelsPerFeeder'],
  ['a panel and a half below a feeder', { ...site, panelsPerFeeder: 1.5 }, 'range panelsPerFeeder'],
  ['feeders that limit nobody', { ...site, panelsKw: [] }, 'contradiction feedersKw'],
  ['a car that leaves before it comes', withCar(1, 1), 'contradiction evs[1][1]'],
  ['a car before the first slot', withCar(0, -1), 'range evs[1][0]'],
  ['half a slot', withCar(0, 0.5), 'notWhole evs[1][0]'],
  ['no energy', withCar(2, 0), 'range evs[1][2]'],
  ['no power', withCar(3, 0), 'range evs[1][3]'],
  ['more power than there is', withCar(3, 1e300), 'range evs'],
  ['a price beyond all sense', { ...site, priceEurPerKwh: [0.1, 0.2, 0.3, 1e9] }, 'range priceEurPerKwh[3]'],
  ['a negative site', { ...site, siteKw: -1 }, 'range siteKw'],
  ['a negative feeder', { ...site, feedersKw: [10, -1] }, 'range feedersKw[1]'],
  ['a negative panel', { ...site, panelsKw: [5, 6, 7, -1] }, 'range panelsKw[3]'],
  ['slots of no length', { ...site, slotHours: 0 }, 'range slotHours'],
  ['no slots', { ...site, slots: 0, priceEurPerKwh: [], evs: [] }, 'empty priceEurPerKwh'],
]
for (const [sentence, json, fault] of faulty)
  test(`${sentence} is refused by the name that it has in the file`, () => {
    const problem = readInstance(json)
    assert.ok(!problem.ok)
    assert.deepEqual([...new Set(problem.failure.map(({ code, field }) => `${code} ${field}`))], [fault])
  })
