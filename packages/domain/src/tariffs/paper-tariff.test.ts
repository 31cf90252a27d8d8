import assert from 'node:assert/strict'
import { test } from 'node:test'
import { after, HOUR, instantOf, MINUTE, wattHours } from '@voltway/units'
import { costOf } from './cost-of.ts'
import { PAPER_TARIFF } from './paper-tariff.ts'

// Table 2 as printed (TID, Dh, ACM, AC, OC), and beside it what the formula gives before the paper's rounding to 0.1.
const ROWS = [
  { tid: 0, minutes: 30, acm: [0, 0], printed: [4.6, 4.6], exact: ['4.60', '4.60'] },
  { tid: 1, minutes: 60, acm: [1, 0], printed: [12.0, 9.0], exact: ['12.00', '9.00'] },
  { tid: 2, minutes: 75, acm: [0, 0.25], printed: [11.2, 12.0], exact: ['11.20', '11.95'] },
  { tid: 3, minutes: 120, acm: [1, 0], printed: [20.8, 17.8], exact: ['20.80', '17.80'] },
  { tid: 4, minutes: 30, acm: [1, 0], printed: [7.6, 4.6], exact: ['7.60', '4.60'] },
  { tid: 495, minutes: 60, acm: [0, 0.25], printed: [9.0, 9.8], exact: ['9.00', '9.75'] },
  { tid: 496, minutes: 30, acm: [1, 0], printed: [7.6, 4.6], exact: ['7.60', '4.60'] },
  { tid: 497, minutes: 75, acm: [0.5, 0.25], printed: [12.7, 11.9], exact: ['12.70', '11.95'] },
  { tid: 498, minutes: 120, acm: [0.5, 0.25], printed: [19.3, 18.6], exact: ['19.30', '18.55'] },
  { tid: 499, minutes: 120, acm: [0, 0], printed: [17.8, 17.8], exact: ['17.80', '17.80'] },
] as const

const start = instantOf('2023-06-14T13:00:00+01:00')!
const priceOf = (minutes: number, acm: number) => {
  const end = after(start, minutes * MINUTE)
  // Es = Dh * Pmax * Ceff (Eq. 7).
  const importWh = wattHours((minutes * MINUTE * 22_000 * 0.8) / HOUR)
  return costOf(
    { ...PAPER_TARIFF, acmPpm: BigInt(acm * 1e6) },
    {
      startedAt: start,
      chargingEndedAt: end,
      disconnectedAt: end,
      asOf: end,
      points: [
        { at: start, importWh: wattHours(0), exportWh: wattHours(0) },
        { at: end, importWh, exportWh: wattHours(0) },
      ],
    },
  )
}

for (const { tid, minutes, acm, printed, exact } of ROWS) {
  test(`row ${tid} of the paper's Table 2 comes out: ${printed[0]} and ${printed[1]}`, () => {
    for (const index of [0, 1] as const) {
      const { totalMicros } = priceOf(minutes, acm[index])
      assert.equal((Number(totalMicros) / 1e6).toFixed(2), exact[index])
      // The paper prints 11.95 both as 12.0 and as 11.9, so a printed figure is within half of its last digit.
      assert.ok(Math.abs(Number(totalMicros) / 1e6 - printed[index]) <= 0.05 + 1e-9)
    }
  })
}

test('the lines are energy, time of use where it is not zero, and service', () => {
  assert.deepEqual(
    priceOf(60, 0.5).lines.map(({ dimension, quantity, unitPriceMicros, amountMicros }) => [
      dimension,
      quantity,
      unitPriceMicros,
      amountMicros,
    ]),
    [
      ['energy', 17_600, 500_000n, 8_800_000n],
      ['timeOfUse', 0.5, 3_000_000n, 1_500_000n],
      ['service', 1, 200_000n, 200_000n],
    ],
  )
  assert.deepEqual(
    priceOf(60, 0).lines.map(({ dimension }) => dimension),
    ['energy', 'service'],
  )
})
