import { fail, ok, type Result, wattHours } from '@voltway/units'
import { type SiteCar, type SiteFault, type SiteProblem, siteFaults, whPerSlot } from '../site/index.ts'
import { cautionFaults } from './caution-faults.ts'
import { type Future, openFuture, type Rest, repairCar, repairLimit, repairPrices, restOfCar, worthsIn } from './futures.ts'
import { missingPrice } from './missing-price.ts'
import type { OnlineEvent, OnlineSite, PastDay, PresentCar, SetPoint } from './online-site.ts'
import { recentDays } from './recent-days.ts'
import { shareSlot } from './share-slot.ts'

const state: unique symbol = Symbol('online controller')

/** A site being steered through one day: opaque, changed in place by its events. */
export interface OnlineController {
  readonly [state]: ControllerState
}

interface ControllerState {
  site: OnlineSite
  readonly days: readonly PastDay[]
  slot: number
  readonly present: Map<string, PresentCar>
  /** What was last set for each car, in Wh. */
  readonly set: Map<string, number>
  /** Undefined when all must be planned afresh. */
  futures: { readonly rest: Rest; readonly each: readonly Future[] } | undefined
  /** Cars whose rest the futures do not know yet. */
  readonly stale: Set<string>
}

/** The part of it that a problem needs. */
const problemOf = ({ slotLength, pricePerKwh, nodes, surplus }: OnlineSite): Omit<SiteProblem, 'cars'> => ({
  slotLength,
  pricePerKwh,
  nodes,
  ...(surplus ? { surplus } : {}),
})

/** Opens a day at its first slot, with nobody there. Fails with all that is wrong with the site or the days that it learns from. */
export const openController = (site: OnlineSite): Result<OnlineController, readonly SiteFault[]> => {
  const days = recentDays(site)
  const faults = [
    ...cautionFaults(site),
    ...siteFaults({ ...problemOf(site), cars: [] }),
    ...days.flatMap(({ day, cars }) =>
      siteFaults({ ...problemOf(site), cars }).flatMap((fault) =>
        fault.field.startsWith('cars') ? [{ ...fault, field: `history[day ${day}].${fault.field}` }] : [],
      ),
    ),
  ]
  if (faults.length > 0) return fail(faults)
  return ok({ [state]: { site, days, slot: 0, present: new Map(), set: new Map(), futures: undefined, stale: new Set() } })
}

const fault = (code: SiteFault['code'], field: string, message: string): readonly SiteFault[] => [{ code, field, message }]

/** What is wrong with a wish, alone and together with all who are there and who came on any of the days: so no future can be refused later. */
const wishFaults = ({ site, days, slot, present }: ControllerState, wish: SiteCar): readonly SiteFault[] => {
  if (wish.departSlot <= slot) return fault('contradiction', 'wish.departSlot', `must be after slot ${slot}, which runs`)
  const guests = [wish, ...[...present.values()].map((car) => car.wish)]
  for (const toCome of days.length > 0 ? days.map(({ cars }) => cars) : [[]]) {
    const faults = siteFaults({ ...problemOf(site), cars: [...guests, ...toCome] })
    if (faults.length > 0) return faults.map((each) => ({ ...each, field: each.field.replace('cars[0]', 'wish') }))
  }
  return []
}

const noCar = (car: string) => fault('unknown', 'car', `no car ${car} is there`)

type Handlers = {
  readonly [Kind in OnlineEvent['kind']]: (
    state: ControllerState,
    event: Extract<OnlineEvent, { kind: Kind }>,
  ) => readonly SiteFault[] | undefined
}

const leave = ({ present, set, stale }: ControllerState, car: string): void => {
  present.delete(car)
  set.delete(car)
  stale.add(car)
}

const HANDLERS: Handlers = {
  arrival(own, { car, wish }) {
    if (own.slot >= own.site.pricePerKwh.length) return fault('range', 'slot', 'the day is over')
    if (own.present.has(car)) return fault('contradiction', 'car', `${car} is there already`)
    const full = { ...wish, arriveSlot: own.slot }
    const faults = wishFaults(own, full)
    if (faults.length > 0) return faults
    own.present.set(car, { wish: full, delivered: wattHours(0) })
    own.stale.add(car)
    return undefined
  },
  departure(own, { car }) {
    if (!own.present.has(car)) return noCar(car)
    leave(own, car)
    return undefined
  },
  wish(own, { car, wish }) {
    const before = own.present.get(car)
    if (!before) return noCar(car)
    const full = { ...before.wish, ...wish }
    const faults = wishFaults(own, full)
    if (faults.length > 0) return faults
    own.present.set(car, { ...before, wish: full })
    own.stale.add(car)
    return undefined
  },
  meter(own, { car, delivered }) {
    const before = own.present.get(car)
    if (!before) return noCar(car)
    if (!Number.isInteger(delivered) || delivered < 0)
      return fault('range', 'delivered', 'must be a whole number of Wh that is not negative')
    own.present.set(car, { ...before, delivered })
    own.stale.add(car)
    return undefined
  },
  limit(own, { node, limit }) {
    const before = own.site.nodes[node]
    if (!before) return fault('unknown', 'node', `there is no node ${node}`)
    const nodes = own.site.nodes.with(node, { ...before, limit })
    const faults = siteFaults({ ...problemOf(own.site), nodes, cars: [] })
    if (faults.length > 0) return faults
    own.site = { ...own.site, nodes }
    for (const future of own.futures?.each ?? []) repairLimit(future, node, { limit, rest: own.futures!.rest })
    return undefined
  },
  prices(own, { pricePerKwh, surplus }) {
    const site = { ...own.site, pricePerKwh, surplus: surplus ?? own.site.surplus }
    const faults = siteFaults({ ...problemOf(site), cars: [] })
    if (pricePerKwh.length !== own.site.pricePerKwh.length)
      return fault('length', 'pricePerKwh', 'must have a price for each slot of the day')
    if (faults.length > 0) return faults
    own.site = site
    for (const future of own.futures?.each ?? []) repairPrices(future, problemOf(site), own.futures!.rest)
    return undefined
  },
  slotPassed(own) {
    if (own.slot >= own.site.pricePerKwh.length) return fault('range', 'slot', 'the day is over')
    own.slot++
    for (const [name, car] of own.present) {
      if (car.wish.departSlot <= own.slot) leave(own, name)
      else own.present.set(name, { ...car, delivered: wattHours(car.delivered + (own.set.get(name) ?? 0)) })
    }
    // What is over can no longer be planned: the rest of the day is another problem.
    own.futures = undefined
    return undefined
  },
}

/** Tells a controller what has happened. Refused, by its field, where it makes no sense; then nothing has changed. */
export const tellController = (controller: OnlineController, event: OnlineEvent): Result<OnlineController, readonly SiteFault[]> => {
  const handle = HANDLERS[event.kind] as (own: ControllerState, what: OnlineEvent) => readonly SiteFault[] | undefined
  const faults = handle(controller[state], event)
  return faults ? fail(faults) : ok(controller)
}

const restOf = ({ site, days, present, slot }: ControllerState): Rest => {
  let end = slot + 1
  for (const { wish } of present.values()) end = Math.max(end, wish.departSlot)
  for (const { cars } of days) for (const { arriveSlot, departSlot } of cars) if (arriveSlot > slot) end = Math.max(end, departSlot)
  // A plan without a forecast has nothing to keep a reserve for.
  const kept = days.length === 0 ? 0 : (site.caution?.reserve ?? RESERVE)
  return { slot, end, kept }
}

/** Brings the futures up to what is known: repaired car by car, or all afresh where time has passed or somebody stays past their end. */
const upToDate = (own: ControllerState): readonly Future[] => {
  const { site, days, present, stale } = own
  const outlives = [...stale].some((name) => (present.get(name)?.wish.departSlot ?? 0) > (own.futures?.rest.end ?? 0))
  if (own.futures && !outlives) {
    const { rest, each } = own.futures
    for (const name of stale) {
      const car = present.get(name)
      for (const future of each) repairCar(future, name, car && restOfCar(car, rest))
    }
  } else {
    const rest = restOf(own)
    const known = days.length > 0 ? days.map(({ cars }) => cars) : [[]]
    own.futures = { rest, each: known.map((toCome) => openFuture(problemOf(site), { rest, present, toCome })) }
  }
  stale.clear()
  return own.futures.each
}

const WORST = 0.5
const RESERVE = 0.03

/** The mean of the highest of some values, at least one: a conditional value at risk. */
const meanOfWorst = (values: readonly number[], share: number): number => {
  const worst = values.toSorted((a, b) => b - a).slice(0, Math.max(1, Math.round(share * values.length)))
  return worst.reduce((sum, value) => sum + value, 0) / worst.length
}

/**
 * What each car may take in the slot that runs. Each of the last days is one way in which this day may go on; in each the rest is planned
 * exactly, and says what the last Wh costs each car then. The mean of that in the worst of them is what charging now is worth
 * to it: it charges where that is not below the price of now, those first to whom it is worth most.
 * @returns set-points of all cars that are there, in the order in which they came, and those that are not what was set before
 */
export const steer = (controller: OnlineController): { readonly setPoints: readonly SetPoint[]; readonly changed: readonly SetPoint[] } => {
  const own = controller[state]
  const { site, slot, present, set } = own
  if (slot >= site.pricePerKwh.length || present.size === 0) return { setPoints: [], changed: [] }
  const missing = missingPrice(site, slot)
  const worths = upToDate(own).map((future) => worthsIn(future, missing))
  const claims = [...present].map(([name, { wish, delivered }]) => {
    const [perSlot, left] = [whPerSlot(wish.maxPower, site.slotLength), Math.max(0, wish.need - delivered)]
    const value = meanOfWorst(
      worths.map((worth) => worth.get(name) ?? 0),
      site.caution?.worst ?? WORST,
    )
    return { node: wish.node, most: Math.min(perSlot, left), value, laxity: wish.departSlot - slot - left / perSlot }
  })
  const shares = shareSlot(claims, problemOf(site), slot)
  const setPoints = [...present.keys()].map((car, index) => ({ car, energy: wattHours(shares[index]!) }))
  const changed = setPoints.filter(({ car, energy }) => (set.get(car) ?? 0) !== energy)
  for (const { car, energy } of setPoints) set.set(car, energy)
  return { setPoints, changed }
}
