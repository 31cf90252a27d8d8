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
const rows = (text: string, hours: number, tariff = TARIFF) =>
  pricesFrom(tariff, at(text), hours * 3_600).entries.map(({ start, duration = 0, energyFee }) => [
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

const withBands = (...bands: readonly (readonly [from: string, perKwh: string])[]): LocalTariff => ({
  ...TARIFF,
  bands: bands.map(([from, perKwh]) => ({ from, perKwh })),
})

test('in the hour that comes twice prices change at both of its times', () => {
  const tariff = withBands(['02:30', '0.2'], ['06:00', '0.4'])
  // The first 02:30 is at 00:30 of UTC, the second one at 01:30.
  assert.deepEqual(rows('2026-10-25T00:00:00Z', 6, tariff), [
    [0, 0.5, 0.4],
    [0.5, 0.5, 0.2],
    [1, 0.5, 0.4],
    [1.5, 3.5, 0.2],
    [5, 1, 0.4],
  ])
  assert.deepEqual(rows('2026-10-25T01:15:00Z', 1, tariff), [
    [0, 0.25, 0.4],
    [0.25, 0.75, 0.2],
  ])
})

test('a price of the hour that is left out in spring begins with the hour after it, and changes stay in order', () => {
  const both = withBands(['02:30', '0.2'], ['03:00', '0.5'])
  assert.deepEqual(rows('2026-03-29T00:30:00Z', 2, both), [
    [0, 0.5, 0.5],
    [0.5, 1.5, 0.5],
  ])
  assert.deepEqual(rows('2026-03-29T00:30:00Z', 2, withBands(['02:30', '0.2'], ['06:00', '0.4'])), [
    [0, 0.5, 0.4],
    [0.5, 1.5, 0.2],
  ])
})

test('a change that is less than half a second away has come', () => {
  const start = epochMs(at('2026-06-15T20:00:00Z') - 400)
  assert.deepEqual(
    pricesFrom(TARIFF, start, 60).entries.map(({ start, duration, energyFee }) => [start, duration, energyFee.value]),
    [[0, 60, 19]],
  )
})

test('from any moment on entries follow each other without a gap up to the horizon', () => {
  const random = seeded(6)
  for (let run = 0; run < 300; run++) {
    const horizon = 60 + Math.floor(random() * 200_000)
    const bands = [...new Set(Array.from({ length: 4 }, () => `0${Math.floor(random() * 5)}:${random() < 0.5 ? '00' : '30'}`))].toSorted()
    const tariff = withBands(...bands.map((from) => [from, '0.2'] as const))
    // Half of them around the nights in which clocks change, some just before a minute ends.
    const day = random() < 0.5 ? '2026-03-01T00:00:00Z' : random() < 0.5 ? '2026-03-28T20:00:00Z' : '2026-10-24T20:00:00Z'
    const span = day.startsWith('2026-03-01') ? 300 * 86_400_000 : 8 * 3_600_000
    const moment = at(day) + Math.floor(random() * span)
    const from = epochMs(random() < 0.2 ? Math.ceil(moment / 1_800_000) * 1_800_000 - Math.floor(random() * 600) : moment)
    const { entries } = pricesFrom(tariff, from, horizon)
    assert.ok(entries.every(({ duration = 0 }) => duration > 0))
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
    assert.equal(checked.ok ? undefined : checked.failure.field, `tariff.${field}`)
    const named = checkTariff({ ...TARIFF, ...wrong }, '--tariff')
    assert.ok(!named.ok && named.failure.message.startsWith(`--tariff.${field}: `))
  })
