import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from './seeded.ts'
import { after, between, DAY, epochMs, instantOf, isoOf, wallClock } from './time.ts'

const byTemporal = (text: string) => {
  try {
    return Temporal.Instant.from(text).epochMilliseconds
  } catch {
    return undefined
  }
}
const digits = (value: number, count = 2) => String(value).padStart(count, '0')

test('reads an instant in UTC as Temporal does, and refuses what Temporal refuses', () => {
  const random = seeded(61)
  const upTo = (most: number) => Math.floor(random() * (most + 1))
  for (let run = 0; run < 20_000; run++) {
    const day = `${digits(upTo(9_999), 4)}-${digits(upTo(13))}-${digits(upTo(32))}`
    const time = `${digits(upTo(24))}:${digits(upTo(60))}:${digits(upTo(60))}`
    const text = `${day}T${time}${run % 2 === 0 ? '' : `.${digits(upTo(999), 3)}`}Z`
    assert.equal(instantOf(text), byTemporal(text), text)
  }
})

for (const text of [
  '2024-02-29T23:59:59Z',
  '2023-02-29T00:00:00Z',
  '1900-03-01T00:00:00Z',
  '2000-02-28T12:00:00.001Z',
  '0000-03-01T00:00:00Z',
  '2026-06-30T23:59:60Z',
  '2026-06-01T12:00:00+02:00',
  '2026-06-01T12:00:00.123456Z',
  '2026-06-01T12:00:00',
])
  test(`reads ${text} as Temporal does`, () => assert.equal(instantOf(text), byTemporal(text)))

test('writes an instant in UTC with milliseconds always, and reads it back', () => {
  assert.equal(isoOf(epochMs(0)), '1970-01-01T00:00:00.000Z')
  assert.equal(isoOf(epochMs(1_772_442_000_070)), '2026-03-02T09:00:00.070Z')
  const random = seeded(62)
  for (let run = 0; run < 1_000; run++) {
    const at = epochMs((random() - 0.5) * 200_000 * DAY)
    assert.equal(instantOf(isoOf(at)), at)
  }
})

test('an instant is a whole number of milliseconds, and times are added to it and found between two', () => {
  const noon = epochMs(12.9)
  assert.deepEqual([noon, after(noon, 30.5), between(noon, after(noon, 30))], [12, 42, 30])
})

test('a wall clock shows the hour of its zone, also after the clocks have changed', () => {
  for (const [text, hour] of [
    ['2026-03-29T00:59:59Z', 1],
    ['2026-03-29T01:00:00Z', 3],
  ] as const)
    assert.equal(wallClock(instantOf(text)!, 'Europe/Berlin').hour, hour)
})
