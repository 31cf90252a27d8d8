import { SECOND } from '@voltway/units'
import { type SlotGrid, slotStart, usableFrom } from './slot-grid.ts'
import { PHASE_VOLTS } from './station-terms.ts'
import type { DrawnPhases, SpanPower, SteeredCar, SteeredSite, UnsteeredLoad } from './steered-site.ts'

/** A row that a car draws from, and how much of its power. */
export interface LimitUse {
  readonly row: number
  readonly share: number
}

/** All that limits sums of cars: the site, its stations, and the phases of those where they are limited. */
export interface LimitRows {
  readonly slots: number
  /** W left for cars, at `row * slots + slot`: the site, then each station, then phases. */
  readonly limits: Float64Array
  /** The rows that a car draws from, in the order of the site's cars. */
  readonly uses: readonly (readonly LimitUse[])[]
  /** Those of cars that can be switched, while they are on one phase. */
  readonly usesOnOne: readonly (readonly LimitUse[] | undefined)[]
  /** The row of L1, followed by L2 and L3, of the site and of each station; undefined where phases are not limited. */
  readonly sitePhases: number | undefined
  readonly stationPhases: readonly (number | undefined)[]
}

const PHASES = ['L1', 'L2', 'L3'] as const

/** What share of a power is drawn from one phase. */
export const phaseShare = (phases: DrawnPhases | undefined, phase: number): number => {
  if (phases === undefined || phases === 'three') return 1 / 3
  return PHASES[phase] === phases ? 1 : 0
}

/** The most, or the mean, of what is forecast in each slot from when it can still be used. */
export const slotPowers = (grid: SlotGrid, spans: readonly SpanPower[], of: 'most' | 'mean'): Float64Array => {
  const found = new Float64Array(grid.count)
  for (const { from, to, power } of spans) {
    const first = Math.max(0, Math.floor((from - grid.start) / grid.slotLength))
    for (let slot = first; slot < grid.count && slotStart(grid, slot) < to; slot++) {
      const [begin, end] = [usableFrom(grid, slot), slotStart(grid, slot + 1)]
      const length = Math.min(end, to) - Math.max(begin, from)
      if (length <= 0) continue
      found[slot] = of === 'most' ? Math.max(found[slot]!, power) : found[slot]! + (power * length) / (end - begin)
    }
  }
  return found
}

/** Until when the power of a slot may hold: stations are told whole seconds, and slots need not begin at one. */
const heldUntil = (grid: SlotGrid, slot: number): number => Math.ceil(slotStart(grid, slot + 1) / SECOND) * SECOND

/** The lowest cap on what is set in each slot, from when it can still be used; endless where there is none. */
const lowestCaps = (grid: SlotGrid, caps: readonly SpanPower[]): Float64Array => {
  const found = new Float64Array(grid.count).fill(Number.POSITIVE_INFINITY)
  for (const { from, to, power } of caps) {
    const first = Math.max(0, Math.floor((from - grid.start) / grid.slotLength) - 1)
    for (let slot = first; slot < grid.count && slotStart(grid, slot) < to; slot++)
      if (to > usableFrom(grid, slot) && from < heldUntil(grid, slot)) found[slot] = Math.min(found[slot]!, power)
  }
  return found
}

/** W that a row leaves for cars in a slot. */
type Row = (slot: number) => number

const drawnBy = (loads: readonly UnsteeredLoad[], isBelow: (load: UnsteeredLoad) => boolean, phase: number | undefined): number =>
  loads.reduce((sum, load) => sum + (isBelow(load) ? load.power * (phase === undefined ? 1 : phaseShare(load.phases, phase)) : 0), 0)

/** Every limit as a row, with what cannot be steered and the building taken off. */
export const limitRows = (site: SteeredSite, grid: SlotGrid): LimitRows => {
  const { cars, loads, stations, phaseLimits, surroundings } = site
  const { count } = grid
  const building = slotPowers(grid, surroundings?.load ?? [], 'most')
  const caps = lowestCaps(grid, site.caps ?? [])
  const everything = cars.reduce((sum, { maxPower }) => sum + maxPower, 0)
  const below = (station: number) => (load: UnsteeredLoad) => load.station === station
  const left = (limit: number, taken: number) => (limit === Number.POSITIVE_INFINITY ? everything : Math.max(0, limit - taken))
  const drawn = drawnBy(loads, () => true, undefined)
  const rows: Row[] = [
    (slot) => left(Math.min(site.limit ?? Number.POSITIVE_INFINITY, caps[slot]!), drawn + building[slot]!),
    ...stations.map(({ limit = Number.POSITIVE_INFINITY }, station): Row => {
      const here = drawnBy(loads, below(station), undefined)
      return () => left(limit, here)
    }),
  ]
  const inWatts = ({ station }: SteeredCar): LimitUse[] => [
    { row: 0, share: 1 },
    { row: 1 + station, share: 1 },
  ]
  const uses = cars.map(inWatts)
  const usesOnOne = cars.map((car) => car.switching && inWatts(car))
  const addPhase = (amperes: number, phase: number, at: number | undefined): void => {
    const here = drawnBy(loads, at === undefined ? () => true : below(at), phase)
    rows.push((slot) => left(amperes * PHASE_VOLTS, here + (at === undefined ? building[slot]! / 3 : 0)))
    for (const [car, { station, phases, switching }] of cars.entries()) {
      if (at !== undefined && at !== station) continue
      const share = phaseShare(phases, phase)
      if (share > 0) uses[car]!.push({ row: rows.length - 1, share })
      if (switching?.phase === PHASES[phase]) usesOnOne[car]!.push({ row: rows.length - 1, share: 1 })
    }
  }
  const sitePhases = phaseLimits && rows.length
  for (const [phase, amperes] of (phaseLimits ?? []).entries()) addPhase(amperes, phase, undefined)
  const stationPhases = stations.map(({ phaseLimit }, station) => {
    if (phaseLimit === undefined) return undefined
    for (const phase of PHASES.keys()) addPhase(phaseLimit, phase, station)
    return rows.length - PHASES.length
  })
  const limits = new Float64Array(rows.length * count)
  for (const [row, leftIn] of rows.entries()) for (let slot = 0; slot < count; slot++) limits[row * count + slot] = leftIn(slot)
  return { slots: count, limits, uses, usesOnOne, sitePhases, stationPhases }
}
