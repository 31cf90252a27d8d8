import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from './seeded.ts'
import { instantOf } from './time.ts'

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
