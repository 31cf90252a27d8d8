import { type EpochMs, epochMs } from '@voltway/units'
import { freeWindows } from '../../reservations/free-windows.ts'
import type { PowerStep } from '../plan.ts'
import { MONEY, measured } from './car-measure.ts'
import type { CarPlan } from './car-plan.ts'
import { type CarStretch, carStretches } from './car-stretches.ts'
import type { CarContext, CarGoal, CarWish } from './car-wish.ts'
import { freeStretches, meteredOf, mostDeliverable } from './most-deliverable.ts'

/** A wish in which waiting may have a price, as the plain plans' may: what from the arrival to the end of charging counts for beside money. */
export interface ProvedWish extends CarWish {
  readonly waitingMicrosPerHour?: bigint
}

/** What a plan is one of many ways to do: as much energy, as much of it by the hour of the minimum, and the same last part. */
export interface CarTask {
  /** The wish's; `cheapest` where it is the cap that leaves energy out, since then as much as can be paid for is what is best. */
  readonly goal: CarGoal
  readonly isLeftByCap: boolean
  /** Metered Wh before the last part. */
  readonly energy: number
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
  /** The free windows; with a last part the plan's own, up to where that begins. */
  readonly windows: readonly (readonly CarStretch[])[]
  /** The plan, up to its last part: with one, an earliest plan is one in which all before it is in soonest. */
  readonly start: EpochMs
  readonly end: EpochMs
  readonly curve: readonly PowerStep[]
  /** What the last part costs, in billionths: there is no choice in it. */
  readonly lastNanos: number
}

/** What of a plan a proof looks at. */
export type ProvedPlan = Pick<CarPlan, 'start' | 'end' | 'energy' | 'reasons' | 'shortfall' | 'minimumShortfall' | 'certificate'> & {
  readonly curve: readonly PowerStep[]
  readonly slots?: CarPlan['slots']
}

/** Whether a plan has a last part to which it is bound; where that is left out, all of it is free. */
export const keepsLast = (wish: CarWish, { reasons }: ProvedPlan): boolean =>
  wish.lastPart !== undefined && !reasons.some(({ code }) => code === 'lastPartLeftOut')

const WH = 3_600_000

/** A last part keeps the EVSE until it is over, so that minutes count from the start on to where it begins. */
const untilLast = (stretches: readonly CarStretch[]): readonly CarStretch[] =>
  stretches.map((stretch, index) => {
    const minutes = stretches.slice(index).reduce((sum, { from, to, perMs }) => sum + perMs * (to - from), 0)
    return { ...stretch, perMs: 0, fee: stretch.fee === undefined ? undefined : stretch.fee + minutes }
  })

/**
 * Waiting is money for each millisecond from the arrival to the end: until a plan starts as a fee of that start, and then by the minute.
 * 1 micro an hour is 1/3600 of a billionth a millisecond.
 */
const withWaiting = (stretches: readonly CarStretch[], { arrival, waitingMicrosPerHour = 0n }: ProvedWish): readonly CarStretch[] => {
  const perMs = Number(waitingMicrosPerHour) / 3_600
  if (perMs === 0) return stretches
  return stretches.map((stretch) => ({
    ...stretch,
    perMs: stretch.perMs + perMs,
    fee: stretch.fee === undefined ? undefined : stretch.fee + perMs * (stretch.from - arrival),
  }))
}

const WH_NEAR = 2

/** Whether it is the cap that leaves energy out. */
const leavesByCap = (wish: CarWish, context: CarContext, { shortfall, energy }: ProvedPlan): boolean =>
  shortfall !== undefined && wish.priceCapMicros !== undefined && mostDeliverable(wish, context).inAll > energy + WH_NEAR

/** Energy and minutes of a last part. */
const lastNanosOf = (
  wish: CarWish,
  context: CarContext,
  { lastFrom, end, curve }: { readonly lastFrom: EpochMs; readonly end: EpochMs; readonly curve: readonly PowerStep[] },
): number => {
  if (end <= lastFrom) return 0
  const last = curve.flatMap((step) => (step.to > lastFrom ? [{ ...step, from: epochMs(Math.max(step.from, lastFrom)) }] : []))
  const measure = { ...MONEY, fee: () => 0 }
  return measured({ start: lastFrom, end, curve: last }, carStretches({ start: lastFrom, end }, wish, context), measure)
}

/** The task that a plan does; its last part is what it says is one. */
export const carTask = (wish: ProvedWish, context: CarContext, plan: ProvedPlan): CarTask => {
  const { start, end, curve } = plan
  const least = wish.minimum ? meteredOf(wish, context, wish.minimum.energy) - (plan.minimumShortfall ?? 0) : 0
  const minimum = wish.minimum && least > 0 ? { energy: least, by: wish.minimum.by } : undefined
  const isLeftByCap = leavesByCap(wish, context, plan)
  const goal = isLeftByCap ? 'cheapest' : wish.goal
  const lastFrom = keepsLast(wish, plan) ? plan.slots?.find(({ reason }) => reason === 'lastPart')?.from : undefined
  if (lastFrom === undefined) {
    const windows = freeStretches(wish, context).map((stretches) => withWaiting(stretches, wish))
    return { goal, isLeftByCap, energy: plan.energy, minimum, windows, start, end, curve, lastNanos: 0 }
  }
  const free = freeWindows(context.freeSlots, epochMs(Math.max(wish.arrival, context.now)), wish.departure)
  const before = curve.flatMap((step) => (step.from < lastFrom ? [{ ...step, to: epochMs(Math.min(step.to, lastFrom)) }] : []))
  const own = free.filter((window) => window.start <= start && window.end >= end && window.start < lastFrom)
  return {
    goal,
    isLeftByCap,
    energy: before.reduce((sum, { from, to, power }) => sum + (power * (to - from)) / WH, 0),
    minimum,
    windows: own.map((window) => untilLast(carStretches({ start: window.start, end: lastFrom }, wish, context))),
    start,
    end: before.at(-1)?.to ?? lastFrom,
    curve: before,
    lastNanos: lastNanosOf(wish, context, { lastFrom, end, curve }),
  }
}

/** What its second goal is held against: of an earliest plan all that ends no later. */
export const secondTask = (task: CarTask): CarTask => (task.goal === 'earliest' ? cutTask(task, task.end) : task)

/** The task with all of its energy to be planned freely: whatever is too dear so is too dear with a last part, as long as that does not take all of it. */
export const freeTask = ({ lastPart: _, ...wish }: ProvedWish, context: CarContext, plan: ProvedPlan): CarTask =>
  carTask(wish, context, plan)

/** The window that the plan is in. */
export const ownWindow = ({ windows, start, end }: CarTask): readonly CarStretch[] =>
  windows.find((stretches) => stretches[0]!.from <= start && stretches.at(-1)!.to >= end) ?? []

/** The task with windows that end at an instant. */
export const cutTask = (task: CarTask, at: number): CarTask => ({
  ...task,
  windows: task.windows
    .filter((stretches) => stretches[0]!.from < at)
    .map((stretches) => stretches.filter(({ from }) => from < at).map((stretch) => ({ ...stretch, to: Math.min(stretch.to, at) }))),
})
