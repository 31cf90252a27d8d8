import assert from 'node:assert/strict'
import { test } from 'node:test'
import { figuresOf, spanOfDays, steppedLine } from './price-span.ts'

const price = (from: string, to: string, perKwhMicros: string) => ({
  from: `2026-03-11T${from}:00Z`,
  to: `2026-03-11T${to}:00Z`,
  perKwhMicros,
})
const PRICES = [price('00:00', '01:00', '100000'), price('01:00', '02:00', '-20000'), price('04:00', '04:30', '300000')]

test('the days that change the clocks have twenty-three and twenty-five hours', () => {
  const hours = (day: string) => {
    const { from, to } = spanOfDays(day, 1, 'Europe/Berlin')
    return (Date.parse(to) - Date.parse(from)) / 3_600_000
  }
  assert.deepEqual([hours('2026-03-28'), hours('2026-03-29'), hours('2026-10-25')], [24, 23, 25])
  assert.throws(() => spanOfDays('yesterday', 1, 'UTC'), RangeError)
})

test('a price holds until its end, and a hole breaks the line', () => {
  const { times, values } = steppedLine(PRICES)
  assert.deepEqual(values, [0.1, -0.02, -0.02, null, 0.3, 0.3])
  assert.deepEqual(
    times.map((at) => new Date(at).toISOString().slice(11, 16)),
    ['00:00', '01:00', '02:00', '02:00', '04:00', '04:30'],
  )
  assert.deepEqual(steppedLine([]), { times: [], values: [] })
})

test('the mean is over time, and the holes of the span are counted', () => {
  const span = { from: '2026-03-11T00:00:00Z', to: '2026-03-11T05:00:00Z' }
  const figures = figuresOf(PRICES, span)
  assert.ok(figures)
  assert.deepEqual([figures.lowest, figures.highest, figures.gapMs], [-0.02, 0.3, 2.5 * 3_600_000])
  assert.ok(Math.abs(figures.mean - (0.1 - 0.02 + 0.15) / 2.5) < 1e-12)
  assert.equal(figuresOf([], span), undefined)
})
