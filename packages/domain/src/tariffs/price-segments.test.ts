import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currency, DAY, epochMs, instantOf, isoOf } from '@voltway/units'
import fc from 'fast-check'
import { boundaries } from './boundaries.ts'
import { elementAt, energyPriceAt } from './element-at.ts'
import { priceSegments } from './price-segments.ts'
import type { ElementTariff } from './tariff.ts'
import { arbitraryElementTariff } from './testing/arbitrary-tariff.ts'

const from = instantOf('2026-03-27T12:00:00Z')!
const BERLIN: ElementTariff = {
  kind: 'elements',
  name: 'list',
  currency: currency('EUR'),
  timeZone: 'Europe/Berlin',
  vat: { ratePpm: 0n, pricesInclude: true },
  elements: [],
}
const window = fc.tuple(fc.integer({ min: -400 * DAY, max: 400 * DAY }), fc.integer({ min: 1, max: 4 * DAY }))

test('segments cover their time without a gap, each with the prices of every moment in it, and unlike its neighbour', () => {
  fc.assert(
    fc.property(
      arbitraryElementTariff,
      window,
      fc.array(fc.nat(999), { minLength: 20, maxLength: 20 }),
      (tariff, [shift, length], shares) => {
        const [start, end] = [epochMs(from + shift), epochMs(from + shift + length)]
        const segments = priceSegments(tariff, start, end)
        assert.deepEqual([segments[0]?.from, segments.at(-1)?.to], [start, end])
        for (const [index, segment] of segments.entries()) {
          const before = segments[index - 1]
          assert.ok(segment.from < segment.to)
          if (!before) continue
          assert.equal(before.to, segment.from)
          assert.notDeepEqual({ ...before, from: 0, to: 0 }, { ...segment, from: 0, to: 0 })
        }
        for (const share of shares) {
          const at = epochMs(start + (length * share) / 1_000)
          const segment = segments.find((one) => one.from <= at && at < one.to)
          assert.deepEqual(segment?.energy, energyPriceAt(tariff, at))
          assert.deepEqual(segment?.time, elementAt(tariff, 'perMinute', at))
        }
      },
    ),
    { seed: 21, numRuns: 200 },
  )
})

test('a season begins and ends at midnight of its place', () => {
  const tariff: ElementTariff = {
    ...BERLIN,
    elements: [
      { perKwh: 1n, when: { startTime: '06:00', endTime: '07:00', seasonStart: '05-01' } },
      { perKwh: 2n, when: { startTime: '06:00', endTime: '05:00', seasonEnd: '02-10' } },
      { perKwh: 3n },
    ],
  }
  const day = (text: string) => instantOf(`${text}T12:00:00Z`)!
  const edges = (start: string, end: string) =>
    priceSegments(tariff, day(start), day(end)).map((segment) => [isoOf(segment.from).slice(5, 16), segment.energy?.price])
  assert.deepEqual(edges('2026-04-30', '2026-05-01'), [
    ['04-30T12:00', 3n],
    ['05-01T04:00', 1n],
    ['05-01T05:00', 3n],
  ])
  assert.deepEqual(edges('2026-02-10', '2026-02-11'), [
    ['02-10T12:00', 2n],
    ['02-11T04:00', 3n],
  ])
})

test('the moments at which a price may change ascend, whatever the order of elements and bands', () => {
  const at = (hours: number) => epochMs(from + hours * 3_600_000)
  const tariff: ElementTariff = {
    ...BERLIN,
    elements: [{ perKwh: 1n, when: { startTime: '22:00', endTime: '06:00' } }, { perKwh: 2n }],
    bands: [
      { from: at(20), to: at(21), perKwh: 3n },
      { from: at(1), to: at(2), perKwh: 4n },
    ],
  }
  const hours = boundaries(tariff, from, at(24)).map((moment) => (moment - from) / 3_600_000)
  // 22:00 and 06:00 in Berlin, an hour ahead of UTC; a cut at midnight changes no price.
  assert.deepEqual(
    hours.filter((hour) => hour !== 11),
    [1, 2, 9, 17, 20, 21],
  )
})
