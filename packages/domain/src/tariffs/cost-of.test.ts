import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currency, type EpochMs, epochMs, instantOf, MINUTE, minorDigitsOf, seeded, wattHours } from '@voltway/units'
import fc from 'fast-check'
import type { Usage } from './cost.ts'
import { costOf } from './cost-of.ts'
import type { ElementTariff } from './tariff.ts'
import { arbitraryTariff } from './testing/arbitrary-tariff.ts'
import { arbitraryUsage, pointAt } from './testing/arbitrary-usage.ts'

const EUR: ElementTariff = {
  kind: 'elements',
  name: 'standard',
  currency: currency('EUR'),
  timeZone: 'Europe/Berlin',
  vat: { ratePpm: 190_000n, pricesInclude: true },
  elements: [{ perKwh: 500_000n }],
}
const at = (text: string) => instantOf(text)!
const charge = (from: string, to: string, kWh: number, left = to): Usage => ({
  startedAt: at(from),
  chargingEndedAt: at(to),
  disconnectedAt: at(left),
  asOf: at(left),
  points: [
    { at: at(from), importWh: wattHours(7_000), exportWh: wattHours(0) },
    { at: at(to), importWh: wattHours(7_000 + kWh * 1_000), exportWh: wattHours(0) },
  ],
})
const linesOf = (tariff: ElementTariff, usage: Usage) =>
  costOf(tariff, usage).lines.map(({ dimension, label, quantity, amountMicros }) => [dimension, label, quantity, amountMicros])

test('a flat price per kWh', () => {
  const cost = costOf(EUR, charge('2025-06-02T10:00:00Z', '2025-06-02T11:00:00Z', 11.9))
  assert.deepEqual(
    [cost.totalMicros, cost.netMicros, cost.vatMicros, cost.importWh, cost.exportWh],
    [5_950_000n, 5_000_000n, 950_000n, 11_900, 0],
  )
})

test('prices without VAT are raised by it before the line is rounded', () => {
  const cost = costOf(
    { ...EUR, vat: { ratePpm: 190_000n, pricesInclude: false } },
    charge('2025-06-02T10:00:00Z', '2025-06-02T11:00:00Z', 10),
  )
  assert.deepEqual([cost.totalMicros, cost.netMicros, cost.vatMicros], [5_950_000n, 5_000_000n, 950_000n])
})

test('energy is cut at the hour of the wall clock at which the price changes', () => {
  const tariff = { ...EUR, elements: [{ perKwh: 800_000n, when: { startTime: '16:00', endTime: '22:00' } }, { perKwh: 500_000n }] }
  // 15:30 to 16:30 in Berlin, which is two hours ahead in June.
  assert.deepEqual(linesOf(tariff, charge('2025-06-02T13:30:00Z', '2025-06-02T14:30:00Z', 10)), [
    ['energy', 'standard', 5_000, 2_500_000n],
    ['energy', '16:00-22:00', 5_000, 4_000_000n],
  ])
})

test('time and session are charged beside energy, each on a line of its own', () => {
  const tariff = { ...EUR, elements: [{ name: 'day', perKwh: 500_000n, perMinute: 20_000n, perSession: 1_000_000n }] }
  assert.deepEqual(linesOf(tariff, charge('2025-06-02T10:00:00Z', '2025-06-02T10:30:00Z', 4)), [
    ['energy', 'day', 4_000, 2_000_000n],
    ['time', 'day', 30 * MINUTE, 600_000n],
    ['session', 'day', 1, 1_000_000n],
  ])
})

for (const { left, expected } of [
  { left: '2025-06-02T11:10:00Z', expected: undefined },
  { left: '2025-06-02T11:30:00Z', expected: 2_000_000n },
  { left: '2025-06-02T18:00:00Z', expected: 5_000_000n },
]) {
  test(`the idle fee leaves out its grace and stops at its cap: gone at ${left.slice(11, 16)}`, () => {
    const tariff = { ...EUR, idle: { perMinute: 100_000n, graceMinutes: 10, cap: 5_000_000n } }
    const cost = costOf(tariff, charge('2025-06-02T10:00:00Z', '2025-06-02T11:00:00Z', 4, left))
    const line = cost.lines.find(({ dimension }) => dimension === 'idle')
    assert.equal(line?.amountMicros, expected)
    assert.equal(line?.isCapped, expected === 5_000_000n ? true : undefined)
  })
}

test('an idle fee by day alone leaves the night free', () => {
  const tariff = { ...EUR, idle: { perMinute: 10_000n, graceMinutes: 0, when: { startTime: '08:00', endTime: '20:00' } } }
  const usage = charge('2025-06-02T15:00:00Z', '2025-06-02T17:00:00Z', 4, '2025-06-03T07:00:00Z')
  // 19:00 to 20:00 and 8:00 to 9:00 in Berlin.
  assert.deepEqual(linesOf(tariff, usage).at(-1), ['idle', 'standard', 120 * MINUTE, 1_200_000n])
})

test('energy given back stands on a line of its own, free unless the tariff credits it', () => {
  const usage = charge('2025-06-02T10:00:00Z', '2025-06-02T11:00:00Z', 4)
  const points = [usage.points[0]!, { ...usage.points[1]!, exportWh: wattHours(3_000) }]
  assert.deepEqual(linesOf(EUR, { ...usage, points }).at(-1), ['feedIn', 'standard', 3_000, 0n])
  const credited = costOf({ ...EUR, feedInPerKwh: 300_000n }, { ...usage, points })
  assert.deepEqual([credited.totalMicros, credited.exportWh], [1_100_000n, 3_000])
})

test('a car that gives back without taking is credited, to the coin, cut where the price list changes', () => {
  const usage = charge('2025-06-02T13:30:00Z', '2025-06-02T14:30:00Z', 0)
  const points = [usage.points[0]!, { ...usage.points[1]!, exportWh: wattHours(3_000) }]
  const cost = costOf({ ...EUR, feedInPerKwh: 300_000n }, { ...usage, points })
  assert.deepEqual([cost.totalMicros, cost.importWh, cost.exportWh], [-900_000n, 0, 3_000])
})

test('an element without a name is called by its hours, by the tariff where it has none', () => {
  const day = charge('2025-06-02T05:00:00Z', '2025-06-02T06:00:00Z', 4)
  for (const [when, label] of [
    [{ endTime: '09:00' }, '00:00-09:00'],
    [{ startTime: '06:00' }, '06:00-00:00'],
    [{ weekdays: ['MONDAY'] }, 'standard'],
  ] as const)
    assert.equal(linesOf({ ...EUR, elements: [{ perKwh: 1n, when }] }, day)[0]?.[1], label)
})

test('readings put in where spreading says they would be change nothing', () => {
  fc.assert(
    fc.property(
      arbitraryTariff,
      arbitraryUsage,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 8 }),
      (tariff, usage, places) => {
        const [first, last] = [usage.points[0]!.at, usage.points.at(-1)!.at]
        const added = places.map((place) => pointAt(usage.points, epochMs(first + place * (last - first))))
        const points = [...usage.points, ...added].sort((a, b) => a.at - b.at)
        const [before, after] = [costOf(tariff, usage), costOf(tariff, { ...usage, points })]
        assert.deepEqual(after.lines, before.lines)
        assert.equal(after.totalMicros, before.totalMicros)
      },
    ),
    { seed: 7, numRuns: 300 },
  )
})

test('what is shown live is what is paid when the session stops there', () => {
  fc.assert(
    fc.property(arbitraryTariff, arbitraryUsage, fc.double({ min: 0, max: 1, noNaN: true }), (tariff, usage, place) => {
      const asOf = epochMs(usage.startedAt + place * (usage.asOf - usage.startedAt))
      const live: Usage = {
        ...usage,
        disconnectedAt: undefined,
        asOf,
        ...(usage.chargingEndedAt! > asOf ? { chargingEndedAt: undefined } : {}),
      }
      const heard = usage.points.filter((point) => point.at <= asOf)
      const reading = asOf < usage.points.at(-1)!.at ? [pointAt(usage.points, asOf)] : []
      const ended = asOf < usage.chargingEndedAt! ? asOf : usage.chargingEndedAt
      const stopped: Usage = { ...usage, chargingEndedAt: ended, disconnectedAt: asOf, asOf, points: [...heard, ...reading] }
      const [shown, paid] = [costOf(tariff, live), costOf(tariff, stopped)]
      assert.deepEqual(shown.lines, paid.lines)
      assert.deepEqual([shown.totalMicros, shown.vatMicros], [paid.totalMicros, paid.vatMicros])
    }),
    { seed: 11, numRuns: 300 },
  )
})

const isMultipleOf = (amount: bigint, coin: bigint) => amount % coin === 0n

test('lines sum to the total, net and VAT to gross, all in whole coins and none negative, for 0, 2 and 3 decimals', () => {
  const random = seeded(20_260_101)
  const upTo = (most: number) => Math.floor(random() * most)
  const start = Date.UTC(2025, 0, 1)
  for (let run = 0; run < 20_000; run++) {
    const [from, length] = [start + upTo(365 * 86_400_000), 1 + upTo(8 * 60 * MINUTE)]
    const tariff: ElementTariff = {
      ...EUR,
      currency: currency(['JPY', 'EUR', 'KWD'][run % 3]!),
      vat: { ratePpm: BigInt(upTo(300_000)), pricesInclude: run % 2 === 0 },
      idle: { perMinute: BigInt(upTo(300_000)), graceMinutes: upTo(30), cap: BigInt(upTo(9_000_000)) },
      elements: [
        { perKwh: BigInt(upTo(900_000)), perMinute: BigInt(upTo(90_000)), when: { startTime: '08:00', endTime: '20:00' } },
        { perKwh: BigInt(upTo(900_000)), perSession: BigInt(upTo(2_000_000)) },
      ],
    }
    const end = epochMs(from + length)
    const left = epochMs(end + upTo(120 * MINUTE))
    const points = [from, end].map((time, index) => ({
      at: epochMs(time),
      importWh: wattHours(index * upTo(90_000_000) * 0.001),
      exportWh: wattHours(0),
    }))
    const cost = costOf(tariff, { startedAt: epochMs(from), chargingEndedAt: end, disconnectedAt: left, asOf: left, points })
    const coin = 10n ** BigInt(6 - minorDigitsOf(tariff.currency))
    assert.equal(
      cost.lines.reduce((sum, line) => sum + line.amountMicros, 0n),
      cost.totalMicros,
    )
    assert.equal(cost.netMicros + cost.vatMicros, cost.totalMicros)
    assert.ok(cost.netMicros >= 0n && cost.vatMicros >= 0n)
    const gross = tariff.vat.pricesInclude ? 1 : 1 + Number(tariff.vat.ratePpm) / 1e6
    for (const { amountMicros, dimension, isCapped, quantity, unit, unitPriceMicros } of cost.lines) {
      assert.ok(amountMicros >= 0n && isMultipleOf(amountMicros, coin))
      // No further than half a coin from the product; the idle line may be cut by its cap, and says so.
      const product = (quantity * Number(unitPriceMicros) * gross) / (unit === 'Wh' ? 1_000 : unit === 'ms' ? MINUTE : 1)
      const off = Number(amountMicros) - product
      assert.ok(off <= Number(coin) / 2 + 1e-3 && (isCapped || off >= -Number(coin) / 2 - 1e-3))
      assert.ok(!isCapped || dimension === 'idle')
    }
    assert.ok(isMultipleOf(cost.vatMicros, coin) && isMultipleOf(cost.netMicros, coin))
  }
})

test('no usage costs less than nothing, whatever its registers say', () => {
  fc.assert(
    fc.property(arbitraryTariff, arbitraryUsage, fc.integer({ min: 0, max: 5 }), (tariff, usage, which) => {
      const points = usage.points.map((point, index) => (index === which ? { ...point, importWh: wattHours(-5) } : point))
      for (const line of costOf(tariff, { ...usage, points }).lines) assert.ok(line.amountMicros >= 0n)
    }),
    { seed: 3, numRuns: 200 },
  )
})

test('a session without readings pays for its time and its start alone', () => {
  const tariff = { ...EUR, elements: [{ perKwh: 500_000n, perMinute: 10_000n }] }
  const startedAt: EpochMs = at('2025-06-02T10:00:00Z')
  const usage: Usage = {
    startedAt,
    chargingEndedAt: undefined,
    disconnectedAt: undefined,
    asOf: epochMs(startedAt + 5 * MINUTE),
    points: [],
  }
  assert.deepEqual(linesOf(tariff, usage), [['time', 'standard', 5 * MINUTE, 50_000n]])
})

test('a session whose meter moved nothing costs nothing, whatever fees the tariff has', () => {
  const tariff = { ...EUR, elements: [{ perKwh: 500_000n, perMinute: 10_000n, perSession: 1_000_000n }] }
  const startedAt: EpochMs = at('2025-06-02T10:00:00Z')
  const still = (minutes: number) => ({ at: epochMs(startedAt + minutes * MINUTE), importWh: wattHours(0), exportWh: wattHours(0) })
  const usage: Usage = {
    startedAt,
    chargingEndedAt: undefined,
    disconnectedAt: epochMs(startedAt + 30 * MINUTE),
    asOf: epochMs(startedAt + 30 * MINUTE),
    points: [still(0), still(30)],
  }
  assert.equal(costOf(tariff, usage).totalMicros, 0n)
  const points = [still(0), { ...still(30), importWh: wattHours(1) }]
  assert.ok(costOf(tariff, { ...usage, points }).totalMicros > 1_000_000n)
})
