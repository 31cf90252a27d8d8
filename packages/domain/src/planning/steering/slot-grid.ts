import { type EpochMs, epochMs, HOUR, MINUTE, type Milliseconds } from '@voltway/units'
import { type MicrosPerKwh, microsPerKwh } from '../site/index.ts'
import type { SpanPrice, SteeredSite, SteeredWish } from './steered-site.ts'

/**
 * Slots of equal length: on the clock, so that plans made one after the other share their boundaries and the first has partly
 * gone; or from now on.
 */
export interface SlotGrid {
  readonly now: EpochMs
  readonly start: EpochMs
  readonly slotLength: Milliseconds
  readonly count: number
}

const FINE = (5 * MINUTE) as Milliseconds
const COARSE = (15 * MINUTE) as Milliseconds
/** A day of fine slots, or a week of coarse ones. */
const MOST_FINE = 288
const MOST_COARSE = 672

/** Somebody who plugs in without a word is taken to stay this long, and a while more when that is over. */
const WALK_IN_STAYS = 4 * HOUR
const WALK_IN_STAYS_ON = 2 * HOUR

/** When a car leaves, as far as is known. */
export const departureOf = (wish: SteeredWish, now: EpochMs): EpochMs =>
  wish.kind === 'promise' ? wish.departure : epochMs(Math.max(wish.startedAt + WALK_IN_STAYS, now + WALK_IN_STAYS_ON))

const lastDeparture = ({ now, cars }: SteeredSite): number => Math.max(now + 1, ...cars.map(({ wish }) => departureOf(wish, now)))

/** Quarters of an hour from now to the last departure: each of them whole. */
export const wholeSlots = (site: SteeredSite): SlotGrid => {
  const { now } = site
  const count = Math.min(MOST_COARSE, Math.max(1, Math.ceil((lastDeparture(site) - now) / COARSE)))
  return { now, start: now, slotLength: COARSE, count }
}

/** The slots from the one that runs to the last departure. */
export const slotGrid = (site: SteeredSite): SlotGrid => {
  const { now } = site
  const end = lastDeparture(site)
  const slotLength = end - now > (MOST_FINE - 1) * FINE ? COARSE : FINE
  const start = epochMs(Math.floor(now / slotLength) * slotLength)
  const most = slotLength === FINE ? MOST_FINE : MOST_COARSE
  return { now, start, slotLength, count: Math.min(most, Math.max(1, Math.ceil((end - start) / slotLength))) }
}

export const slotStart = ({ start, slotLength }: SlotGrid, slot: number): EpochMs => epochMs(start + slot * slotLength)

/** From when power can still be set in a slot: its start, or now. */
export const usableFrom = (grid: SlotGrid, slot: number): EpochMs => epochMs(Math.max(grid.now, slotStart(grid, slot)))

/** What is left of a slot. */
export const slotHours = (grid: SlotGrid, slot: number): number => (slotStart(grid, slot + 1) - usableFrom(grid, slot)) / HOUR

/** The first slot in which a car can charge. */
export const arriveSlot = ({ now, start, slotLength, count }: SlotGrid, wish: SteeredWish): number =>
  wish.kind === 'walkIn' || wish.arrival <= now ? 0 : Math.min(count - 1, Math.ceil((wish.arrival - start) / slotLength))

/** The slot before which a car is gone; in the one before that it may leave early. */
export const departSlot = (grid: SlotGrid, wish: SteeredWish): number => {
  const { now, start, slotLength, count } = grid
  return Math.min(count, Math.max(arriveSlot(grid, wish) + 1, Math.ceil((departureOf(wish, now) - start) / slotLength)))
}

/** Until when a car can use a slot: its end, or the car's departure. */
export const usableUntil = (grid: SlotGrid, wish: SteeredWish, slot: number): EpochMs => {
  const end = slotStart(grid, slot + 1)
  const departure = departureOf(wish, grid.now)
  return departure > usableFrom(grid, slot) && departure < end ? departure : end
}

/** What a car can use of a slot. */
export const carHours = (grid: SlotGrid, wish: SteeredWish, slot: number): number =>
  (usableUntil(grid, wish, slot) - usableFrom(grid, slot)) / HOUR

/** The highest price in each slot. */
export const slotPrices = (grid: SlotGrid, prices: readonly SpanPrice[]): readonly MicrosPerKwh[] => {
  const found = Array.from({ length: grid.count }, () => Number.NEGATIVE_INFINITY)
  for (const { from, to, perKwh } of prices) {
    const first = Math.max(0, Math.floor((from - grid.start) / grid.slotLength))
    for (let slot = first; slot < grid.count && slotStart(grid, slot) < to; slot++)
      if (usableFrom(grid, slot) < to) found[slot] = Math.max(found[slot]!, perKwh)
  }
  return found.map((price) => microsPerKwh(Number.isFinite(price) ? Math.round(price) : 0))
}

/** The price at the start of each slot: it is planned anew at every quarter of an hour, where prices change. */
export const pricesAtStart = (grid: SlotGrid, prices: readonly SpanPrice[]): readonly MicrosPerKwh[] =>
  Array.from({ length: grid.count }, (_, slot) => {
    const at = usableFrom(grid, slot)
    return microsPerKwh(Math.round(prices.find(({ from, to }) => from <= at && at < to)?.perKwh ?? 0))
  })

/** The slot before which a car is gone that can only use whole ones; there is one at least. */
export const departWhole = (grid: SlotGrid, wish: SteeredWish): number => {
  const whole = Math.floor((departureOf(wish, grid.now) - grid.start) / grid.slotLength)
  return Math.min(grid.count, Math.max(arriveSlot(grid, wish) + 1, whole))
}
