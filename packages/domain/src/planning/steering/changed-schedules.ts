import { type EpochMs, epochMs, MINUTE, SECOND } from '@voltway/units'
import type { LimitRows, LimitUse } from './limit-rows.ts'
import { energyWithin, mostOnPhases, mostWithin, phasesAt, powerAt, type SetPointSchedule } from './set-point-schedule.ts'
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
    return phasesAt(a, at) === phasesAt(b, at) && Math.abs(powerAt(a, at) - powerAt(b, at)) < step
  })
}

/** Whether what a station was told still says what is now planned. */
const stillDoes = (car: SteeredCar, next: SetPointSchedule, now: number): boolean => {
  const { inForce: old, wish, terms, awaitsPlan } = car
  if (!old || awaitsPlan) return false
  const near = epochMs(now + NEAR)
  if (!areAlike(old, next, { from: now, to: near, step: terms.step })) return false
  if (old.exactUntil < Math.min(near, next.exactUntil)) return false
  if (wish.kind === 'walkIn') return true
  const [from, to] = [epochMs(now), departureOf(wish, epochMs(now))]
  const [had, has] = [energyWithin(old, from, to), energyWithin(next, from, to)]
  return Math.abs(had - has) <= Math.max(TOLERATED_WH, TOLERATED_SHARE * has)
}

interface Span {
  readonly from: EpochMs
  readonly to: EpochMs
}

/** What a car can draw from a row in each slot. */
interface RowLoad {
  readonly row: number
  readonly watts: Float64Array
}

/**
 * The most that each schedule lets its car draw from the rows above it; on one phase from others than on three. Schedules are in whole
 * seconds, so that what falls at the begin of a slot may do so within its first one.
 */
const rowLoads = (schedules: readonly (SetPointSchedule | undefined)[], grid: SlotGrid, rows: LimitRows): readonly (readonly RowLoad[])[] =>
  schedules.map((schedule, car) => {
    const onOne = rows.usesOnOne[car]
    const loads = new Map<number, Float64Array>()
    const add = (uses: readonly LimitUse[], most: (at: Span) => number) => {
      for (let slot = 0; slot < grid.count; slot++) {
        const watts = most({ from: epochMs(usableFrom(grid, slot) + SECOND), to: slotStart(grid, slot + 1) })
        for (const { row, share } of uses) {
          const load = loads.getOrInsertComputed(row, () => new Float64Array(grid.count))
          load[slot] = Math.max(load[slot]!, share * watts)
        }
      }
    }
    add(rows.uses[car]!, ({ from, to }) =>
      schedule ? (onOne ? mostOnPhases(schedule, 3, { from, to }) : mostWithin(schedule, from, to)) : 0,
    )
    if (onOne) add(onOne, (at) => (schedule ? mostOnPhases(schedule, 1, at) : 0))
    return Array.from(loads, ([row, watts]) => ({ row, watts }))
  })

/**
 * Which cars' stations must be told anew. The others keep what they have, as long as old and new together stay within every limit
 * of the site, its stations and their phases at all times.
 */
export const changedSchedules = (
  site: SteeredSite,
  grid: SlotGrid,
  { next, rows }: { readonly next: readonly SetPointSchedule[]; readonly rows: LimitRows },
): readonly ChangedSchedules[] => {
  const { cars, now } = site
  const { count } = grid
  const isChanged = cars.map((car, index) => !stillDoes(car, next[index]!, now))
  const fresh = rowLoads(next, grid, rows)
  const old = rowLoads(
    cars.map(({ inForce }) => inForce),
    grid,
    rows,
  )
  const sums = (): Float64Array => {
    const sum = new Float64Array(rows.limits.length)
    for (const car of cars.keys())
      for (const { row, watts } of isChanged[car] ? fresh[car]! : old[car]!)
        for (let slot = 0; slot < count; slot++) sum[row * count + slot]! += watts[slot]!
    return sum
  }
  /** Whether a car keeps more in some slot than is now planned for it, where that is too much for what is above it. */
  const keepsTooMuch = (car: number, sum: Float64Array): boolean =>
    old[car]!.some(({ row, watts }, place) => {
      const planned = fresh[car]![place]!.watts
      return watts.some((had, slot) => had > planned[slot]! && sum[row * count + slot]! > rows.limits[row * count + slot]! + 1e-6)
    })
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
