import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EpochMs, epochMs, HOUR, MINUTE } from '@voltway/units'
import fc from 'fast-check'
import { PAPER_TARIFF } from './paper-tariff.ts'
import { priceLine } from './price-line.ts'
import type { ElementTariff, TariffRestriction } from './tariff.ts'
import { arbitraryElementTariff, arbitraryTariff } from './testing/arbitrary-tariff.ts'

/** The rule once more, read off Temporal's calendar instead of offsets: slow and plain. */
const holds = (when: TariffRestriction | undefined, timeZone: string, at: EpochMs): boolean => {
  if (!when) return true
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const [time, start, end] = [local.toPlainTime().toString().slice(0, 5), when.startTime ?? '00:00', when.endTime ?? '24:00']
  const overMidnight = end <= start
  if (overMidnight ? time < start && time >= end : time < start || time >= end) return false
  const day = overMidnight && time < end ? local.toPlainDate().subtract({ days: 1 }) : local.toPlainDate()
  const name = (['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY'] as const)[day.dayOfWeek - 1]!
  if (when.weekdays && !when.weekdays.includes(name)) return false
  const [date, first, last] = [day.toString().slice(5), when.seasonStart ?? '01-01', when.seasonEnd ?? '12-31']
  return first <= last ? first <= date && date <= last : date >= first || date <= last
}
const perKwhAt = (tariff: ElementTariff, at: EpochMs) =>
  tariff.elements.find(({ perKwh, when }) => perKwh !== undefined && holds(when, tariff.timeZone, at))?.perKwh

const instant = fc.integer({ min: Date.UTC(2020, 0, 1), max: Date.UTC(2040, 0, 1) }).map(epochMs)

test('the price at every minute is what the calendar says, changes of clocks included', () => {
  // Half of the cases start in the hours around a change of clocks in Berlin, London or Sydney.
  const changes = [Date.UTC(2025, 9, 25, 20), Date.UTC(2025, 2, 29, 20), Date.UTC(2025, 3, 5, 10), Date.UTC(2025, 9, 4, 10)].map(epochMs)
  fc.assert(
    fc.property(arbitraryElementTariff, fc.oneof(instant, fc.constantFrom(...changes)), (tariff, start) => {
      const from = epochMs(Math.floor(start / MINUTE) * MINUTE)
      const line = priceLine(tariff, from, epochMs(from + 30 * HOUR))
      for (let at = from; at < from + 30 * HOUR; at = epochMs(at + 15 * MINUTE)) {
        const step = line.find((candidate) => candidate.from <= at && at < candidate.to)!
        assert.equal(step.perKwhMicros, perKwhAt(tariff, at))
      }
      // At each change, the minute before and the minute after differ as the line says.
      for (const { from: edge, perKwhMicros } of line) assert.equal(perKwhMicros, perKwhAt(tariff, edge))
    }),
    { seed: 5, numRuns: 120 },
  )
})

test('a price line has no gap, no overlap and no two equal neighbours', () => {
  fc.assert(
    fc.property(arbitraryTariff, instant, fc.integer({ min: 1, max: 12 * 24 * HOUR }), (tariff, from, length) => {
      const to = epochMs(from + length)
      const line = priceLine(tariff, from, to)
      assert.deepEqual([line[0]!.from, line.at(-1)!.to], [from, to])
      for (let index = 1; index < line.length; index++) {
        const [{ to: end, from: _a, ...before }, { from: start, to: _b, ...after }] = [line[index - 1]!, line[index]!]
        assert.equal(end, start)
        assert.notDeepEqual(before, after)
      }
    }),
    { seed: 6, numRuns: 200 },
  )
})

test("the paper's week is peak for nine hours on each of five days", () => {
  const monday = epochMs(Date.parse('2025-06-02T00:00:00+01:00'))
  const peaks = priceLine(PAPER_TARIFF, monday, epochMs(monday + 7 * 24 * HOUR)).filter(({ peak }) => peak)
  assert.equal(peaks.length, 10)
  assert.equal(peaks.reduce((sum, { from, to }) => sum + to - from, 0) / HOUR, 45)
})

test('the peak of a price list is the upper half of its range', () => {
  const elements = [{ perKwh: 600_000n, when: { startTime: '16:00', endTime: '22:00' } }, { perKwh: 400_000n }]
  const tariff: ElementTariff = {
    kind: 'elements',
    name: 'two',
    currency: PAPER_TARIFF.currency,
    timeZone: 'Etc/UTC',
    vat: PAPER_TARIFF.vat,
    elements,
  }
  const day = epochMs(Date.UTC(2025, 5, 2))
  assert.deepEqual(
    priceLine(tariff, day, epochMs(day + 24 * HOUR)).map(({ peak, label }) => [peak, label]),
    [
      [false, 'two'],
      [true, '16:00-22:00'],
      [false, 'two'],
    ],
  )
  assert.ok(priceLine({ ...tariff, elements: [{ perKwh: 1n }] }, day, epochMs(day + HOUR)).every(({ peak }) => !peak))
  assert.deepEqual(priceLine(tariff, day, day), [])
})

test('a price by the minute that changes alone begins a step, and has no peak of its own', () => {
  const tariff: ElementTariff = {
    kind: 'elements',
    name: 'by time',
    currency: PAPER_TARIFF.currency,
    timeZone: 'Etc/UTC',
    vat: PAPER_TARIFF.vat,
    elements: [
      { name: 'all', perMinute: 9n, when: { startTime: '08:00', endTime: '20:00' } },
      { name: 'all', perMinute: 3n, perKwh: 5n },
    ],
  }
  const day = epochMs(Date.UTC(2025, 5, 2))
  assert.deepEqual(
    priceLine(tariff, day, epochMs(day + 24 * HOUR)).map(({ from, perKwhMicros, perMinuteMicros, label, peak }) => [
      (from - day) / HOUR,
      perKwhMicros,
      perMinuteMicros,
      label,
      peak,
    ]),
    [
      [0, 5n, 3n, 'all', false],
      [8, 5n, 9n, 'all', false],
      [20, 5n, 3n, 'all', false],
    ],
  )
})
