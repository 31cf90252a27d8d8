import type { Result } from '@voltway/units'
import { type Watts, wattHours, watts } from '@voltway/units'
import {
  carNumbers,
  limitAt,
  type MicrosPerKwh,
  microsPerKwh,
  planSite,
  replan,
  type SiteCar,
  type SiteChange,
  type SiteNode,
  type SiteProblem,
  type SiteSolver,
  type SolarSurplus,
  siteCertificateOf,
} from '../site/index.ts'
import type { PresentCar } from './online-site.ts'

/** The rest of a day: its slots begin with the one that runs. */
export interface Rest {
  readonly slot: number
  /** The slot before which the last of all is gone. */
  readonly end: number
  /** Share of the limits of all slots but the first that is left unused. */
  readonly kept: number
}

/** One way in which the day may go on: those who are there, and those who came later on a past day, planned together. */
export interface Future {
  readonly solver: SiteSolver
  /** The solver's numbers of those who are there. */
  readonly numbers: Map<string, number>
}

const must = <Value>(result: Result<Value, readonly { readonly field: string; readonly message: string }[]>): Value => {
  if (result.ok) return result.value
  // Everything has been checked where it came in.
  throw new Error(result.failure.map(({ field, message }) => `${field} ${message}`).join('; '))
}

const limitOfRest = (node: SiteNode, { slot, end, kept }: Rest): readonly Watts[] =>
  Array.from({ length: end - slot }, (_, at) => watts(limitAt(node, slot + at) * (at === 0 ? 1 : 1 - kept)))

const surplusOfRest = ({ power, feedInPerKwh }: SolarSurplus, { slot, end }: Rest): SolarSurplus => ({
  power: power.slice(slot, end),
  feedInPerKwh: feedInPerKwh.slice(slot, end),
})

const pricesOfRest = (site: Omit<SiteProblem, 'cars'>, rest: Rest) => ({
  pricePerKwh: site.pricePerKwh.slice(rest.slot, rest.end),
  ...(site.surplus ? { surplus: surplusOfRest(site.surplus, rest) } : {}),
})

/**
 * What is left to do for a car, as a car of the rest of the day, less one Wh: then the price of one Wh more is what the last one costs,
 * and so what is saved by having it now. Undefined when the car has all that it asked for.
 */
export const restOfCar = ({ wish, delivered }: PresentCar, { slot }: Rest): SiteCar | undefined => {
  const need = wish.need - delivered
  if (need <= 0 || wish.departSlot <= slot) return undefined
  return { ...wish, arriveSlot: 0, departSlot: wish.departSlot - slot, need: wattHours(Math.max(1, need - 1)) }
}

/** Plans the rest of a day with those who are there and those of a past day who came after this slot. */
export const openFuture = (
  site: Omit<SiteProblem, 'cars'>,
  at: { readonly rest: Rest; readonly present: ReadonlyMap<string, PresentCar>; readonly toCome: readonly SiteCar[] },
): Future => {
  const { rest, present, toCome } = at
  const numbers = new Map<string, number>()
  const cars: SiteCar[] = []
  for (const [name, car] of present) {
    const left = restOfCar(car, rest)
    if (left) numbers.set(name, cars.push(left) - 1)
  }
  for (const car of toCome)
    if (car.arriveSlot > rest.slot) cars.push({ ...car, arriveSlot: car.arriveSlot - rest.slot, departSlot: car.departSlot - rest.slot })
  const nodes = site.nodes.map((node) => ({ ...node, limit: limitOfRest(node, rest) }))
  const { solver } = must(planSite({ slotLength: site.slotLength, nodes, cars, ...pricesOfRest(site, rest) }))
  return { solver, numbers }
}

/** Repairs a future after one of those who are there has come, gone or changed. */
export const repairCar = ({ solver, numbers }: Future, name: string, left: SiteCar | undefined): void => {
  const number = numbers.get(name)
  const change = (what: SiteChange) => must(replan(solver, what)).delta
  if (number === undefined) {
    if (left) numbers.set(name, change({ kind: 'arrival', car: left }).arrived!)
  } else if (left) change({ kind: 'wish', car: number, wish: left })
  else {
    change({ kind: 'departure', car: number })
    numbers.delete(name)
  }
}

/** Repairs a future after a limit has changed. */
export const repairLimit = ({ solver }: Future, node: number, at: { readonly limit: SiteNode['limit']; readonly rest: Rest }): void => {
  must(replan(solver, { kind: 'limit', node, limit: limitOfRest({ limit: at.limit }, at.rest) }))
}

/** Repairs a future after prices have changed. */
export const repairPrices = ({ solver }: Future, site: Omit<SiteProblem, 'cars'>, rest: Rest): void => {
  must(replan(solver, { kind: 'prices', ...pricesOfRest(site, rest) }))
}

/**
 * What the last Wh costs each of those who are there in this future, in micros per kWh; `missing` where it cannot be had.
 * It does not depend on which of several best plans the solver holds.
 */
export const worthsIn = ({ solver, numbers }: Future, missing: MicrosPerKwh): ReadonlyMap<string, number> => {
  const { carPrice, shortfallPrice } = siteCertificateOf(solver)
  const places = new Map(carNumbers(solver).map((number, place) => [number, place]))
  const worth = (number: number) => {
    const price = carPrice[places.get(number)!]!
    return price >= shortfallPrice ? missing : Math.min(missing, microsPerKwh(price))
  }
  return new Map([...numbers].map(([name, number]) => [name, worth(number)]))
}
