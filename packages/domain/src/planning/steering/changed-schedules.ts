import { epochMs, MINUTE, SECOND } from '@voltway/units'
import type { LimitRows } from './limit-rows.ts'
import { energyWithin, mostWithin, powerAt, type SetPointSchedule } from './set-point-schedule.ts'
import { departureOf, type SlotGrid, slotStart, usableFrom } from './slot-grid.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'

export interface ChangedSchedules {
  /** The new one, or the one in force where that still does. */
  readonly schedule: SetPointSchedule
  readonly isChanged: boolean
}

/** What is further away than this is told when it comes near. */
const NEAR = 30 * MINUTE
const TOLERATED_WH = 50
const TOLERATED_SHARE = 0.01
/** Delays of rises and differences of clocks are no changes. */
const MOMENT = 15 * SECOND

const boundaries = ({ start, periods }: SetPointSchedule) => periods.map(({ startSeconds }) => start + startSeconds * SECOND)

/** Whether two schedules allow the same over [from, to), but for moments and less than a step. */
const areAlike = (a: SetPointSchedule, b: SetPointSchedule, { from, to, step }: { from: number; to: number; step: number }): boolean => {
  const edges = [...new Set([from, to, ...boundaries(a), ...boundaries(b)])].filter((at) => at >= from && at <= to).sort((x, y) => x - y)
  return edges.every((edge, index) => {
    const next = edges[index + 1]
    if (next === undefined || next - edge < MOMENT) return true
    const at = epochMs(edge)
    return Math.abs(powerAt(a, at) - powerAt(b, at)) < step
  })
}

/** Whether what a station was told still says what is now planned. */
const stillDoes = (car: SteeredCar, next: SetPointSchedule, now: number): boolean => {
  const { inForce: old, wish, terms } = car
  if (!old) return false
  const near = epochMs(now + NEAR)
  if (!areAlike(old, next, { from: now, to: near, step: terms.step })) return false
  if (old.exactUntil < Math.min(near, next.exactUntil)) return false
  if (wish.kind === 'walkIn') return true
  const [from, to] = [epochMs(now), departureOf(wish, epochMs(now))]
  const [had, has] = [energyWithin(old, from, to), energyWithin(next, from, to)]
  return Math.abs(had - has) <= Math.max(TOLERATED_WH, TOLERATED_SHARE * has)
}

/** The most that each schedule allows in each slot, at `car * slots + slot`. */
const mostBySlot = (schedules: readonly (SetPointSchedule | undefined)[], grid: SlotGrid): Float64Array => {
  const most = new Float64Array(schedules.length * grid.count)
  for (const [car, schedule] of schedules.entries())
    for (let slot = 0; slot < grid.count && schedule; slot++)
      most[car * grid.count + slot] = mostWithin(schedule, usableFrom(grid, slot), slotStart(grid, slot + 1))
  return most
}

/**
 * Which cars' stations must be told anew. The others keep what they have, as long as old and new together stay within every limit
 * of the site, its stations and their phases at all times.
 */
export const changedSchedules = (
  site: SteeredSite,
  grid: SlotGrid,
  { next, rows: { limits, uses } }: { readonly next: readonly SetPointSchedule[]; readonly rows: LimitRows },
): readonly ChangedSchedules[] => {
  const { cars, now } = site
  const { count } = grid
  const isChanged = cars.map((car, index) => !stillDoes(car, next[index]!, now))
  const fresh = mostBySlot(next, grid)
  const old = mostBySlot(
    cars.map(({ inForce }) => inForce),
    grid,
  )
  const sums = (): Float64Array => {
    const sum = new Float64Array(limits.length)
    for (const [car, own] of uses.entries()) {
      const values = isChanged[car] ? fresh : old
      for (const { row, share } of own)
        for (let slot = 0; slot < count; slot++) sum[row * count + slot]! += share * values[car * count + slot]!
    }
    return sum
  }
  /** Whether a car keeps more in some slot than is now planned for it, where that is too much for what is above it. */
  const keepsTooMuch = (car: number, sum: Float64Array): boolean => {
    for (let slot = 0; slot < count; slot++) {
      if (old[car * count + slot]! <= fresh[car * count + slot]!) continue
      for (const { row } of uses[car]!) if (sum[row * count + slot]! > limits[row * count + slot]! + 1e-6) return true
    }
    return false
  }
  // A car that is told anew may allow more at another time, so all is looked at again until nothing is found.
  for (let found = true; found; ) {
    const sum = sums()
    const anew = [...cars.keys()].filter((car) => !isChanged[car] && keepsTooMuch(car, sum))
    for (const car of anew) isChanged[car] = true
    found = anew.length > 0
  }
  return cars.map(({ inForce }, car) => {
    const keeps = !isChanged[car] && inForce !== undefined
    return { schedule: keeps ? inForce : next[car]!, isChanged: !keeps }
  })
}
