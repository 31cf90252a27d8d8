import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compare, currency, type EpochMs, epochMs, HOUR, plus, type Rational, rational, seeded, times, ZERO } from '@voltway/units'
import type { Usage } from './cost.ts'
import { costOf } from './cost-of.ts'
import { costSums } from './cost-sums.ts'
import { priceLine } from './price-line.ts'
import type { ElementTariff } from './tariff.ts'
import { ZONES } from './testing/arbitrary-tariff.ts'
import { pointAt, pointsOf } from './testing/arbitrary-usage.ts'
import { zoneSpans } from './zone-spans.ts'

const tariffIn = (timeZone: string): ElementTariff => ({
  kind: 'elements',
  name: 'standard',
  currency: currency('EUR'),
  timeZone,
  vat: { ratePpm: 0n, pricesInclude: true },
  elements: [
    { name: 'small hours', perKwh: 100_000n, perMinute: 1_000n, when: { startTime: '01:00', endTime: '05:00' } },
    { name: 'sunday', perKwh: 300_000n, perMinute: 2_000n, when: { weekdays: ['SUNDAY'] } },
    { name: 'half past two', perKwh: 700_000n, when: { startTime: '02:30', endTime: '02:45' } },
    { perKwh: 500_000n, perMinute: 3_000n },
  ],
})

const transitionsOf = (timeZone: string): readonly EpochMs[] => {
  const [from, to] = [epochMs(Date.UTC(2020, 0, 1)), epochMs(Date.UTC(2041, 0, 1))]
  const found = zoneSpans(timeZone, from, to).map((span) => span.from)
  return found.filter((at) => at >= from)
}

const exactOf = (tariff: ElementTariff, usage: Usage): Rational =>
  costSums(tariff, usage).lines.reduce(
    (sum, { quantity, unitPriceMicros, dimension }) =>
      plus(sum, times(quantity, rational(unitPriceMicros, dimension === 'energy' ? 1_000_000n : 60_000n))),
    ZERO,
  )

for (const timeZone of ZONES) {
  // Nepal keeps one offset: its days stand for 24 hours.
  const moments = timeZone === 'Asia/Kathmandu' ? [epochMs(Date.UTC(2024, 1, 29, 18, 15))] : transitionsOf(timeZone)

  test(`${timeZone}: the parts of a session sum to the whole over each of ${moments.length} changes of clocks`, () => {
    if (timeZone !== 'Asia/Kathmandu') assert.equal(moments.length, 42)
    const random = seeded(26)
    const tariff = tariffIn(timeZone)
    for (const moment of moments) {
      const from = epochMs(moment - Math.floor(random() * 26 * HOUR) - 1)
      const stretches = Array.from({ length: 5 }, () => ({
        ms: 1 + Math.floor(random() * 12 * HOUR),
        importRate: Math.floor(random() * 20),
        exportRate: 0,
      }))
      const points = pointsOf(from, stretches)
      const to = points.at(-1)!.at
      const cuts = [from, moment, ...Array.from({ length: 6 }, () => epochMs(from + random() * (to - from))), to]
        .filter((cut) => from <= cut && cut <= to)
        .sort((a, b) => a - b)
      const part = (start: EpochMs, end: EpochMs): Usage => ({
        startedAt: start,
        chargingEndedAt: end,
        disconnectedAt: end,
        asOf: end,
        points: [pointAt(points, start), ...points.filter(({ at }) => start < at && at < end), pointAt(points, end)],
      })
      let sum = ZERO
      for (let index = 0; index + 1 < cuts.length; index++) sum = plus(sum, exactOf(tariff, part(cuts[index]!, cuts[index + 1]!)))
      assert.equal(compare(sum, exactOf(tariff, part(from, to))), 0)
    }
  })
}

for (const { name, day, hours, smallHours } of [
  { name: 'a day of 25 hours', day: '2025-10-26', hours: 25, smallHours: 5 },
  { name: 'a day of 23 hours', day: '2025-03-30', hours: 23, smallHours: 3 },
  { name: 'a day of 24 hours', day: '2025-10-19', hours: 24, smallHours: 4 },
]) {
  test(`${name} in Berlin is priced by its real hours`, () => {
    const midnight = Temporal.PlainDate.from(day).toZonedDateTime('Europe/Berlin')
    const [start, end] = [epochMs(midnight.epochMilliseconds), epochMs(midnight.add({ days: 1 }).epochMilliseconds)]
    const usage: Usage = {
      startedAt: start,
      chargingEndedAt: end,
      disconnectedAt: end,
      asOf: end,
      points: pointsOf(start, [{ ms: end - start, importRate: 1, exportRate: 0 }]),
    }
    const cost = costOf(tariffIn('Europe/Berlin'), usage)
    const hoursOf = (label: string) => cost.lines.find((line) => line.dimension === 'time' && line.label === label)!.quantity / HOUR
    assert.deepEqual([hoursOf('small hours'), hoursOf('sunday')], [smallHours, hours - smallHours])
    // 3.6 kW throughout.
    assert.equal(cost.importWh, hours * 3_600)
  })
}

test('a window inside the repeated hour holds twice, and one inside the skipped hour not at all', () => {
  const tariff: ElementTariff = {
    ...tariffIn('Europe/Berlin'),
    elements: [{ name: 'window', perKwh: 1n, when: { startTime: '02:30', endTime: '02:45' } }, { perKwh: 0n }],
  }
  const windowsOn = (day: string) => {
    const midnight = Temporal.PlainDate.from(day).toZonedDateTime('Europe/Berlin')
    const [start, end] = [epochMs(midnight.epochMilliseconds), epochMs(midnight.add({ days: 1 }).epochMilliseconds)]
    return priceLine(tariff, start, end)
      .filter(({ label }) => label === 'window')
      .map(({ from, to }) => [(from - start) / HOUR, (to - start) / HOUR])
  }
  assert.deepEqual(windowsOn('2025-10-26'), [
    [2.5, 2.75],
    [3.5, 3.75],
  ])
  assert.deepEqual(windowsOn('2025-03-30'), [])
  assert.deepEqual(windowsOn('2025-03-31'), [[2.5, 2.75]])
})
