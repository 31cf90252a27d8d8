import { HOUR, MINUTE, type Milliseconds, ok, type Result, type Watts, wattHours, watts } from '@voltway/units'
import { type OnlineController, openController, type PastDay, steer, tellController } from '../online/index.ts'
import { type MicrosPerKwh, microsPerKwh, type SiteCar, type SiteFault, type SiteNode, type SiteProblem } from '../site/index.ts'
import { deliveredBy } from './delivered-by.ts'
import { baseOf } from './full-stage.ts'
import { limitRows } from './limit-rows.ts'
import { promisedRest } from './promised-parts.ts'
import { inTerms } from './round-set-points.ts'
import { arriveSlot, departWhole, pricesAtStart, type SlotGrid, wholeSlots } from './slot-grid.ts'
import type { PastCar, SteeredCar, SteeredSite } from './steered-site.ts'
import { walkInNeed } from './walk-in-need.ts'

/** What past days say of the quarter of an hour that begins now. */
export interface Anticipation {
  /** How many past days were looked at. */
  readonly days: number
  /** W that a promised car should have now, by its place in the site's cars, rather than wait for a slot that costs less. */
  readonly ratherThanCheaper: ReadonlyMap<number, number>
  /** The same rather than wait for a slot that costs as much or more: only where one is dearer to come by than it looks. */
  readonly ratherThanLater: ReadonlyMap<number, number>
}

const SLOT = (15 * MINUTE) as Milliseconds
const MOST_SLOTS = 672

const owedTo = ({ wish, ...car }: SteeredCar, site: SteeredSite): number =>
  wish.kind === 'promise' && !car.isResting
    ? [...promisedRest(wish.parts, deliveredBy({ ...car, wish }, site.now)).values()].reduce((sum, wh) => sum + wh, 0)
    : 0

const gridOf = (site: SteeredSite, days: readonly (readonly PastCar[])[]): SlotGrid => {
  const own = wholeSlots(site)
  const end = Math.max(...days.flatMap((cars) => cars.map(({ to }) => to)), site.now)
  return { ...own, count: Math.min(MOST_SLOTS, Math.max(own.count, Math.ceil((end - own.start) / SLOT))) }
}

/** What the site and its stations may draw beside what cannot be steered; where they have phases, what these carry together. */
const nodesOf = (site: SteeredSite, grid: SlotGrid, plenty: number): SiteNode[] => {
  const rows = limitRows(site, grid)
  const at = (row: number, slot: number) => rows.limits[row * grid.count + slot]!
  const limitOf = (row: number, first: number | undefined, isLimited: boolean): readonly Watts[] =>
    Array.from({ length: grid.count }, (_, slot) => {
      const onPhases = first === undefined ? plenty : [0, 1, 2].reduce((sum, phase) => sum + at(first + phase, slot), 0)
      return watts(Math.min(plenty, onPhases, isLimited ? at(row, slot) : plenty))
    })
  return [
    { limit: limitOf(0, rows.sitePhases, site.limit !== undefined || site.caps !== undefined) },
    ...site.stations.map(({ limit }, station) => ({
      parent: 0,
      limit: limitOf(1 + station, rows.stationPhases[station], limit !== undefined),
    })),
  ]
}

/** A past car as one that is still to come; undefined where it comes too late to matter. */
const carToCome = ({ station, from, to, energy, maxPower }: PastCar, grid: SlotGrid): SiteCar | undefined => {
  const first = Math.ceil((from - grid.start) / SLOT)
  if (first < 1 || first >= grid.count || energy < 1) return undefined
  const end = Math.min(grid.count, Math.max(first + 1, Math.floor((to - grid.start) / SLOT)))
  return { arriveSlot: first, departSlot: end, need: wattHours(Math.round(energy)), maxPower, node: 1 + station }
}

/** A car of the plan as one of the day, at a node of its own where its driver's price closes slots. */
const carOfDay = (site: SteeredSite, grid: SlotGrid, { car, nodes }: { readonly car: number; readonly nodes: SiteNode[] }) => {
  const steered = site.cars[car]!
  const { wish, terms, maxPower, station } = steered
  const need = Math.floor(wish.kind === 'promise' ? owedTo(steered, site) : walkInNeed(steered))
  const most = watts(inTerms(terms, maxPower))
  if (need < 1 || most <= 0) return undefined
  const own = { arriveSlot: arriveSlot(grid, wish), departSlot: departWhole(grid, wish), need: wattHours(need), maxPower: most }
  if (wish.kind === 'walkIn') return { ...own, node: 1 + station }
  const prices = pricesAtStart(grid, wish.prices)
  const dearest = Math.max(...wish.parts.map(({ perKwh }) => perKwh))
  if (prices.every((price) => price <= dearest)) return { ...own, node: 1 + station }
  nodes.push({ parent: 1 + station, limit: prices.map((price) => watts(price <= dearest ? most : 0)) })
  return { ...own, node: nodes.length - 1 }
}

/** The site as the online controller knows it, and its cars: those who are there, and those whose slot is booked. */
const dayOf = (site: SteeredSite, pastDays: readonly (readonly PastCar[])[]) => {
  const grid = gridOf(site, pastDays)
  const plenty = [...site.cars, ...pastDays.flat()].reduce((sum, { maxPower }) => sum + maxPower, 0)
  const nodes = nodesOf(site, grid, plenty)
  const present = new Map<number, SiteCar>()
  const booked: SiteCar[] = []
  for (const [car, { isExpected }] of site.cars.entries()) {
    const own = carOfDay(site, grid, { car, nodes })
    if (own && (isExpected || own.arriveSlot > 0)) booked.push(own)
    else if (own) present.set(car, own)
  }
  const history = pastDays.map(
    (cars, index): PastDay => ({ day: -1 - index, cars: [...booked, ...cars.flatMap((car) => carToCome(car, grid) ?? [])] }),
  )
  const pricePerKwh = pricesAtStart(grid, site.prices)
  const sun = site.surroundings && baseOf(site, grid, limitRows(site, grid)).map((base) => Math.max(0, -base))
  const feedIn = site.surroundings?.feedInPerKwh ?? 0
  return { problem: { slotLength: SLOT, pricePerKwh, nodes }, history, present, sun, feedIn }
}

type Prices = Pick<SiteProblem, 'pricePerKwh' | 'surplus'>

/** Prices of the day, the running slot dearer by so many micros. */
const pricesWith = ({ problem, sun, feedIn }: ReturnType<typeof dayOf>, more: number): Prices => {
  const dearer = (price: number, slot: number): MicrosPerKwh => microsPerKwh(slot === 0 ? price + more : price)
  return {
    pricePerKwh: problem.pricePerKwh.map(dearer),
    ...(sun && {
      surplus: {
        power: Array.from(sun, watts),
        feedInPerKwh: problem.pricePerKwh.map((price, slot) => dearer(Math.min(feedIn, price), slot)),
      },
    }),
  }
}

const powersNow = (controller: OnlineController): ReadonlyMap<number, number> =>
  new Map(steer(controller).setPoints.flatMap(({ car, energy }) => (energy > 0 ? [[Number(car), (energy * HOUR) / SLOT] as const] : [])))

/**
 * Which promised cars should charge now, by the site's last days (record 12): in each of them those who are there and those who came
 * later are planned together, and what the last Wh costs a car there says what charging now is worth to it. Twice, the second time
 * with a running slot that is dearer by a millionth, so that nobody is hurried for nothing. @returns undefined where no past day is known
 */
export const anticipate = (site: SteeredSite): Result<Anticipation | undefined, readonly SiteFault[]> => {
  const pastDays = site.pastDays ?? []
  if (pastDays.length === 0 || site.cars.every((car) => car.isExpected || owedTo(car, site) === 0)) return ok(undefined)
  const day = dayOf(site, pastDays)
  const caution = { days: pastDays.length }
  const opened = openController({ ...day.problem, ...pricesWith(day, 0), day: 0, history: day.history, caution })
  if (!opened.ok) return opened
  const controller = opened.value
  for (const [car, wish] of day.present) {
    const told = tellController(controller, { kind: 'arrival', car: String(car), wish })
    if (!told.ok) return told
  }
  const ratherThanCheaper = powersNow(controller)
  const dearer = tellController(controller, { kind: 'prices', ...pricesWith(day, 1) })
  if (!dearer.ok) return dearer
  return ok({ days: pastDays.length, ratherThanCheaper, ratherThanLater: powersNow(controller) })
}
