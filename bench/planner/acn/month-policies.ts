import type { SiteLimits } from './caltech-site.ts'
import { MOST_AMPERES, type MonthPolicy, mostAmperes, NO_LOAD, type Plugged } from './simulate-month.ts'

type Rank = (car: Plugged, slot: number) => number

export const firstCome: Rank = ({ session }) => session.arriveSlot
export const earliestDeadline: Rank = ({ session }) => session.departSlot
export const leastLaxity: Rank = ({ session, left }, slot) => session.departSlot - slot - left / MOST_AMPERES

/** Places of the cars by rank. */
export const ranked = (plugged: readonly Plugged[], rank: Rank, slot: number): readonly number[] => {
  const ranks = plugged.map((car) => rank(car, slot))
  return [...plugged.keys()].sort((a, b) => ranks[a]! - ranks[b]! || plugged[a]!.number - plugged[b]!.number)
}

/** A hair below a limit, so that sums of reals stay under it. */
const HAIR = 1e-9

interface Flowing {
  AB: number
  BC: number
  CA: number
  AV: number
  CC: number
}

/** Amperes that a car can have on top of what flows. */
const roomFor = ({ session }: Plugged, loads: Flowing, limits: SiteLimits): number => {
  const line = limits.room(loads, session.phase) - HAIR
  return Math.max(0, session.pod === undefined ? line : Math.min(line, limits.podAmperes - loads[session.pod] - HAIR))
}

const flow = (loads: Flowing, { session }: Plugged, amperes: number): void => {
  loads[session.phase] += amperes
  if (session.pod !== undefined) loads[session.pod] += amperes
}

/** As much as fits for each, in an order. */
export const inOrder =
  (rank: Rank): MonthPolicy =>
  (slot, plugged, limits) => {
    const amperes = plugged.map(() => 0)
    const loads: Flowing = { ...NO_LOAD }
    for (const index of ranked(plugged, rank, slot)) {
      const car = plugged[index]!
      amperes[index] = Math.min(mostAmperes(car), roomFor(car, loads, limits))
      flow(loads, car, amperes[index]!)
    }
    return amperes
  }

/** Whether all can have all that they can take. */
const allFit = (plugged: readonly Plugged[], limits: SiteLimits): boolean => {
  const loads: Flowing = { ...NO_LOAD }
  for (const car of plugged) flow(loads, car, mostAmperes(car))
  return limits.usage(loads) <= 1
}

const ROUND_AMPERES = 0.1

/** A tenth of an ampere for each in turn, in the order in which they came, until it no longer fits. */
export const roundRobin: MonthPolicy = (_, plugged, limits) => {
  if (allFit(plugged, limits)) return plugged.map(mostAmperes)
  const amperes = plugged.map(() => 0)
  const loads: Flowing = { ...NO_LOAD }
  let open = [...plugged.keys()]
  while (open.length > 0)
    open = open.filter((index) => {
      const car = plugged[index]!
      const step = Math.min(ROUND_AMPERES, mostAmperes(car) - amperes[index]!)
      if (step <= 0 || roomFor(car, loads, limits) < step) return false
      amperes[index]! += step
      flow(loads, car, step)
      return true
    })
  return amperes
}
