import { startBounds } from './car-bound.ts'
import type { CarCertificate } from './car-certificate.ts'
import { type CarMeasure, carMeasure, measured } from './car-measure.ts'
import type { CarStretch } from './car-stretches.ts'
import { type CarTask, carTask, cutTask, keepsLast, type ProvedPlan } from './car-task.ts'
import type { CarContext, CarGoal, CarWish } from './car-wish.ts'
import { chargeLayers } from './charge-layers.ts'
import { fineLayers, fullPowerMeasure, fullPowers } from './full-power.ts'

/** By how much a plan may be worse than the best for its goal that gives as much, proved: 0 says that it is the best. */
export type CarGap =
  /** Billionths, before lines are rounded to coins; also where a cap left energy out, whatever the goal. */
  { readonly costNanos: bigint } | { readonly carbonMilligrams: number } | { readonly endMs: number }

/** Whether a certificate has the shape of the task; says nothing about whether it proves much. */
export const certificateReads = (task: CarTask, { potentials, capPrice, notBefore = 0 }: CarCertificate): boolean => {
  const { energy } = task
  const { windows } = notBefore === 0 ? task : cutTask(task, notBefore)
  return (
    Number.isFinite(capPrice) &&
    capPrice >= 0 &&
    Number.isFinite(notBefore) &&
    potentials.every(
      ({ energies, windows: rows }) =>
        energies.length > 1 &&
        energies[0] === 0 &&
        Math.abs(energies.at(-1)! - energy) < 1e-6 &&
        energies.every((value, place) => place === 0 || value > energies[place - 1]!) &&
        rows.length === windows.length &&
        rows.every((row, index) => row.length === (windows[index]!.length + 1) * energies.length && row.every(Number.isFinite)),
    )
  )
}

/** No plan for the task measures less. */
export const boundOf = (
  task: CarTask,
  context: CarContext,
  { certificate, measure }: { certificate: CarCertificate; measure: CarMeasure },
): number => {
  const { windows, minimum } = task
  const known = certificate.potentials.map(({ energies, windows: rows }) => ({ layers: chargeLayers(energies, context), rows }))
  const ofWindow = (stretches: readonly CarStretch[], index: number): number => {
    const all = known.map(({ layers, rows }) => startBounds({ stretches, layers, measure, minimum, potentials: rows[index]! }))
    return Math.min(...stretches.map((_, start) => Math.max(...all.map((bounds) => bounds[start]!))))
  }
  return Math.min(...windows.map(ofWindow))
}

const own = ({ windows, start, end }: CarTask): readonly CarStretch[] =>
  windows.find((stretches) => stretches[0]!.from <= start && stretches.at(-1)!.to >= end) ?? []

/** What the cap lets a plan cost, in billionths: where rounded lines put one under it that comes to more, so much. */
export const mostCost = ({ priceCapMicros }: CarWish, task: CarTask): number =>
  Math.max(Number(priceCapMicros ?? 0n) * 1_000, measured(task, own(task), carMeasure('cheapest', 0)))

const gapOf = (goal: CarGoal, gap: number): CarGap | undefined => {
  if (!Number.isFinite(gap)) return undefined
  const whole = Math.max(0, Math.round(gap))
  return goal === 'greenest' ? { carbonMilligrams: whole } : { costNanos: BigInt(whole) }
}

/** One run from each start: they are so few that each of them is looked at. */
const runsGap = (wish: CarWish, context: CarContext, task: CarTask): CarGap | undefined => {
  const layers = fineLayers(task.energy, context)
  const { goal, minimum, energy, windows } = task
  const [money, measure] = [carMeasure('cheapest', 0), carMeasure(goal, 0)]
  // A run of whole milliseconds may come to a hair more than the plan that it is.
  const most = mostCost(wish, task) + 10_000
  const runs = windows.flatMap((stretches) =>
    fullPowers(stretches, layers, false).flatMap((run) => {
      const by = minimum ? stretches.findLastIndex(({ to }) => to <= minimum.by) : -1
      if (run.energy < energy - 1 || (minimum && (run.energyBy[by] ?? 0) < minimum.energy - 1)) return []
      if (goal !== 'cheapest' && wish.priceCapMicros !== undefined && fullPowerMeasure(stretches, run, money) > most) return []
      return [{ end: run.end, measure: fullPowerMeasure(stretches, run, measure) }]
    }),
  )
  if (goal === 'earliest') return { endMs: Math.max(0, Math.round(task.end - Math.min(...runs.map(({ end }) => end)))) }
  return gapOf(goal, measured(task, own(task), measure) - Math.min(...runs.map((run) => run.measure)))
}

/** All power from the first moment of each window is the soonest there is, whatever it costs. */
export const soonestGap = (context: CarContext, task: CarTask): number | undefined => {
  const layers = fineLayers(task.energy, context)
  const ends = task.windows.flatMap((stretches) =>
    fullPowers(stretches, layers, true).flatMap(({ energy, end }) => (energy < task.energy - 1 ? [] : [end])),
  )
  return ends.length === 0 ? undefined : Math.max(0, Math.round(task.end - Math.min(...ends)))
}

const endGap = (wish: CarWish, context: CarContext, { task, certificate }: { task: CarTask; certificate: CarCertificate | undefined }) => {
  const gap = soonestGap(context, task)
  if (gap === undefined) return undefined
  const { notBefore = 0 } = certificate ?? {}
  if (!certificate || wish.priceCapMicros === undefined || notBefore <= task.start) return { endMs: gap }
  const least = boundOf(cutTask(task, notBefore), context, { certificate, measure: carMeasure('cheapest', 0) })
  return { endMs: least > mostCost(wish, task) ? Math.min(gap, Math.max(0, task.end - notBefore)) : gap }
}

/**
 * How far a plan can be from the best for its goal, by its certificate alone. Where the charge may not pause there is one run from each
 * start, and an earliest plan without a cap is held against all power from the first moment: they need none. Undefined where
 * nothing is proved. A certificate must read.
 */
export const proveCar = (wish: CarWish, context: CarContext, plan: ProvedPlan): CarGap | undefined => {
  const task = carTask(wish, context, plan)
  const { goal } = task
  const { certificate } = plan
  const isBound = keepsLast(wish, plan)
  // Nothing is left to choose beside the last part.
  if (task.energy < 1 || (wish.uninterrupted && isBound)) return goal === 'earliest' ? { endMs: 0 } : gapOf(goal, 0)
  if (wish.uninterrupted) return runsGap(wish, context, task)
  if (goal === 'earliest') return isBound ? { endMs: 0 } : endGap(wish, context, { task, certificate })
  if (!certificate) return undefined
  const capPrice = goal === 'greenest' ? certificate.capPrice : 0
  const cap = capPrice === 0 ? 0 : capPrice * mostCost(wish, task)
  const bound = boundOf(task, context, { certificate, measure: carMeasure(goal, capPrice) }) - cap
  return gapOf(goal, measured(task, own(task), carMeasure(goal, 0)) - bound)
}
