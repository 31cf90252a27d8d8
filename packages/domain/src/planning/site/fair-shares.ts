import { type WattHours, wattHours } from '@voltway/units'
import { apportion } from './apportion.ts'
import { type Delivery, deliver, withoutPrices } from './deliver.ts'
import { priorityOf, type SiteCar, type SiteProblem, whPerSlot } from './site-problem.ts'

/** How much each car gets, by its place in the problem; and those that compete, in groups of rising satisfaction, class by class. */
export interface FairShares {
  readonly amounts: readonly WattHours[]
  readonly groups: readonly (readonly number[])[]
}

interface Sharing {
  /** Without prices. */
  readonly site: SiteProblem
  readonly amounts: WattHours[]
  readonly groups: (readonly number[])[]
  /** Cars whose amount is settled, asking for just that. */
  readonly settled: SiteCar[]
}

const mostOf = ({ need, maxPower, departSlot, arriveSlot }: SiteCar, { slotLength }: SiteProblem): number =>
  Math.min(need, whPerSlot(maxPower, slotLength) * (departSlot - arriveSlot))

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const settle = ({ site, amounts, groups, settled }: Sharing, members: readonly number[], shares: readonly number[]): void => {
  groups.push(members)
  for (const [index, car] of members.entries()) {
    amounts[car] = wattHours(shares[index]!)
    if (shares[index]! > 0) settled.push({ ...site.cars[car]!, need: amounts[car]! })
  }
}

/** What can be delivered when members ask for so much, and those that are settled for what they have. */
const tryOut = ({ site, settled }: Sharing, members: readonly number[], shares: readonly number[]): Delivery =>
  deliver(site, [...members.map((car, index) => ({ ...site.cars[car]!, need: wattHours(shares[index]!) })), ...settled])

/** Shares an amount among members who can take that much together: alike if that can be, else those that have to get less go first. */
const shareOut = (sharing: Sharing, members: readonly number[], amount: number): void => {
  const { site, settled } = sharing
  const needs = members.map((car) => site.cars[car]!.need)
  const shares = apportion(amount, { needs, most: members.map((car) => mostOf(site.cars[car]!, site)) })
  const trial = tryOut(sharing, members, shares)
  const missing = amount + sum(settled.map(({ need }) => need)) - trial.total
  if (missing === 0) {
    settle(sharing, members, shares)
    return
  }
  const [stuck, others] = [true, false].map((wanted) => members.filter((_, index) => trial.isStuck[index] === wanted)) as [
    number[],
    number[],
  ]
  const ofStuck = sum(shares.filter((_, index) => trial.isStuck[index])) - missing
  shareOut(sharing, stuck, ofStuck)
  shareOut(sharing, others, amount - ofStuck)
}

/**
 * Shares out what can be delivered to cars that compete: all that is possible to the highest priority, then to the next; inside a
 * class max-min fair by satisfaction (delivered / need), to the nearest Wh. What a set of cars can get is a polymatroid, so that
 * the total is the most possible in any order, and dividing at the set that is stuck finds the fair point exactly (Groenevelt,
 * Two algorithms for maximizing a separable concave function over a polymatroid feasible region, EJOR 54, 1991).
 * @param stuck places of the cars for which no more can be had; all others get what they can take
 */
export const fairShares = (problem: SiteProblem, stuck: readonly number[]): FairShares => {
  const site = withoutPrices(problem)
  const sharing: Sharing = { site, amounts: problem.cars.map((car) => wattHours(mostOf(car, problem))), groups: [], settled: [] }
  for (const car of stuck) sharing.amounts[car] = wattHours(0)
  const priorities = [...new Set(stuck.map((car) => priorityOf(problem.cars[car]!)))].sort((a, b) => b - a)
  for (const priority of priorities) {
    const members = stuck.filter((car) => priorityOf(problem.cars[car]!) === priority)
    const before = sum(sharing.settled.map(({ need }) => need))
    const most = members.map((car) => mostOf(site.cars[car]!, site))
    shareOut(sharing, members, tryOut(sharing, members, most).total - before)
  }
  return sharing
}
