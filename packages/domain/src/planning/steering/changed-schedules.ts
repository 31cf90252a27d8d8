import { epochMs, MINUTE, SECOND } from '@voltway/units'
import { energyWithin, mostWithin, powerAt, type SetPointSchedule } from './set-point-schedule.ts'
import { departureOf, type SlotGrid, slotStart } from './slot-grid.ts'
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

/**
 * Which cars' stations must be told anew. The others keep what they have, as long as old and new together stay within every limit
 * of the site and its stations at all times.
 */
export const changedSchedules = (
  site: SteeredSite,
  grid: SlotGrid,
  { next, limits }: { readonly next: readonly SetPointSchedule[]; readonly limits: Float64Array },
): readonly ChangedSchedules[] => {
  const { cars, stations, now } = site
  const isChanged = cars.map((car, index) => !stillDoes(car, next[index]!, now))
  const effective = (car: number) => (isChanged[car] ? next[car]! : cars[car]!.inForce!)
  const most = (schedule: SetPointSchedule, slot: number) =>
    mostWithin(schedule, epochMs(Math.max(now, slotStart(grid, slot))), slotStart(grid, slot + 1))
  /** Cars of a node that keep more in a slot than is now planned for them, where that is too much. */
  const tooMuch = (node: number, slot: number): readonly number[] => {
    const below = [...cars.keys()].filter((car) => node === 0 || cars[car]!.station === node - 1)
    const kept = below.filter((car) => !isChanged[car])
    if (kept.length === 0) return []
    const sum = below.reduce((total, car) => total + most(effective(car), slot), 0)
    return sum <= limits[node * grid.count + slot]! + 1e-6 ? [] : kept.filter((car) => most(effective(car), slot) > most(next[car]!, slot))
  }
  // A car that is told anew may allow more at another time, so all is looked at again until nothing is found.
  for (let found = true; found; ) {
    found = false
    for (let slot = 0; slot < grid.count; slot++)
      for (let node = 0; node <= stations.length; node++)
        for (const car of tooMuch(node, slot)) {
          isChanged[car] = true
          found = true
        }
  }
  return cars.map((_, car) => ({ schedule: effective(car), isChanged: isChanged[car]! }))
}
