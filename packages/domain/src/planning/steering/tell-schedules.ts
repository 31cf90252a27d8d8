import { type EpochMs, epochMs, HOUR } from '@voltway/units'
import { type ChangedSchedules, changedSchedules } from './changed-schedules.ts'
import type { LimitRows } from './limit-rows.ts'
import type { SetPoints } from './round-set-points.ts'
import { lastSwitch, phasesAt, type SetPointSchedule, type SetPointStep, setPointSchedule } from './set-point-schedule.ts'
import { type SlotGrid, slotStart, usableFrom, usableUntil } from './slot-grid.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'

const stepsOf = (grid: SlotGrid, { wish, switching }: SteeredCar, { power, share, phases }: SetPoints): readonly SetPointStep[] => {
  const steps: SetPointStep[] = []
  const phasesIn = (slot: number) => (switching && phases ? { phases: phases[slot] === 1 ? (1 as const) : (3 as const) } : {})
  for (let slot = 0; slot < grid.count; slot++) {
    const [from, to] = [usableFrom(grid, slot), slotStart(grid, slot + 1)]
    const end = usableUntil(grid, wish, slot)
    const until = Math.min(to, share[slot]! < 1 || end < to ? epochMs(Math.ceil((from + share[slot]! * (end - from)) / 1_000) * 1_000) : to)
    steps.push({ from, to: epochMs(until), power: power[slot]!, ...phasesIn(slot) })
    if (until < to) steps.push({ from: epochMs(until), to, power: 0, ...phasesIn(slot) })
  }
  // What nobody planned for is a pause.
  steps.push({ from: slotStart(grid, grid.count), to: epochMs(slotStart(grid, grid.count) + HOUR), power: 0, ...phasesIn(grid.count - 1) })
  return steps
}

/** A schedule that also says when the EVSE was switched last: as it begins, or before. */
const withSwitch = (next: SetPointSchedule, before: SetPointSchedule | undefined, now: EpochMs): SetPointSchedule => {
  const inUse = before && phasesAt(before, now)
  if (!before || inUse === undefined) return next
  const switchedAt = next.periods[0]?.phases === inUse ? lastSwitch(before, now) : next.start
  return switchedAt === undefined ? next : { ...next, switchedAt }
}

/** Set-points of all cars as what their stations are told: anew, or what they have where that still does. */
export const tellSchedules = (
  site: SteeredSite,
  grid: SlotGrid,
  { power, share, phases, rows }: SetPoints & { readonly rows: LimitRows },
): readonly ChangedSchedules[] => {
  const rowOf = (values: Float64Array, car: number) => values.subarray(car * grid.count, (car + 1) * grid.count)
  const next = site.cars.map((car, index) => {
    const own = phases && { phases: phases.subarray(index * grid.count, (index + 1) * grid.count) }
    const steps = stepsOf(grid, car, { power: rowOf(power, index), share: rowOf(share, index), ...own })
    const schedule = setPointSchedule(steps, site.now, car.terms.maxPeriods)
    return car.switching ? withSwitch(schedule, car.inForce, site.now) : schedule
  })
  return changedSchedules(site, grid, { next, rows })
}
