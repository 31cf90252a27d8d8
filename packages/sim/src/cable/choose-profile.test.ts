import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seconds, wattHours, watts } from '@voltway/units'
import type { ScheduleOffer } from '@voltway/vehicle'
import fc from 'fast-check'
import { chooseProfile, type ProfileWish } from './choose-profile.ts'

const power = (...steps: readonly (readonly [start: number, maxPower: number])[]) =>
  steps.map(([start, maxPower]) => ({ start: seconds(start), maxPower: watts(maxPower) }))
const levels = (...steps: readonly (readonly [start: number, level: number])[]) =>
  ({ form: 'levels', id: 1, levels: 3, entries: steps.map(([start, level]) => ({ start: seconds(start), level })) }) as const
const wish = (more: Partial<ProfileWish> = {}): ProfileWish => ({
  energyWh: wattHours(11_000),
  departureSeconds: 4 * 3_600,
  maxPowerW: 11_000,
  minPowerW: 4_140,
  ...more,
})
const drawn = (offers: readonly ScheduleOffer[], asked = wish()) => {
  const { scheduleId, entries } = chooseProfile(offers, asked)
  return [scheduleId, entries.map(({ start, power: w }) => [start, w])]
}

test('without prices a car charges at once, as fast as it may, until it has enough', () => {
  assert.deepEqual(drawn([{ id: 3, power: power([0, 22_000]) }], wish({ departureSeconds: 3_600 })), [3, [[0, 11_000]]])
})

test('a car waits for the cheap hours when they suffice', () => {
  const offer = { id: 1, power: power([0, 11_000]), prices: levels([0, 3], [7_200, 1], [10_800, 2]) }
  assert.deepEqual(drawn([offer]), [
    1,
    [
      [0, 0],
      [7_200, 11_000],
      [10_800, 0],
    ],
  ])
})

test('a car that does not say when it leaves charges at once, however dear that is', () => {
  const offer = { id: 1, power: power([0, 11_000]), prices: levels([0, 3], [7_200, 1]) }
  assert.deepEqual(drawn([offer], wish({ departureSeconds: undefined })), [
    1,
    [
      [0, 11_000],
      [7_200, 0],
    ],
  ])
})

test('a price that moves changes what the car does', () => {
  const offer = { id: 1, power: power([0, 11_000]), prices: levels([0, 1], [3_600, 3]) }
  assert.deepEqual(drawn([offer]), [
    1,
    [
      [0, 11_000],
      [3_600, 0],
    ],
  ])
})

test('of several schedules the one that serves it whole comes first, then the cheapest', () => {
  const scarce = { id: 1, power: power([0, 5_000]), prices: levels([0, 1]) }
  const dear = { id: 2, power: power([0, 11_000]), prices: levels([0, 3]) }
  const cheap = { id: 3, power: power([0, 11_000]), prices: levels([0, 2]) }
  assert.equal(drawn([scarce, dear, cheap], wish({ departureSeconds: 3_600 }))[0], 3)
})

test('power that no car can charge with is left', () => {
  assert.deepEqual(drawn([{ id: 1, power: power([0, 3_000], [3_600, 6_000]) }]), [
    1,
    [
      [0, 0],
      [3_600, 6_000],
    ],
  ])
})

test('a profile is never above its offer, begins at zero, and goes forward', () => {
  const starts = fc.uniqueArray(fc.integer({ min: 60, max: 20_000 }), { maxLength: 5 }).map((list) => [0, ...list.sort((a, b) => a - b)])
  const offers = fc.array(
    fc.record({ id: fc.integer({ min: 1, max: 255 }), at: starts, priced: fc.option(starts), seed: fc.integer({ min: 1, max: 99 }) }),
    { minLength: 1, maxLength: 3 },
  )
  fc.assert(
    fc.property(offers, fc.integer({ min: 600, max: 30_000 }), (given, departureSeconds) => {
      const made: ScheduleOffer[] = given.map(({ id, at, priced, seed }) => ({
        id,
        power: at.map((start, index) => ({ start: seconds(start), maxPower: watts(((index * seed * 731) % 23) * 1_000) })),
        ...(priced && { prices: levels(...priced.map((start, index) => [start, 1 + ((index * seed) % 3)] as const)) }),
      }))
      const { scheduleId, entries } = chooseProfile(made, wish({ departureSeconds }))
      assert.equal(entries[0]?.start, 0)
      assert.ok(entries.every(({ start }, index) => index === 0 || start > entries[index - 1]!.start))
      const possible = made.filter(({ id }) => id === scheduleId)
      const fits = possible.some((offer) =>
        entries.every((entry, index) => {
          const end = entries[index + 1]?.start ?? departureSeconds
          const limits = offer.power.filter(
            ({ start }, at) => start < end && (offer.power[at + 1]?.start ?? Number.POSITIVE_INFINITY) > entry.start,
          )
          return entry.power === 0 || limits.every(({ maxPower }) => entry.power <= maxPower)
        }),
      )
      assert.ok(fits)
    }),
    { seed: 6, numRuns: 300 },
  )
})
