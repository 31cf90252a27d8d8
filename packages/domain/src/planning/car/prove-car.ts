import { startBounds } from './car-bound.ts'
import type { CarCertificate, CarPotentials } from './car-certificate.ts'
import { type CarMeasure, carMeasure, MONEY, measured } from './car-measure.ts'
import type { CarStretch } from './car-stretches.ts'
import { type CarTask, carTask, cutTask, keepsLast, ownWindow, type ProvedPlan, type ProvedWish } from './car-task.ts'
import type { CarContext, CarGoal, CarWish } from './car-wish.ts'
import { chargeLayers } from './charge-layers.ts'
import { fineLayers, fullPowers } from './full-power.ts'
import { leastRun, runsOf } from './one-run.ts'

/** By how much a plan may be worse than the best for its goal that gives as much, proved: 0 says that it is the best. */
export type CarGap =
  /**
   * Billionths, before lines are rounded to coins; also where a cap left energy out, whatever the goal. Then `moreWh` is how much more
   * energy the cap may pay for, at most.
   */
  | { readonly costNanos: bigint; readonly moreWh?: number }
  /** The same of cost and waiting together, at the price that the wish puts on waiting. */
  | { readonly weighedNanos: bigint }
  | { readonly carbonMilligrams: number }
  /** And how much dearer than the cheapest that ends no later, in billionths: the goal that comes second. */
  | { readonly endMs: number; readonly thenCostNanos?: bigint }

/** Whether potentials have the shape of a task; says nothing about whether they prove much. */
const potentialsRead = ({ energy, windows }: Pick<CarTask, 'energy' | 'windows'>, potentials: readonly CarPotentials[]): boolean =>
  potentials.every(
    ({ energies, windows: rows }) =>
      energies.length > 1 &&
      energies[0] === 0 &&
      Math.abs(energies.at(-1)! - energy) < 1e-6 &&
      energies.every((value, place) => place === 0 || value > energies[place - 1]!) &&
      rows.length === windows.length &&
      rows.every((row, index) => row.length === (windows[index]!.length + 1) * energies.length && row.every(Number.isFinite)),
  )

/** Whether a certificate has the shape of the task. */
export const certificateReads = (task: CarTask, { potentials, capPrice, notBefore = 0, second = [], beyond }: CarCertificate): boolean =>
  Number.isFinite(capPrice) &&
  capPrice >= 0 &&
  Number.isFinite(notBefore) &&
  potentialsRead(notBefore === 0 ? task : cutTask(task, notBefore), potentials) &&
  potentialsRead(cutTask(task, task.end), second) &&
  (beyond === undefined ||
    (Number.isInteger(beyond.energy) &&
      beyond.energy > task.energy &&
      potentialsRead({ ...task, energy: beyond.energy }, beyond.potentials)))

/** No plan for the task measures less. */
export const boundOf = (
  task: CarTask,
  context: CarContext,
  { potentials, measure }: { potentials: readonly CarPotentials[]; measure: CarMeasure },
): number => {
  const { windows, minimum } = task
  const known = potentials.map(({ energies, windows: rows }) => ({ layers: chargeLayers(energies, context), rows }))
  const ofWindow = (stretches: readonly CarStretch[], index: number): number => {
    const all = known.map(({ layers, rows }) => startBounds({ stretches, layers, measure, minimum, potentials: rows[index]! }))
    return Math.min(...stretches.map((_, start) => Math.max(...all.map((bounds) => bounds[start]!))))
  }
  return Math.min(...windows.map(ofWindow))
}

/** What the cap lets a plan cost before its last part, in billionths: where rounded lines put one under it that comes to more, so much. */
export const mostCost = ({ priceCapMicros }: CarWish, task: CarTask): number =>
  Math.max(Number(priceCapMicros ?? 0n) * 1_000 - task.lastNanos, measured(task, ownWindow(task), MONEY))

const gapOf = (goal: CarGoal, gap: number, { waitingMicrosPerHour = 0n }: ProvedWish): CarGap | undefined => {
  if (!Number.isFinite(gap)) return undefined
  const whole = Math.max(0, Math.round(gap))
  if (goal === 'greenest') return { carbonMilligrams: whole }
  return waitingMicrosPerHour > 0n ? { weighedNanos: BigInt(whole) } : { costNanos: BigInt(whole) }
}

/** By how much a plan may cost more than the cheapest that ends no later. @param bound on the cost of those, in billionths */
const thenCost = (task: CarTask, bound: number): { readonly thenCostNanos?: bigint } => {
  const more = measured(task, ownWindow(task), MONEY) - bound
  return Number.isFinite(more) ? { thenCostNanos: BigInt(Math.max(0, Math.round(more))) } : {}
}

/** Whether there is a price below zero, by which more energy may cost less. */
const hasGains = ({ windows }: CarTask): boolean => windows.flat().some(({ perKwh, perMs }) => perKwh < 0 || perMs < 0)

/** Energies beyond a plan's that are held against its cap. */
const MORE_WH = [1, 3, 10, 30, 100, 300, 1_000]

/** Of a charge that does not pause: every run is looked at. */
const runsGap = (wish: CarWish, context: CarContext, task: CarTask): CarGap | undefined => {
  const { goal, energy } = task
  const most = mostCost(wish, task)
  const isCapped = goal !== 'cheapest' && wish.priceCapMicros !== undefined
  // A run of whole milliseconds may come to a hair more than the plan that it is.
  const runs = runsOf(context, task, energy).filter(({ measureBy }) => !isCapped || measureBy(MONEY) <= most + 10_000)
  if (goal === 'earliest') {
    // Ends of plans are whole milliseconds.
    const soon = runs.filter(({ end }) => end <= task.end + 1)
    return { endMs: Math.max(0, Math.round(task.end - Math.min(...runs.map(({ end }) => end)))), ...thenCost(task, leastRun(soon, MONEY)) }
  }
  const measure = carMeasure(goal, 0)
  const gap = gapOf(goal, measured(task, ownWindow(task), measure) - leastRun(runs, measure), wish)
  if (!gap || !('costNanos' in gap) || !task.isLeftByCap || hasGains(task)) return gap
  // Rounded lines may leave a little that exact money would pay for.
  const more = MORE_WH.find((wh) => leastRun(runsOf(context, task, energy + wh), MONEY) > most)
  return more === undefined ? gap : { ...gap, moreWh: more - 1 }
}

/** All power from the first moment of each window is the soonest there is, whatever it costs. */
export const soonestGap = (context: CarContext, task: CarTask): number | undefined => {
  const layers = fineLayers(task.energy, context)
  const ends = task.windows.flatMap((stretches) =>
    fullPowers(stretches, layers, true).flatMap(({ energy, end }) => (energy < task.energy - 1 ? [] : [end])),
  )
  return ends.length === 0 ? undefined : Math.max(0, Math.round(task.end - Math.min(...ends)))
}

/** How much sooner another plan may end, at most. */
const endGap = (wish: CarWish, context: CarContext, { task, certificate }: { task: CarTask; certificate: CarCertificate | undefined }) => {
  const gap = soonestGap(context, task)
  const { notBefore = 0, potentials = [] } = certificate ?? {}
  if (gap === undefined || wish.priceCapMicros === undefined || notBefore <= task.start) return gap
  const least = boundOf(cutTask(task, notBefore), context, { potentials, measure: MONEY })
  return least > mostCost(wish, task) ? Math.min(gap, Math.max(0, task.end - notBefore)) : gap
}

const earliestGap = (wish: CarWish, context: CarContext, at: { task: CarTask; plan: ProvedPlan }): CarGap | undefined => {
  const { task, plan } = at
  const { certificate } = plan
  const endMs = endGap(wish, context, { task, certificate })
  if (endMs === undefined) return undefined
  if (!certificate?.second?.length) return { endMs }
  return { endMs, ...thenCost(task, boundOf(cutTask(task, task.end), context, { potentials: certificate.second, measure: MONEY })) }
}

/**
 * How much more energy a cap may pay for. Of a plan for more than what is too dear, the part until so much is in would cost no more,
 * since no price is below zero: so nothing beyond is paid for either.
 */
const moreUnderCap = (
  wish: CarWish,
  context: CarContext,
  { task, certificate }: { task: CarTask; certificate: CarCertificate },
): { readonly moreWh?: number } => {
  const { beyond } = certificate
  if (!task.isLeftByCap || !beyond || hasGains(task)) return {}
  const { energy, potentials } = beyond
  const least = boundOf({ ...task, energy }, context, { potentials, measure: MONEY })
  return least > mostCost(wish, task) ? { moreWh: energy - 1 - task.energy } : {}
}

/**
 * How far a plan can be from the best for its goal, by its certificate alone. Where the charge may not pause there is one run from each
 * start, and how soon an earliest plan without a cap ends is held against all power from the first moment: they need none. Undefined where
 * nothing is proved. A certificate must read.
 */
export const proveCar = (wish: ProvedWish, context: CarContext, plan: ProvedPlan): CarGap | undefined => {
  const task = carTask(wish, context, plan)
  const { goal } = task
  const { certificate } = plan
  // Nothing is left to choose beside the last part.
  if (task.energy < 1 || (wish.uninterrupted && keepsLast(wish, plan)))
    return goal === 'earliest' ? { endMs: 0, thenCostNanos: 0n } : gapOf(goal, 0, wish)
  if (wish.uninterrupted) return runsGap(wish, context, task)
  if (goal === 'earliest') return earliestGap(wish, context, { task, plan })
  if (!certificate) return undefined
  const { potentials } = certificate
  const capPrice = goal === 'greenest' ? certificate.capPrice : 0
  const cap = capPrice === 0 ? 0 : capPrice * mostCost(wish, task)
  const bound = boundOf(task, context, { potentials, measure: carMeasure(goal, capPrice) }) - cap
  const gap = gapOf(goal, measured(task, ownWindow(task), carMeasure(goal, 0)) - bound, wish)
  return gap && 'costNanos' in gap && !keepsLast(wish, plan) ? { ...gap, ...moreUnderCap(wish, context, { task, certificate }) } : gap
}
