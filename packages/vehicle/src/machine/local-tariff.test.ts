import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, seeded } from '@voltway/units'
import { checkTariff, type LocalTariff, pricesFrom } from './local-tariff.ts'

const TARIFF: LocalTariff = {
  currency: 'EUR',
  language: 'de',
  timeZone: 'Europe/Berlin',
  bands: [
    { from: '06:00', perKwh: '0.42' },
    { from: '22:00', perKwh: '0.190' },
  ],
}
const at = (text: string) => epochMs(Temporal.Instant.from(text).epochMilliseconds)
const rows = (text: string, hours: number) =>
  pricesFrom(TARIFF, at(text), hours * 3_600).entries.map(({ start, duration = 0, energyFee }) => [
    start / 3_600,
    duration / 3_600,
    energyFee.value * 10 ** energyFee.exponent,
  ])

test('prices are those of the wall clock, and begin with the hour that runs', () => {
  assert.deepEqual(rows('2026-06-15T19:30:00Z', 12), [
    [0, 0.5, 0.42],
    [0.5, 8, 0.19],
    [8.5, 3.5, 0.42],
  ])
  assert.deepEqual(rows('2026-06-15T20:00:00Z', 1), [[0, 1, 0.19]])
})

test('the night in which clocks go back is an hour longer', () => {
  assert.deepEqual(rows('2026-10-24T20:00:00Z', 12), [
    [0, 9, 0.19],
    [9, 3, 0.42],
  ])
})

test('from any moment on entries follow each other without a gap up to the horizon', () => {
  const random = seeded(6)
  for (let run = 0; run < 300; run++) {
    const horizon = 60 + Math.floor(random() * 200_000)
    const { entries } = pricesFrom(TARIFF, epochMs(at('2026-03-01T00:00:00Z') + Math.floor(random() * 300 * 86_400_000)), horizon)
    const ends = entries.map(({ start, duration = 0 }) => start + duration)
    assert.deepEqual(
      entries.map(({ start }) => Number(start)),
      [0, ...ends.slice(0, -1)],
    )
    assert.equal(ends.at(-1), horizon)
  }
})

const [first] = TARIFF.bands
for (const [field, wrong] of [
  ['currency', { currency: 'Euro' }],
  ['language', { language: 'de-DE' }],
  ['timeZone', { timeZone: 'Europe/Nowhere' }],
  ['bands', { bands: [] }],
  ['bands[0].from', { bands: [{ from: '24:00', perKwh: '1' }] }],
  ['bands[0].perKwh', { bands: [{ from: '06:00', perKwh: '-1' }] }],
  ['bands[0].perKwh', { bands: [{ from: '06:00', perKwh: '3.28001' }] }],
  ['bands[1].from', { bands: [first!, first!] }],
] as const)
  test(`a tariff with a wrong ${field} is refused by this name`, () => {
    const checked = checkTariff({ ...TARIFF, ...wrong })
    assert.equal(checked.ok ? undefined : checked.failure.field, field)
  })
