import { apportion } from './apportion.ts'
import { setLeft, takeBack } from './ask-for.ts'
import { buildNetwork } from './build-network.ts'
import type { Network } from './network.ts'
import { priorityOf, type SiteCar, type SiteProblem, whPerSlot, withoutPrices } from './site-problem.ts'
import { solveNetwork } from './solve-network.ts'
import { completeLabels, unlabel } from './sweep-levels.ts'

/** How much each car gets in Wh, by its place in the problem; and those that compete, in groups of rising satisfaction, class by class. */
export interface FairShares {
  readonly amounts: Int32Array
  readonly groups: readonly (readonly number[])[]
}

/** A flow without prices of all cars; those that compete ask now for this, now for that. By places in the problem. */
interface Sharing {
  readonly network: Network
  readonly positions: Int32Array
  readonly needs: readonly number[]
  readonly most: readonly number[]
  /** What each has in the flow. */
  readonly has: Int32Array
  readonly amounts: Int32Array
}

/** What a car can take in its window by its own power, in Wh. */
const mostOf = ({ need, maxPower, departSlot, arriveSlot }: SiteCar, { slotLength }: SiteProblem): number =>
  Math.min(need, whPerSlot(maxPower, slotLength) * (departSlot - arriveSlot))

const sum = (values: Iterable<number>): number => {
  let total = 0
  for (const value of values) total += value
  return total
}

/** Lets members have so much and no more; the flow of all others stays as much as it is. @returns what they lack of it, in Wh */
const letHave = ({ network, positions, has }: Sharing, members: readonly number[], shares: ArrayLike<number>): number => {
  for (const [index, car] of members.entries()) {
    const [position, share] = [positions[car]!, shares[index]!]
    if (has[car]! > share) takeBack(network, position, has[car]! - share)
    setLeft(network, position, Math.max(0, share - has[car]!))
  }
  unlabel(network, 0)
  solveNetwork(network)
  completeLabels(network)
  let lacking = 0
  for (const [index, car] of members.entries()) {
    const left = network.cars.left[positions[car]!]!
    has[car] = shares[index]! - left
    lacking += left
    setLeft(network, positions[car]!, 0)
  }
  return lacking
}

/**
 * Shares an amount among members who can take that much together: alike if that can be, else those that have to get less apart from
 * the others. @returns the groups, in rising order
 */
const shareOut = (sharing: Sharing, members: readonly number[], amount: number): readonly (readonly number[])[] => {
  const { network, positions, needs, most, has, amounts } = sharing
  const shares = apportion(amount, { needs: members.map((car) => needs[car]!), most: members.map((car) => most[car]!) })
  if (letHave(sharing, members, shares) === 0) {
    for (const [index, car] of members.entries()) amounts[car] = shares[index]!
    return [members]
  }
  const isStuck = (car: number) => network.labels.carLevel[positions[car]!] === -1
  const stuck = members.filter(isStuck)
  const others = members.filter((car) => !isStuck(car))
  // What the stuck ones have together is all that they can; how it is shared among them is of no matter to the others.
  const ofStuck = sum(stuck.map((car) => has[car]!))
  const later = shareOut(sharing, others, amount - ofStuck)
  letHave(sharing, others, new Int32Array(others.length))
  return [...shareOut(sharing, stuck, ofStuck), ...later]
}

/**
 * Shares out what can be delivered to cars that compete: all that is possible to the highest priority, then to the next; inside a
 * class max-min fair by satisfaction (delivered / need), to the nearest Wh. What a set of cars can get is a polymatroid, so that
 * the total is the most possible in any order, and dividing at the set that is stuck finds the fair point exactly (Groenevelt,
 * Two algorithms for maximizing a separable concave function over a polymatroid feasible region, EJOR 54, 1991).
 * @param stuck places of the cars for which no more can be had; all others get what they can take
 */
export const fairShares = (problem: SiteProblem, stuck: readonly number[]): FairShares => {
  const { cars } = problem
  const { network, positions } = buildNetwork(withoutPrices(problem))
  network.cars.left.fill(0)
  network.cars.unmet.fill(0)
  const most = cars.map((car) => mostOf(car, problem))
  const amounts = Int32Array.from(most)
  const sharing: Sharing = { network, positions, needs: cars.map(({ need }) => need), most, has: new Int32Array(cars.length), amounts }
  const groups: (readonly number[])[] = []
  for (const priority of [...new Set(stuck.map((car) => priorityOf(cars[car]!)))].sort((a, b) => b - a)) {
    const members = stuck.filter((car) => priorityOf(cars[car]!) === priority)
    const wishes = members.map((car) => most[car]!)
    const total = sum(wishes) - letHave(sharing, members, wishes)
    groups.push(...shareOut(sharing, members, total))
    const settled = members.map((car) => amounts[car]!)
    letHave(sharing, members, settled)
  }
  return { amounts, groups }
}
