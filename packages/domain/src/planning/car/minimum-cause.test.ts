import assert from 'node:assert/strict'
import { test } from 'node:test'
import { currency, epochMs, HOUR, percent, wattHours, watts } from '@voltway/units'
import { bookingIndex, NO_BOOKINGS } from '../../reservations/booking-index.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { minimumCause } from './minimum-cause.ts'

const start = Date.parse('2026-03-02T18:00:00Z')
const hours = (count: number) => epochMs(start + count * HOUR)
const context: CarContext = {
  tariff: {
    kind: 'elements',
    name: 'Flat',
    currency: currency('EUR'),
    timeZone: 'UTC',
    vat: { ratePpm: 0n, pricesInclude: true },
    elements: [{ perKwh: 500_000n }],
  },
  freeSlots: NO_BOOKINGS,
  limits: { maxPower: watts(10_000), efficiency: 0.9 },
  now: epochMs(0),
}
/** 20 kWh within eight hours at 10 kW, so much of it within so many hours. */
const wish = (kWh: number, by: number, more: Partial<CarWish> = {}): CarWish => ({
  arrival: hours(0),
  departure: hours(8),
  energy: wattHours(20_000),
  goal: 'cheapest',
  minimum: { energy: wattHours(kWh * 1_000), by: hours(by) },
  ...more,
})
const { minimum: _, ...plain } = wish(1, 1)
const booked = bookingIndex([{ start: hours(0), end: hours(1) }])
assert.ok(booked.ok)

const CASES: readonly (readonly [string, CarWish, Partial<CarContext>, string | undefined])[] = [
  ['no minimum was asked', plain, {}, undefined],
  ['more than the power gives by then', wish(11, 1), {}, 'tooLittleTime'],
  ['others have booked until then', wish(5, 1), { freeSlots: booked.value }, 'slotsTaken'],
  ['the site gives little until then', wish(5, 1), { powerLimits: [{ from: hours(0), to: hours(1), power: watts(1_000) }] }, 'powerLimits'],
  [
    'the site gives less than the least power until then',
    wish(5, 1),
    { minPower: watts(1_380), powerLimits: [{ from: hours(0), to: hours(1), power: watts(1_000) }] },
    'powerLimits',
  ],
  [
    'a battery that is nearly full',
    wish(15, 4),
    { battery: { capacity: wattHours(20_000), soc: percent(90), maxPower: watts(10_000) } },
    'batteryFull',
  ],
  ['the minimum alone could be had, but all is kept for the end', wish(5, 1, { lastPart: { durationMs: 2 * HOUR } }), {}, 'otherChoices'],
]
for (const [sentence, asked, facts, cause] of CASES)
  test(`why a minimum is short: ${sentence}`, () => assert.equal(minimumCause(asked, { ...context, ...facts }), cause))
