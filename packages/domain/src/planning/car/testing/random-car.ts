import { currency, epochMs, HOUR, MINUTE, percent, wattHours, watts } from '@voltway/units'
import { bookingIndex, NO_BOOKINGS } from '../../../reservations/booking-index.ts'
import type { Slot } from '../../../reservations/slot.ts'
import { PAPER_TARIFF } from '../../../tariffs/paper-tariff.ts'
import type { ElementTariff, Tariff } from '../../../tariffs/tariff.ts'
import type { CarContext, CarWish } from '../car-wish.ts'

/** Monday in Berlin and London; clocks do not change in the week after. */
const MONDAY = epochMs(Date.parse('2026-03-02T00:00:00Z'))
const PART = 15 * MINUTE

const dayNight = (perMinute: bigint, pricesInclude: boolean): ElementTariff => ({
  kind: 'elements',
  name: 'Day and night',
  currency: currency('EUR'),
  timeZone: 'Europe/Berlin',
  vat: { ratePpm: 190_000n, pricesInclude },
  elements: [
    { perKwh: 253_700n, perMinute, perSession: 350_000n, when: { startTime: '22:10', endTime: '06:00' } },
    { perKwh: 611_300n, when: { startTime: '16:00', endTime: '20:00', weekdays: ['MONDAY', 'TUESDAY', 'FRIDAY'] } },
    { perKwh: 449_900n, perMinute: perMinute * 2n },
  ],
})
const TARIFFS: readonly Tariff[] = [PAPER_TARIFF, dayNight(0n, true), dayNight(20_000n, false), dayNight(0n, false)]

interface RandomCar {
  readonly wish: CarWish
  readonly context: CarContext
}

/** Limits that in the whole stay never reach the least power are refused: such a car has no least. */
const sound = ({ wish, context }: RandomCar): RandomCar => {
  const { minPower = 0, powerLimits, now } = context
  const inStay = powerLimits?.filter(({ from, to }) => to > Math.max(wish.arrival, now) && from < wish.departure)
  if (!inStay?.every(({ power }) => power < minPower)) return { wish, context }
  const { minPower: _, ...rest } = context
  return { wish, context: rest }
}

/** A sound wish with any of the options, and a context with any of the facts; most are possible. */
export const randomCar = (random: () => number): RandomCar => {
  const pick = (most: number) => Math.floor(random() * most)
  const one = <Value>(values: readonly Value[]) => values[pick(values.length)]!
  const arrival = epochMs(MONDAY + pick(7 * 24 * 12) * 5 * MINUTE)
  const departure = epochMs(arrival + (2 + pick(48)) * PART + pick(3) * 7 * MINUTE)
  const energy = 500 + pick(40) * 500
  const maxPower = one([3_680, 7_400, 11_000, 22_000])
  const booked: Slot[] = []
  for (let clock = arrival - 2 * HOUR; booked.length < pick(4); ) {
    const start = clock + pick(20) * PART
    clock = start + (1 + pick(8)) * PART
    booked.push({ start: epochMs(start), end: epochMs(clock) })
  }
  const index = bookingIndex(booked)
  const series = <Step>(make: (from: number, to: number) => Step) =>
    Array.from({ length: 16 }, (_, hour) => make(arrival + (hour - 1) * HOUR, arrival + hour * HOUR))
  const maybe = <Value extends object>(share: number, make: () => Value) => (random() < share ? make() : {})
  const goal = one(['cheapest', 'cheapest', 'greenest', 'earliest'] as const)
  return sound({
    wish: {
      arrival,
      departure,
      energy: wattHours(energy),
      goal,
      ...maybe(0.2, () => ({ countedAt: 'battery' as const })),
      ...maybe(0.2, () => ({ priceCapMicros: BigInt(1 + pick(150)) * 100_000n })),
      ...maybe(0.3, () => ({
        minimum: { energy: wattHours(500 + pick(energy / 500) * 500), by: epochMs(arrival + 1 + pick(departure - arrival)) },
      })),
      ...maybe(0.2, () => ({
        lastPart: random() < 0.5 ? { energy: wattHours(1 + pick(energy)) } : { durationMs: Math.min(30 * MINUTE, departure - arrival) },
      })),
      ...maybe(0.2, () => ({ uninterrupted: true })),
    },
    context: {
      tariff: one(TARIFFS),
      freeSlots: index.ok ? index.value : NO_BOOKINGS,
      limits: { maxPower: watts(maxPower), efficiency: 0.9 },
      now: epochMs(arrival - pick(2) * HOUR + pick(2) * 20 * MINUTE),
      carbon: series((from, to) => ({ from: epochMs(from), to: epochMs(to), gramsPerKwh: 50 + pick(10) * 50 })),
      ...maybe(0.4, () => ({ battery: { capacity: wattHours(40_000), soc: percent(pick(90)), maxPower: watts(one([7_000, 50_000])) } })),
      ...maybe(0.2, () => ({ minPower: watts(1_380) })),
      ...maybe(0.2, () => ({
        powerLimits: series((from, to) => ({ from: epochMs(from), to: epochMs(to), power: watts(one([1_000, 3_000, 30_000])) })),
      })),
    },
  })
}
