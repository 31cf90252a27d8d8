import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, HOUR, instantOf, wattHours } from '@voltway/units'
import { costOf } from './cost-of.ts'
import { PAPER_TARIFF } from './paper-tariff.ts'
import { resolveTariff, type SeriesPrice } from './resolve-tariff.ts'
import type { DynamicPrice, ElementTariff } from './tariff.ts'

const start = instantOf('2025-06-02T00:00:00Z')!
const hour = (index: number) => epochMs(start + index * HOUR)
const series: readonly SeriesPrice[] = [-50_000n, 20_000n, 20_000n, 300_000n].map((perKwhMicros, index) => ({
  from: hour(index),
  to: hour(index + 1),
  perKwhMicros,
}))
const dynamicWith = (more: Partial<DynamicPrice> = {}): ElementTariff => ({
  kind: 'elements',
  name: 'spot',
  currency: PAPER_TARIFF.currency,
  timeZone: 'Europe/London',
  vat: PAPER_TARIFF.vat,
  elements: [{ perKwh: 400_000n }],
  dynamic: { series: 'day-ahead', markupPerKwh: 30_000n, factorPpm: 1_100_000n, ...more },
})
const bandsOf = (tariff: ElementTariff, load = 0n) => {
  const resolved = resolveTariff(tariff, { at: start, slotTaken: false, series, load })
  assert.ok(resolved.kind === 'elements')
  return resolved.bands!.map(({ from, to, perKwh }) => [(from - start) / HOUR, (to - start) / HOUR, perKwh])
}

test('a series becomes bands: factor, markup, never below zero, equal neighbours joined', () => {
  assert.deepEqual(bandsOf(dynamicWith()), [
    [0, 1, 0n],
    [1, 3, 52_000n],
    [3, 4, 360_000n],
  ])
})
test('a series may come in any order', () => {
  const resolve = (prices: readonly SeriesPrice[]) =>
    resolveTariff(dynamicWith(), { at: start, slotTaken: false, series: prices, load: 0n })
  assert.deepEqual(resolve(series.toReversed()), resolve(series))
})
test('floor and cap hold, and load adds its share', () => {
  const limited = dynamicWith({ floorPerKwh: 50_000n, capPerKwh: 200_000n, loadPerKwh: 100_000n })
  assert.deepEqual(bandsOf(limited, 500_000n), [
    [0, 1, 50_000n],
    [1, 3, 102_000n],
    [3, 4, 200_000n],
  ])
})
test('a load above full counts as full', () => {
  assert.deepEqual(bandsOf(dynamicWith({ loadPerKwh: 100_000n }), 5_000_000n).at(-1), [3, 4, 460_000n])
})
test('series that overlap do not charge an hour twice, and the past is left out', () => {
  const overlapping = [...series, { from: hour(1), to: hour(6), perKwhMicros: 0n }]
  const resolved = resolveTariff(dynamicWith(), { at: hour(1), slotTaken: false, series: overlapping, load: 0n })
  assert.ok(resolved.kind === 'elements')
  assert.equal(resolved.bands![0]!.from, hour(1))
  for (const [index, band] of resolved.bands!.entries()) assert.ok(index === 0 || resolved.bands![index - 1]!.to <= band.from)
})
test('a resolved price is priced by its bands, and by its elements where the series ends', () => {
  const tariff = resolveTariff(dynamicWith(), { at: start, slotTaken: false, series, load: 0n })
  const points = [
    { at: hour(2), importWh: wattHours(0), exportWh: wattHours(0) },
    { at: hour(5), importWh: wattHours(30_000), exportWh: wattHours(0) },
  ]
  const cost = costOf(tariff, { startedAt: hour(2), chargingEndedAt: hour(5), disconnectedAt: hour(5), asOf: hour(5), points })
  assert.deepEqual(
    cost.lines.map(({ label, quantity, amountMicros }) => [label, quantity, amountMicros]),
    [
      ['day-ahead', 10_000, 520_000n],
      ['day-ahead', 10_000, 3_600_000n],
      ['spot', 10_000, 4_000_000n],
    ],
  )
})
test('what is accepted stays: resolving again changes nothing', () => {
  const quote = { at: instantOf('2025-06-02T08:00:00Z')!, slotTaken: true, series, load: 0n }
  for (const tariff of [PAPER_TARIFF, dynamicWith(), { ...dynamicWith(), bands: [] }]) {
    const accepted = resolveTariff(tariff, quote)
    assert.deepEqual(resolveTariff(accepted, { at: hour(1), slotTaken: false, series: [], load: 900_000n }), accepted)
  }
  const accepted = resolveTariff(PAPER_TARIFF, quote)
  assert.ok(accepted.kind === 'evcms' && accepted.acmPpm === 1_000_000n)
})
