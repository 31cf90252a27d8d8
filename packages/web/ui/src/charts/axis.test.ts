import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dayTicks, timeTicks, valueTicks } from './axis.ts'

const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const iso = (ticks: readonly number[]) => ticks.map((tick) => Temporal.Instant.fromEpochMilliseconds(tick).toString())

test('value ticks are round, begin at zero and reach the top', () => {
  assert.deepEqual(valueTicks(22), [0, 10, 20, 30])
  assert.deepEqual(valueTicks(100), [0, 25, 50, 75, 100])
  assert.equal(valueTicks(0)[0], 0)
})

test('day ticks stand at the midnights of the zone, also over a change of the clock', () => {
  assert.deepEqual(iso(dayTicks(at('2026-10-24T12:00Z'), at('2026-10-26T12:00Z'), 'Europe/London')), [
    '2026-10-24T23:00:00Z',
    '2026-10-26T00:00:00Z',
  ])
})

test('time ticks are at round times of the zone and not more than asked', () => {
  const ticks = timeTicks(at('2026-06-01T00:10Z'), at('2026-06-01T12:10Z'), 'Asia/Kolkata', 6)
  assert.deepEqual(iso(ticks), [
    '2026-06-01T00:30:00Z',
    '2026-06-01T02:30:00Z',
    '2026-06-01T04:30:00Z',
    '2026-06-01T06:30:00Z',
    '2026-06-01T08:30:00Z',
    '2026-06-01T10:30:00Z',
  ])
})
