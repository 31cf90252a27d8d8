import type { CarMeasure } from './car-measure.ts'
import { type CarTask, ownWindow } from './car-task.ts'
import type { CarContext } from './car-wish.ts'
import { fineLayers, fullPower, fullPowerMeasure, fullPowers } from './full-power.ts'

/** All power from a start on. */
export interface OneRun {
  readonly start: number
  readonly end: number
  readonly measureBy: (measure: CarMeasure) => number
}

/** All ways to charge an energy without a pause that have as much of the minimum in time as the task: one from each start, few enough to look at each. */
export const runsOf = (context: CarContext, { windows, minimum }: CarTask, energy: number): readonly OneRun[] => {
  const layers = fineLayers(energy, context)
  return windows.flatMap((stretches) =>
    fullPowers(stretches, layers, false).flatMap((run): readonly OneRun[] => {
      const by = minimum ? stretches.findLastIndex(({ to }) => to <= minimum.by) : -1
      if (run.energy < energy - 1 || (minimum && (run.energyBy[by] ?? 0) < minimum.energy - 1)) return []
      return [{ start: run.start, end: run.end, measureBy: (measure) => fullPowerMeasure(stretches, run, measure) }]
    }),
  )
}

interface OwnAsk {
  readonly energy: number
  /** Where there is no power. */
  readonly mayPause: boolean
}

/** The one from the start of the task's plan; undefined where that does not bring so much. */
export const ownRun = (context: CarContext, task: CarTask, { energy, mayPause }: OwnAsk): OneRun | undefined => {
  const stretches = ownWindow(task)
  const from = stretches.findIndex((stretch) => stretch.from === task.start)
  if (from < 0) return undefined
  const run = fullPower(stretches, fineLayers(energy, context), { from, mayPause })
  if (run.energy < energy - 1) return undefined
  return { start: run.start, end: run.end, measureBy: (measure) => fullPowerMeasure(stretches, run, measure) }
}

/** The least that one of them measures; infinite where there is none. */
export const leastRun = (runs: readonly OneRun[], measure: CarMeasure): number =>
  Math.min(...runs.map(({ measureBy }) => measureBy(measure)))
