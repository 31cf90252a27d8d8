import { epochMs, HOUR } from '@voltway/units'
import { type ChangedSchedules, changedSchedules } from './changed-schedules.ts'
import type { LimitRows } from './limit-rows.ts'
import type { SetPoints } from './round-set-points.ts'
import { type SetPointStep, setPointSchedule } from './set-point-schedule.ts'
import { type SlotGrid, slotStart, usableFrom, usableUntil } from './slot-grid.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'

const stepsOf = (grid: SlotGrid, { wish }: SteeredCar, { power, share }: SetPoints): readonly SetPointStep[] => {
  const steps: SetPointStep[] = []
  for (let slot = 0; slot < grid.count; slot++) {
    const [from, to] = [usableFrom(grid, slot), slotStart(grid, slot + 1)]
    const end = usableUntil(grid, wish, slot)
    const until = Math.min(to, share[slot]! < 1 || end < to ? epochMs(Math.ceil((from + share[slot]! * (end - from)) / 1_000) * 1_000) : to)
    steps.push({ from, to: epochMs(until), power: power[slot]! })
    if (until < to) steps.push({ from: epochMs(until), to, power: 0 })
  }
  // What nobody planned for is a pause.
  steps.push({ from: slotStart(grid, grid.count), to: epochMs(slotStart(grid, grid.count) + HOUR), power: 0 })
  return steps
}

/** Set-points of all cars as what their stations are told: anew, or what they have where that still does. */
export const tellSchedules = (
  site: SteeredSite,
  grid: SlotGrid,
  { power, share, rows }: SetPoints & { readonly rows: LimitRows },
): readonly ChangedSchedules[] => {
  const rowOf = (values: Float64Array, car: number) => values.subarray(car * grid.count, (car + 1) * grid.count)
  const next = site.cars.map((car, index) => {
    const steps = stepsOf(grid, car, { power: rowOf(power, index), share: rowOf(share, index) })
    return setPointSchedule(steps, site.now, car.terms.maxPeriods)
  })
  return changedSchedules(site, grid, { next, rows })
}
