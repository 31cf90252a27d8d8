import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds, watts } from '@voltway/units'
import type { ScheduleOffer } from '@voltway/vehicle'
import { offerChanged } from './offer-changed.ts'

const offer = (power: readonly (readonly [number, number])[], levels: readonly (readonly [number, number])[] = []): ScheduleOffer => ({
  id: 1,
  power: power.map(([start, maxPower]) => ({ start: seconds(start), maxPower: watts(maxPower) })),
  ...(levels.length > 0 && {
    prices: { form: 'levels', id: 1, levels: 3, entries: levels.map(([start, level]) => ({ start: seconds(start), level })) },
  }),
})
const OLD = offer([
  [0, 0],
  [3_600, 11_000],
])

for (const [sentence, old, age, now, expected] of [
  [
    'the same plan, later, is no other plan',
    OLD,
    600,
    offer([
      [0, 0],
      [3_000, 11_000],
    ]),
    false,
  ],
  [
    'an edge that rounding moves by a second is no other plan',
    OLD,
    600,
    offer([
      [0, 0],
      [3_001, 11_000],
    ]),
    false,
  ],
  ['a plan whose first part is over is no other plan', OLD, 4_000, offer([[0, 11_000]]), false],
  [
    'other power is another plan',
    OLD,
    600,
    offer([
      [0, 0],
      [3_000, 7_000],
    ]),
    true,
  ],
  ['other hours are another plan', OLD, 600, offer([[0, 11_000]]), true],
  [
    'prices that come are news',
    OLD,
    0,
    offer(
      [
        [0, 0],
        [3_600, 11_000],
      ],
      [
        [0, 1],
        [1_800, 2],
      ],
    ),
    true,
  ],
  [
    'levels of other names in the same order are not',
    offer(
      [[0, 9]],
      [
        [0, 2],
        [60, 3],
      ],
    ),
    0,
    offer(
      [[0, 9]],
      [
        [0, 1],
        [60, 2],
      ],
    ),
    false,
  ],
  [
    'cheap hours that move are news',
    offer(
      [[0, 9]],
      [
        [0, 1],
        [60, 2],
      ],
    ),
    0,
    offer(
      [[0, 9]],
      [
        [0, 2],
        [60, 1],
      ],
    ),
    true,
  ],
] as const)
  test(sentence, () => assert.equal(offerChanged(old, now, { ageSeconds: age, leastSeconds: 3 }), expected))

/** 11 kW that stops for a while, or for good. */
const cut = (from: number, until?: number) => offer([[0, 11_000], [from, 0], ...(until === undefined ? [] : [[until, 11_000] as const])])

for (const [sentence, now, expected] of [
  ['a window that is over sooner than a car has negotiated is left alone', cut(600, 900), false],
  ['one that lasts is not', cut(600, 901), true],
  [
    'nor two short ones beside each other, which differ in how',
    offer([
      [0, 11_000],
      [600, 0],
      [800, 4_000],
      [901, 11_000],
    ]),
    true,
  ],
  [
    'two short ones apart are left alone',
    offer([
      [0, 11_000],
      [600, 0],
      [800, 11_000],
      [1_000, 0],
      [1_200, 11_000],
    ]),
    false,
  ],
  ['what ends for good is not, however late', cut(86_000), true],
] as const)
  test(`where a negotiation takes five minutes of the simulated world: ${sentence}`, () =>
    assert.equal(offerChanged(offer([[0, 11_000]]), now, { ageSeconds: 0, leastSeconds: 301 }), expected))
