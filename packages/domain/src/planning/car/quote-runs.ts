import { carMeasure, MONEY, measured } from './car-measure.ts'
import type { CarPlan } from './car-plan.ts'
import { type CarQuote, quoteOf } from './car-quote.ts'
import { type CarTask, ownWindow, type ProvedWish } from './car-task.ts'
import type { CarContext } from './car-wish.ts'
import { leastRun, type OneRun, ownRun, runsOf } from './one-run.ts'
import { mostCost } from './prove-car.ts'

/** What is quoted. */
export const MORE_WH = 1_000
/** A run charges in a slot when it does for longer; less is the rounding of its end. */
const LEAST_MS = 1
/** What lies below, in billionths, is the rounding of times to whole milliseconds. */
const NEAR_NANOS = 10_000

interface Quoted {
  readonly task: CarTask
  readonly plan: CarPlan
}

/** By how much the best of some runs that charges in a slot measures more than the plan. */
const quotesOf = ({ task, plan }: Quoted, runs: readonly OneRun[]): readonly CarQuote[] => {
  const measure = carMeasure(task.goal, 0)
  const costs = measured(task, ownWindow(task), measure)
  return plan.slots.map(({ from, to }) => {
    const within = runs.filter((run) => Math.min(to, run.end) - Math.max(from, run.start) > LEAST_MS)
    return quoteOf(task.goal, (leastRun(within, measure) - costs) / MORE_WH)
  })
}

/**
 * Quotes the slots of a plan that does not pause: by how much the best charge that gives a kWh more, and charges in the slot, measures more
 * than the plan. There is one run from each start, and all of them are looked at, so that the least of the quotes is what planning for a kWh
 * more would show. Only the run as a whole has a price: no part of a quote is for the room in a slot.
 */
export const quoteRuns = (wish: ProvedWish, context: CarContext, quoted: Quoted): readonly CarQuote[] => {
  const { task } = quoted
  const runs = runsOf(context, task, task.energy + MORE_WH)
  if (task.goal !== 'greenest' || wish.priceCapMicros === undefined) return quotesOf(quoted, runs)
  const most = mostCost(wish, task) + NEAR_NANOS
  return quotesOf(
    quoted,
    runs.filter(({ measureBy }) => measureBy(MONEY) <= most),
  )
}

/** Whether a plan charges at all power from its start on. */
export const isAllPower = (context: CarContext, task: CarTask): boolean => {
  const run = ownRun(context, task, { energy: task.energy, mayPause: true })
  // Ends of plans are whole milliseconds, and what a battery takes is summed up another way than the planner's.
  const near = 1 + (context.battery ? 0.002 * (task.end - task.start) : 0)
  return run !== undefined && task.end <= run.end + near
}

/** Quotes what it costs a plan at all power to go on for a kWh more, in the slots in which that charges; none where it cannot. */
export const quoteGoingOn = (wish: ProvedWish, context: CarContext, quoted: Quoted): readonly CarQuote[] => {
  const energy = quoted.task.energy + MORE_WH
  const longer = ownRun(context, quoted.task, { energy, mayPause: !wish.uninterrupted })
  return quotesOf(quoted, longer ? [longer] : [])
}
