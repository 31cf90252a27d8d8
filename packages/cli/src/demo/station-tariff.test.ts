import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ElementTariff, energyPriceAt, type Tariff } from '@voltway/domain/tariffs'
import { DAY, epochMs, isoOf, MINUTE } from '@voltway/units'
import { type AbsolutePrices, checkTariff, pricesFrom } from '@voltway/vehicle'
import { stationTariff } from './station-tariff.ts'
import { DEMO_TARIFFS } from './tariffs.ts'

/** Three days around the end of summer time in London, 2026. */
const FROM = epochMs(Date.parse('2026-10-24T00:00:00Z'))
const SPAN = 3 * DAY

/** Micros that a kilowatt-hour costs at a moment, by what the station says. */
const saidAt = ({ entries }: AbsolutePrices, at: number): bigint | undefined => {
  const entry = entries.findLast(({ start }) => start * 1_000 <= at - FROM)
  return entry && BigInt(Math.round(entry.energyFee.value * 10 ** (6 + entry.energyFee.exponent)))
}

for (const name of ['home', 'rapid'] as const)
  test(`what a station of the price list "${name}" says is what its receipts are made of, also where the clock is put back`, () => {
    const list = DEMO_TARIFFS[name] as ElementTariff
    const said = stationTariff(list)
    assert.ok(said && checkTariff(said).ok)
    const prices = pricesFrom(said, FROM, SPAN / 1_000)
    for (let at = FROM + MINUTE; at < FROM + SPAN; at += 30 * MINUTE)
      assert.equal(saidAt(prices, at), energyPriceAt(list, epochMs(at))?.price, isoOf(epochMs(at)))
  })

test('a list whose prices hang on the day, the season, the session or a formula is not said at all', () => {
  const { home } = DEMO_TARIFFS
  const changed = (more: object): Tariff => ({ ...home, elements: [{ ...(home as ElementTariff).elements[1]!, ...more }] }) as Tariff
  assert.deepEqual(
    [
      DEMO_TARIFFS.depot,
      DEMO_TARIFFS.parking,
      changed({ perSession: 1n }),
      changed({ when: { weekdays: ['SUNDAY'] } }),
      changed({ perKwh: 123_450n + 1n }),
      changed({ when: { startTime: '08:00', endTime: '20:00' } }),
    ].map(stationTariff),
    Array.from({ length: 6 }, () => undefined),
  )
})
