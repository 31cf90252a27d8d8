import { planPower } from '../plan-context.ts'
import { startBounds } from './car-bound.ts'
import type { CarCertificate, CarPotentials } from './car-certificate.ts'
import { type CarMeasure, carMeasure, MONEY, measured, moneyWith } from './car-measure.ts'
import type { CarStretch } from './car-stretches.ts'
import { type CarTask, carTask, cutTask, freeTask, keepsLast, ownWindow, type ProvedPlan, type ProvedWish, secondTask } from './car-task.ts'
import type { CarContext, CarGoal, CarWish } from './car-wish.ts'
import { chargeLayers } from './charge-layers.ts'
import { fineLayers, fullPowers } from './full-power.ts'
import { meteredOf } from './most-deliverable.ts'
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
  /** And how much dearer than the cheapest that is as green, or that ends no later, in billionths: the goal that comes second. */
  | { readonly carbonMilligrams: number; readonly thenCostNanos?: bigint }
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

/** Whether a certificate has the shape of what it is for. */
export const certificateReads = (
  wish: ProvedWish,
  context: CarContext,
  plan: ProvedPlan & { readonly certificate: CarCertificate },
): boolean => {
  const { potentials, capPrice, notBefore = 0, second, beyond } = plan.certificate
  const task = carTask(wish, context, plan)
  const arePrices = [capPrice, second?.carbonPrice ?? 0].every((price) => Number.isFinite(price) && price >= 0)
  if (!arePrices || !Number.isFinite(notBefore)) return false
  if (!potentialsRead(notBefore === 0 ? task : cutTask(task, notBefore), potentials)) return false
  if (second && !potentialsRead(secondTask(task), second.potentials)) return false
  if (!beyond) return true
  const free = freeTask(wish, context, plan)
  return (
    Number.isInteger(beyond.energy) && beyond.energy > free.energy && potentialsRead({ ...free, energy: beyond.energy }, beyond.potentials)
  )
}

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

interface ThenCost {
  readonly thenCostNanos?: bigint
}

/** By how much a plan may be dearer than what measures least. */
const thenCost = (task: CarTask, measure: CarMeasure, least: number): ThenCost => {
  const more = measured(task, ownWindow(task), measure) - least
  return Number.isFinite(more) ? { thenCostNanos: BigInt(Math.max(0, Math.round(more))) } : {}
}

/**
 * The goal that comes second, by its potentials. All that is as green emits no more, so that with carbon at any price it comes to no less than the
 * bound on both, and of that no more is carbon than for the plan.
 */
const thenCostProved = (context: CarContext, task: CarTask, second: CarCertificate['second']): ThenCost => {
  if (!second) return {}
  // What ends as soon may emit more: then carbon has no price.
  const measure = moneyWith(task.goal === 'greenest' ? second.carbonPrice : 0)
  return thenCost(task, measure, boundOf(secondTask(task), context, { potentials: second.potentials, measure }))
}

/** Whether there is a price below zero, by which more energy may cost less. */
const hasGains = ({ windows }: CarTask): boolean => windows.flat().some(({ perKwh, perMs }) => perKwh < 0 || perMs < 0)

/** Energies beyond a plan's that are held against its cap. */
const MORE_WH = [1, 3, 10, 30, 100, 300, 1_000]

/** Billionths, or mg, that whole milliseconds are rounded by. */
const HAIR = 10_000
const WH = 3_600_000

/** Of a charge that does not pause: every run is looked at. */
const runsGap = (wish: CarWish, context: CarContext, task: CarTask): CarGap | undefined => {
  const { goal, energy } = task
  const most = mostCost(wish, task)
  const isCapped = goal !== 'cheapest' && wish.priceCapMicros !== undefined
  // A run of whole milliseconds may come to a hair more than the plan that it is.
  const runs = runsOf(context, task, energy).filter(({ measureBy }) => !isCapped || measureBy(MONEY) <= most + HAIR)
  if (goal === 'earliest') {
    // Ends of plans are whole milliseconds.
    const soon = runs.filter(({ end }) => end <= task.end + 1)
    const endMs = Math.max(0, Math.round(task.end - Math.min(...runs.map(({ end }) => end))))
    return { endMs, ...thenCost(task, MONEY, leastRun(soon, MONEY)) }
  }
  const measure = carMeasure(goal, 0)
  const emits = measured(task, ownWindow(task), measure)
  const gap = gapOf(goal, emits - leastRun(runs, measure), wish)
  if (gap && goal === 'greenest') {
    const same = runs.find(({ start }) => start === task.start)?.measureBy(measure) ?? 0
    const green = runs.filter(({ measureBy }) => measureBy(measure) <= Math.max(emits, same) + HAIR)
    return { ...gap, ...thenCost(task, MONEY, leastRun(green, MONEY)) }
  }
  // A last part would begin wherever it has to.
  if (!gap || !task.isLeftByCap || wish.lastPart || hasGains(task)) return gap
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
  return { endMs, ...thenCostProved(context, task, certificate?.second) }
}

/** Whether of so much energy all may be a last part: that begins wherever it has to, where a plan else may not. */
const mayBeAllLast = (wish: CarWish, context: CarContext, energy: number): boolean => {
  const { lastPart } = wish
  if (!lastPart) return false
  if ('durationMs' in lastPart) return (planPower(context) * lastPart.durationMs) / WH >= energy
  return meteredOf(wish, context, lastPart.energy) >= energy
}

/**
 * How much more energy a cap may pay for, with a last part or without. Of a plan for more than what is too dear, the part until so much is in
 * would cost no more, since no price is below zero: so nothing beyond is paid for either.
 */
const moreUnderCap = (wish: ProvedWish, context: CarContext, plan: ProvedPlan): { readonly moreWh?: number } => {
  const { beyond } = plan.certificate ?? {}
  if (!beyond || (!keepsLast(wish, plan) && mayBeAllLast(wish, context, beyond.energy))) return {}
  const task = freeTask(wish, context, plan)
  if (hasGains(task)) return {}
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
  if (task.energy < 1 || (wish.uninterrupted && keepsLast(wish, plan))) {
    if (goal === 'earliest') return { endMs: 0, thenCostNanos: 0n }
    return goal === 'greenest' ? { carbonMilligrams: 0, thenCostNanos: 0n } : gapOf(goal, 0, wish)
  }
  if (wish.uninterrupted) return runsGap(wish, context, task)
  if (goal === 'earliest') return earliestGap(wish, context, { task, plan })
  if (!certificate) return undefined
  const { potentials } = certificate
  const capPrice = goal === 'greenest' ? certificate.capPrice : 0
  const cap = capPrice === 0 ? 0 : capPrice * mostCost(wish, task)
  const bound = boundOf(task, context, { potentials, measure: carMeasure(goal, capPrice) }) - cap
  const gap = gapOf(goal, measured(task, ownWindow(task), carMeasure(goal, 0)) - bound, wish)
  if (!gap) return undefined
  if (goal === 'greenest') return { ...gap, ...thenCostProved(context, task, certificate.second) }
  return task.isLeftByCap ? { ...gap, ...moreUnderCap(wish, context, plan) } : gap
}
