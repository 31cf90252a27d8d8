import { seconds, type WattHours, watts } from '@voltway/units'
import type { ChargingProfile, PowerInterval, ScheduleOffer } from '@voltway/vehicle'
import { dearnessAt } from './dearness-at.ts'

export interface ProfileWish {
  readonly energyWh: WattHours | undefined
  /** From now; who does not say it wants its energy at once, whatever it costs. */
  readonly departureSeconds: number | undefined
  readonly maxPowerW: number
  /** Less than this is nothing: a car cannot charge with it. */
  readonly minPowerW: number
}

interface Slot {
  readonly start: number
  readonly end: number
  readonly maxPowerW: number
  /** Of its prices, or the price of a kilowatt-hour; 0 where the offer names none. */
  readonly level: number
}

const DAY_SECONDS = 86_400

const levelAt = (offer: ScheduleOffer, at: number): number => dearnessAt(offer, at) ?? 0

const ends = (intervals: readonly { readonly start: number; readonly duration?: number | undefined }[], horizon: number) =>
  intervals.map(({ start, duration }, index) =>
    Math.min(horizon, intervals[index + 1]?.start ?? (duration === undefined ? horizon : start + duration)),
  )

const powerOf = (power: readonly PowerInterval[], at: number, horizon: number): number => {
  const until = ends(power, horizon)
  const index = power.findLastIndex(({ start }) => start <= at)
  return index < 0 || at >= until[index]! ? 0 : power[index]!.maxPower
}

/** An offer cut where power or price changes, up to the departure. */
const slotsOf = (offer: ScheduleOffer, { departureSeconds, maxPowerW, minPowerW }: ProfileWish): readonly Slot[] => {
  const horizon = departureSeconds ?? DAY_SECONDS
  const prices = offer.prices?.entries ?? []
  const cuts = [...offer.power, ...prices].flatMap(({ start, duration }) => [start, ...(duration === undefined ? [] : [start + duration])])
  const bounds = [...new Set([0, ...cuts, horizon])].filter((at) => at >= 0 && at <= horizon).sort((a, b) => a - b)
  return bounds.slice(0, -1).map((start, index) => {
    const power = Math.min(maxPowerW, powerOf(offer.power, start, horizon))
    return {
      start,
      end: bounds[index + 1]!,
      maxPowerW: power < minPowerW ? 0 : power,
      level: departureSeconds === undefined ? 0 : levelAt(offer, start),
    }
  })
}

interface Filled {
  readonly powers: readonly number[]
  readonly missingWh: number
  /** Energy by price level or price: a comparison of offers, no bill. */
  readonly cost: number
}

/** Fills the cheapest slots first, of equal ones the earliest; where energy is not said, every slot. */
const fill = (slots: readonly Slot[], { energyWh }: ProfileWish): Filled => {
  const powers = slots.map(() => 0)
  let left = energyWh ?? Number.POSITIVE_INFINITY
  let cost = 0
  const order = slots.map((_, index) => index).sort((a, b) => slots[a]!.level - slots[b]!.level || a - b)
  for (const index of order) {
    const { start, end, maxPowerW, level } = slots[index]!
    const room = (maxPowerW * (end - start)) / 3_600
    if (left <= 0 || room === 0) continue
    const taken = Math.min(left, room)
    // The slot is cut short by the car itself, at full power: batteries do not like trickles.
    powers[index] = maxPowerW
    left -= taken
    cost += taken * level
  }
  return { powers, missingWh: Number.isFinite(left) ? Math.max(0, left) : 0, cost }
}

/**
 * What a car does with the schedules that it is offered: of those with which it is served best, the one whose price levels are lowest for it; its
 * profile draws in the cheapest intervals up to the departure.
 * @returns a profile within the offer that is never above it
 */
export const chooseProfile = (offers: readonly ScheduleOffer[], wish: ProfileWish): ChargingProfile => {
  const all = offers.map((offer) => {
    const slots = slotsOf(offer, wish)
    return { offer, slots, filled: fill(slots, wish) }
  })
  const [best] = all.toSorted((a, b) => a.filled.missingWh - b.filled.missingWh || a.filled.cost - b.filled.cost)
  if (!best) return { scheduleId: 1, entries: [{ start: seconds(0), power: watts(0) }] }
  const entries = best.slots.map(({ start }, index) => ({ start: seconds(start), power: watts(best.filled.powers[index]!) }))
  const merged = entries.filter(({ power }, index) => index === 0 || entries[index - 1]!.power !== power)
  return { scheduleId: best.offer.id, entries: merged }
}
