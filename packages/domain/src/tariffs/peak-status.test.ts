import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantOf } from '@voltway/units'
import { availabilityMultiplier } from './availability-multiplier.ts'
import { PAPER_TARIFF } from './paper-tariff.ts'
import { isPeak } from './peak-status.ts'

// London is on UTC in winter and one hour ahead in summer: clocks change on 2025-03-30 and 2025-10-26.
for (const [at, peak, why] of [
  ['2025-01-06T07:59:59.999Z', false, 'Monday, a millisecond before eight'],
  ['2025-01-06T08:00:00Z', true, 'Monday at eight'],
  ['2025-01-06T10:59:59.999Z', true, 'Monday, a millisecond before eleven'],
  ['2025-01-06T11:00:00Z', false, 'Monday at eleven'],
  ['2025-01-06T15:59:59Z', false, 'Monday before four'],
  ['2025-01-06T16:00:00Z', true, 'Monday at four'],
  ['2025-01-06T21:59:59.999Z', true, 'Monday, a millisecond before ten'],
  ['2025-01-06T22:00:00Z', false, 'Monday at ten in the evening'],
  ['2025-01-04T09:00:00Z', false, 'Saturday'],
  ['2025-01-05T17:00:00Z', false, 'Sunday'],
  ['2025-03-31T07:00:00Z', true, 'the Monday after clocks went forward, at eight by the wall clock'],
  ['2025-03-28T07:00:00Z', false, 'the Friday before, when the same instant of the day is seven'],
  ['2025-10-27T07:30:00Z', false, 'the Monday after clocks went back, at half past seven'],
] as const) {
  test(`${peak ? 'peak' : 'off-peak'}: ${why}`, () => assert.equal(isPeak(PAPER_TARIFF, instantOf(at)!), peak))
}

for (const [at, slotTaken, ppm] of [
  ['2025-01-06T12:00:00Z', false, 0n],
  ['2025-01-06T12:00:00Z', true, 250_000n],
  ['2025-01-06T09:00:00Z', false, 500_000n],
  ['2025-01-06T09:00:00Z', true, 1_000_000n],
] as const) {
  test(`Table 1: ${at.slice(11, 13)} h, slot ${slotTaken ? 'taken' : 'free'}, is ${Number(ppm) / 1e6} of the peak demand charge`, () =>
    assert.equal(availabilityMultiplier(PAPER_TARIFF, instantOf(at)!, slotTaken), ppm))
}
