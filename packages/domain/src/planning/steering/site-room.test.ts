import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, epochMs, HOUR, seeded, watts } from '@voltway/units'
import { fitsRoom, type PromisedLoad, type PromisedSite, siteRoom } from './site-room.ts'
import { NOON } from './testing/random-site.ts'

const at = (hour: number) => epochMs(NOON + hour * HOUR)
const step = (from: number, to: number, power: number) => ({ from: at(from), to: at(to), power: watts(power) })
const load = (station: number, phases: PromisedLoad['phases'], ...curve: PromisedLoad['curve']): PromisedLoad => ({
  station,
  phases,
  curve,
})
const bare: PromisedSite = {
  limit: undefined,
  phaseLimits: undefined,
  stations: [{ limit: undefined }, { limit: undefined }],
  load: [],
  promised: [],
}
const three = amperes(32)
const car = { station: 0, phases: 'three' } as const
const shown = (site: PromisedSite, own: Pick<PromisedLoad, 'station' | 'phases'> = car) =>
  siteRoom(site, own, { from: at(0), to: at(4) }).map(({ from, to, power }) => [
    (from - NOON) / HOUR,
    (to - NOON) / HOUR,
    Math.round(power),
  ])

for (const [sentence, site, expected] of [
  ['nothing limits it', bare, [[0, 4, Number.POSITIVE_INFINITY]]],
  ['nothing is promised', { ...bare, limit: watts(20_000) }, [[0, 4, 20_000]]],
  [
    'it is capped for a while, which lowers what is promised beside it no further',
    { ...bare, limit: watts(20_000), caps: [step(1, 3, 12_000)], promised: [load(1, 'three', step(2, 4, 11_000))] },
    [
      [0, 1, 20_000],
      [1, 2, 12_000],
      [2, 3, 1_000],
      [3, 4, 9_000],
    ],
  ],
  ['a cap above the limit lowers nothing', { ...bare, limit: watts(20_000), caps: [step(1, 3, 25_000)] }, [[0, 4, 20_000]]],
  [
    'what is promised is not there',
    { ...bare, limit: watts(20_000), promised: [load(1, 'three', step(1, 2, 11_000))] },
    [
      [0, 1, 20_000],
      [1, 2, 9_000],
      [2, 4, 20_000],
    ],
  ],
  ['more is promised than there is', { ...bare, limit: watts(20_000), promised: [load(1, 'three', step(0, 4, 30_000))] }, [[0, 4, 0]]],
  [
    'the building comes first',
    { ...bare, limit: watts(20_000), load: [step(0, 2, 5_000)] },
    [
      [0, 2, 15_000],
      [2, 4, 20_000],
    ],
  ],
  [
    'a station has its own limit',
    {
      ...bare,
      stations: [{ limit: watts(22_000) }, { limit: undefined }],
      promised: [load(0, 'three', step(0, 4, 12_000)), load(1, 'three', step(0, 4, 50_000))],
    },
    [[0, 4, 10_000]],
  ],
  [
    'the fullest phase holds a car on three',
    { ...bare, phaseLimits: [three, three, three], promised: [load(1, 'L2', step(0, 4, 4_600))] },
    [[0, 4, 8_280]],
  ],
] as const)
  test(sentence, () => assert.deepEqual(shown(site), expected))

test('a car on another phase does not mind', () => {
  const site: PromisedSite = { ...bare, phaseLimits: [three, three, three], promised: [load(1, 'L2', step(0, 4, 7_360))] }
  assert.deepEqual(shown(site, { station: 0, phases: 'L1' }), [[0, 4, 7_360]])
  assert.deepEqual(shown(site, { station: 0, phases: 'L2' }), [[0, 4, 0]])
})

test('whatever is accepted one after the other because it fits, all of it together keeps the limit', () => {
  const random = seeded(55)
  for (let round = 0; round < 50; round++) {
    let site: PromisedSite = { ...bare, limit: watts(30_000) }
    for (let driver = 0; driver < 12; driver++) {
      const from = Math.floor(random() * 8) / 2
      const wish = load(driver % 2, 'three', step(from, from + 0.5 + Math.floor(random() * 4) / 2, 1_000 * Math.ceil(random() * 22)))
      if (fitsRoom(wish.curve, siteRoom(site, wish, { from: at(0), to: at(8) }))) site = { ...site, promised: [...site.promised, wish] }
    }
    assert.ok(site.promised.length > 1)
    for (let half = 0; half < 16; half++) {
      const now = NOON + half * (HOUR / 2)
      const drawn = site.promised
        .flatMap(({ curve }) => curve)
        .reduce((sum, { from, to, power }) => sum + (from <= now && now < to ? power : 0), 0)
      assert.ok(drawn <= 30_001 + site.promised.length, `${drawn} W`)
    }
  }
})
