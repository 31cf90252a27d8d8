import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, seeded, wattHours, watts } from '@voltway/units'
import { bookingIndex } from '../../reservations/booking-index.ts'
import type { CarPlan } from './car-plan.ts'
import type { CarContext, CarWish } from './car-wish.ts'
import { planCar } from './plan-car.ts'
import { ARRIVAL, QUARTER, quarterContext } from './testing/quarter-context.ts'

const at = (part: number) => epochMs(ARRIVAL + part * QUARTER)
const times = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index))

/** What can be made better of a car's day: by the quarter of an hour a price, carbon, and the power that the site leaves. */
interface Day {
  readonly cents: readonly number[]
  readonly grams: readonly number[]
  readonly kilowatts: readonly number[]
  /** Whether others have booked a quarter. */
  readonly booked: readonly boolean[]
}

/** Prices are whole cents and energies whole kWh, so that receipts are exact. */
const contextOf = ({ cents, grams, kilowatts, booked }: Day): CarContext => {
  const index = bookingIndex(booked.flatMap((isBooked, part) => (isBooked ? [{ start: at(part), end: at(part + 1) }] : [])))
  assert.ok(index.ok)
  return quarterContext(
    cents.map((price) => price * 10_000),
    {
      carbon: grams.map((gramsPerKwh, part) => ({ from: at(part), to: at(part + 1), gramsPerKwh })),
      powerLimits: kilowatts.map((power, part) => ({ from: at(part), to: at(part + 1), power: watts(1_000 * power) })),
      freeSlots: index.value,
    },
  )
}
const planned = (wish: CarWish, day: Day): CarPlan => {
  const result = planCar(wish, contextOf(day))
  assert.ok(result.ok)
  return result.value
}

type Pick = (most: number) => number

const randomDay = (pick: Pick): Day => {
  const parts = 4 + pick(16)
  return {
    cents: times(parts, () => 5 + pick(60)),
    grams: times(parts, () => 50 * (1 + pick(10))),
    kilowatts: times(parts, () => [0, 4, 8, 8][pick(4)]!),
    booked: times(parts, () => pick(8) === 0),
  }
}
const randomWish = (pick: Pick, { cents }: Day): CarWish => {
  const parts = cents.length
  const energy = wattHours(1_000 * (1 + pick(parts)))
  return {
    arrival: at(0),
    departure: at(parts),
    energy,
    goal: 'cheapest',
    ...(pick(3) === 0 && { minimum: { energy: wattHours(1_000 * (1 + pick(energy / 1_000))), by: at(1 + pick(parts)) } }),
    ...(pick(4) === 0 && { lastPart: { energy: wattHours(1_000) } }),
  }
}
const changed = (values: readonly number[], place: number, change: (value: number) => number) =>
  values.map((value, index) => (index === place ? change(value) : value))

/** As many days, each before and after a change of one quarter. */
const eachChange = (seed: number, change: (day: Day, place: number, pick: Pick) => Day) => {
  const random = seeded(seed)
  const pick: Pick = (most) => Math.floor(random() * most)
  return times(100, () => {
    const before = randomDay(pick)
    return { before, after: change(before, pick(before.cents.length), pick), wish: randomWish(pick, before), isOn: pick(2) === 0 }
  })
}
const cheaper = (day: Day, place: number, pick: Pick): Day => ({ ...day, cents: changed(day.cents, place, (price) => pick(price)) })

test('a cheaper slot never raises the bill', () => {
  let fell = 0
  for (const [round, { before, after, wish: made, isOn }] of eachChange(71, cheaper).entries()) {
    const wish = isOn ? { ...made, uninterrupted: true } : made
    const [was, is] = [planned(wish, before), planned(wish, after)]
    assert.equal(is.energy, was.energy, `round ${round}`)
    // A last part that is left out may be kept at another price: it comes before the goal.
    if (wish.lastPart && is.reasons.some(({ code }) => code === 'lastPartLeftOut')) continue
    assert.ok(is.cost.totalMicros <= was.cost.totalMicros, `round ${round}: ${is.cost.totalMicros} after ${was.cost.totalMicros}`)
    if (is.cost.totalMicros < was.cost.totalMicros) fell++
  }
  assert.ok(fell > 12, `${fell}`)
})

test('a cheaper slot never buys less under a cap', () => {
  let [short, rose] = [0, 0]
  for (const [round, { before, after, wish }] of eachChange(72, cheaper).entries()) {
    if (wish.minimum || wish.lastPart || wish.energy > 8_000) continue
    const capped = { ...wish, priceCapMicros: 10_000n * BigInt(20 + 5 * (round % 12)) }
    const [was, is] = [planned(capped, before), planned(capped, after)]
    // Part of a kWh may be rounded to another cent.
    assert.ok(is.energy >= was.energy - 50, `round ${round}: ${is.energy} Wh after ${was.energy}`)
    if (was.shortfall?.cause === 'priceCap') short++
    if (is.energy > was.energy) rose++
  }
  assert.ok(short > 6 && rose > 0, `${short} ${rose}`)
})

test('a greener slot never emits more', () => {
  let fell = 0
  for (const [round, { before, wish: made }] of eachChange(73, (day) => day).entries()) {
    const wish: CarWish = { ...made, goal: 'greenest' }
    const place = round % before.grams.length
    const [was, is] = [planned(wish, before), planned(wish, { ...before, grams: changed(before.grams, place, (grams) => grams / 2) })]
    assert.equal(is.energy, was.energy, `round ${round}`)
    assert.ok(is.carbonGrams! <= was.carbonGrams! + 1e-6, `round ${round}: ${is.carbonGrams} after ${was.carbonGrams}`)
    if (is.carbonGrams! < was.carbonGrams! - 1) fell++
  }
  assert.ok(fell > 6, `${fell}`)
})

test('more capacity gives as much or more, and as much never costs more: power in a slot, a booking that is gone, a site with more throughout', () => {
  let [more, cheaper] = [0, 0]
  const roomier = (day: Day, place: number, pick: Pick): Day =>
    [
      { ...day, kilowatts: changed(day.kilowatts, place, () => 8) },
      { ...day, kilowatts: day.kilowatts.map((power) => Math.min(8, 2 * power)) },
      { ...day, booked: day.booked.map((isBooked, part) => isBooked && part !== place) },
    ][pick(3)]!
  for (const [round, { before, after, wish }] of eachChange(74, roomier).entries()) {
    if (wish.lastPart) continue
    const [was, is] = [planned(wish, before), planned(wish, after)]
    assert.ok((is.minimumShortfall ?? 0) <= (was.minimumShortfall ?? 0), `round ${round}: the minimum`)
    if ((is.minimumShortfall ?? 0) < (was.minimumShortfall ?? 0)) continue
    assert.ok(is.energy >= was.energy, `round ${round}: ${is.energy} Wh after ${was.energy}`)
    if (is.energy > was.energy) more++
    else {
      assert.ok(is.cost.totalMicros <= was.cost.totalMicros, `round ${round}: ${is.cost.totalMicros} after ${was.cost.totalMicros}`)
      if (is.cost.totalMicros < was.cost.totalMicros) cheaper++
    }
  }
  assert.ok(more > 1 && cheaper > 1, `${more} ${cheaper}`)
})

test('a quarter that is not used may get dearer, dirtier or booked, and the bill stays', () => {
  let unused = 0
  for (const [round, { before, wish }] of eachChange(75, (day) => day).entries()) {
    if (wish.lastPart) continue
    const was = planned(wish, before)
    const place = before.cents.findIndex((_, part) => was.energy > 0 && at(part) >= was.end)
    if (place < 0) continue
    unused++
    const is = planned(wish, {
      ...before,
      cents: changed(before.cents, place, (price) => price + 7),
      booked: before.booked.map((isBooked, part) => isBooked || part === place),
    })
    assert.deepEqual([is.energy, is.cost.totalMicros], [was.energy, was.cost.totalMicros], `round ${round}`)
  }
  assert.ok(unused > 20, `${unused}`)
})
