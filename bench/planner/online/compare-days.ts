import { planSite, type SiteProblem } from '@voltway/domain/planning/site'
import { costOnly, earliestDeadline, firstCome, inOrder, leastLaxity, roundRobin, steered, uncontrolled } from './policies.ts'
import { type DayResult, type Policy, simulateDay } from './simulate-day.ts'
import type { SiteDays } from './site-days.ts'

/** A policy over all tested days together. */
export interface Comparison {
  readonly name: string
  readonly deliveredPercent: number
  readonly fullyMetPercent: number
  readonly eurPerKwh: number
  /** Against the hindsight optimum's EUR per kWh. */
  readonly abovePercent: number
  readonly peakOverCap: number
  readonly overCapSlots: number
  readonly jain: number
  readonly milliseconds: readonly number[]
}

/** The best that could have been done by somebody who knew the whole day. */
export const hindsight = (problem: SiteProblem): Policy => {
  const planned = planSite(problem)
  if (!planned.ok) throw new Error(JSON.stringify(planned.failure))
  const { energyWh, offsets } = planned.value.plan
  return (slot, guests) => guests.map(({ number, car }) => energyWh[offsets[number]! + slot - car.arriveSlot]!)
}

type Opener = (problem: SiteProblem, day: number, days: SiteDays) => Policy

export const HINDSIGHT = 'hindsight optimum'
export const CONTROLLER = 'controller'

const POLICIES: readonly (readonly [string, Opener])[] = [
  ['uncontrolled', uncontrolled],
  ['first come, first served', inOrder(firstCome)],
  ['round robin', roundRobin],
  ['earliest deadline first', inOrder(earliestDeadline)],
  ['least laxity first', inOrder(leastLaxity)],
  ['cheapest plan of those there', costOnly],
  [CONTROLLER, (problem, day, { history }) => steered(problem, { day, history })],
  [HINDSIGHT, hindsight],
]

const together = (name: string, results: readonly DayResult[], best: number): Comparison => {
  const sum = (of: (result: DayResult) => number) => results.reduce((total, result) => total + of(result), 0)
  const eurPerKwh = (1_000 * sum(({ costEur }) => costEur)) / sum(({ deliveredWh }) => deliveredWh)
  return {
    name,
    deliveredPercent: (100 * sum(({ deliveredWh }) => deliveredWh)) / sum(({ neededWh }) => neededWh),
    fullyMetPercent: (100 * sum(({ fullyMet }) => fullyMet)) / sum(({ cars }) => cars),
    eurPerKwh,
    abovePercent: 100 * (eurPerKwh / best - 1),
    peakOverCap: Math.max(...results.map((result) => result.peakOverCap)),
    overCapSlots: sum(({ overCapSlots }) => overCapSlots),
    jain: sum(({ jain }) => jain) / results.length,
    milliseconds: results.flatMap(({ milliseconds }) => milliseconds),
  }
}

/** Lives all tested days under each policy. */
export const compareDays = (days: SiteDays): readonly Comparison[] => {
  const results = POLICIES.map(([name, open]) => ({
    name,
    results: days.tested.map(({ day, problem }) => simulateDay(problem, open(problem, day, days))),
  }))
  const best = together(HINDSIGHT, results.find(({ name }) => name === HINDSIGHT)!.results, 1).eurPerKwh
  return results.map(({ name, results: own }) => together(name, own, best))
}
