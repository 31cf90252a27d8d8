import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, MINUTE, seeded, watts } from '@voltway/units'
import { limitRows } from './limit-rows.ts'
import { slotGrid, wholeSlots } from './slot-grid.ts'
import type { SteeredSite } from './steered-site.ts'
import { NOON, randomSite } from './testing/random-site.ts'

/** The site's row: a site of 50 kW without loads, capped to 5 kW from so many minutes and milliseconds on for ten minutes. */
const rowOf = (at: number, capAt: number, gridOf: (site: SteeredSite) => ReturnType<typeof slotGrid>) => {
  const now = epochMs(NOON + at)
  const from = epochMs(now + capAt)
  const site = {
    ...randomSite(seeded(1)),
    now,
    limit: watts(50_000),
    loads: [],
    caps: [{ from, to: epochMs(from + 10 * MINUTE), power: watts(5_000) }],
  }
  const { limits, slots } = limitRows(site, gridOf(site))
  return [...limits.subarray(0, slots)].flatMap((power, slot) => (power === 5_000 ? [slot] : []))
}

test('a cap holds in every slot that it touches', () => {
  assert.deepEqual(rowOf(0, 30 * MINUTE, slotGrid), [6, 7])
  assert.deepEqual(rowOf(0, 31 * MINUTE, slotGrid), [6, 7, 8])
  assert.deepEqual(rowOf(2 * MINUTE, 0, slotGrid), [0, 1, 2])
})

test('a slot that ends within a second before a cap is capped too, as stations change at whole seconds only', () => {
  // Quarters of an hour from 12:00:00.400 on: the one before 13:00:00.400 may hold its power until 13:00:01.
  assert.deepEqual(rowOf(400, 60 * MINUTE, wholeSlots), [3, 4])
  assert.deepEqual(rowOf(400, 60 * MINUTE + 600, wholeSlots), [4])
  assert.deepEqual(rowOf(0, 60 * MINUTE, wholeSlots), [4])
})
