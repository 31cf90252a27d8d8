import type { Loads, Usage } from './caltech-site.ts'
import { addLoad, MOST_AMPERES, type MonthPolicy, mostAmperes, NO_LOAD, type Plugged } from './simulate-month.ts'

type Rank = (car: Plugged, slot: number) => number

export const firstCome: Rank = ({ session }) => session.arriveSlot
export const earliestDeadline: Rank = ({ session }) => session.departSlot
export const leastLaxity: Rank = ({ session, left }, slot) => session.departSlot - slot - left / MOST_AMPERES

/** Places of the cars by rank. */
export const ranked = (plugged: readonly Plugged[], rank: Rank, slot: number): readonly number[] => {
  const ranks = plugged.map((car) => rank(car, slot))
  return [...plugged.keys()].sort((a, b) => ranks[a]! - ranks[b]! || plugged[a]!.number - plugged[b]!.number)
}

const HALVINGS = 14

/** The most that a car can have on top of what flows; found by halving, and never above a limit. */
export const mostOnTop = (loads: Loads, car: Plugged, at: { readonly most: number; readonly usage: Usage }): number => {
  const fits = (amperes: number) => at.usage(addLoad(loads, car.session, amperes)) <= 1
  if (fits(at.most)) return at.most
  let [low, high] = [0, at.most]
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2
    if (fits(middle)) low = middle
    else high = middle
  }
  return low
}

/** As much as fits for each, in an order. */
export const inOrder =
  (rank: Rank): MonthPolicy =>
  (slot, plugged, usage) => {
    const amperes = plugged.map(() => 0)
    let loads = NO_LOAD
    for (const index of ranked(plugged, rank, slot)) {
      const car = plugged[index]!
      amperes[index] = mostOnTop(loads, car, { most: mostAmperes(car), usage })
      loads = addLoad(loads, car.session, amperes[index]!)
    }
    return amperes
  }

const ROUND_AMPERES = 0.1

/** A tenth of an ampere for each in turn, in the order in which they came, until it no longer fits. */
export const roundRobin: MonthPolicy = (_, plugged, usage) => {
  const amperes = plugged.map(() => 0)
  let loads = NO_LOAD
  let open = [...plugged.keys()]
  while (open.length > 0)
    open = open.filter((index) => {
      const car = plugged[index]!
      const step = Math.min(ROUND_AMPERES, mostAmperes(car) - amperes[index]!)
      const more = addLoad(loads, car.session, step)
      if (step <= 0 || usage(more) > 1) return false
      amperes[index]! += step
      loads = more
      return true
    })
  return amperes
}

/** Full power for all: what a garage without limits would do. */
export const uncontrolled: MonthPolicy = (_, plugged) => plugged.map(mostAmperes)
