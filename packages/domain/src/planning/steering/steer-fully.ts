import { ok, type Result, wattHours } from '@voltway/units'
import { type MicrosPerKwh, microsPerKwh, type SiteFault } from '../site/index.ts'
import { anticipate } from './anticipate.ts'
import { deliveredBy } from './delivered-by.ts'
import { fillWalkIns, type WalkIn } from './fill-walk-ins.ts'
import { fittedEarly } from './fitted-early.ts'
import { type FittedPowers, openFittedPowers } from './fitted-powers.ts'
import { baseOf, type FullDemand, type FullStage, planFullStage } from './full-stage.ts'
import { type LimitRows, limitRows } from './limit-rows.ts'
import type { BindingPlace } from './plan-stage.ts'
import { promisedRest } from './promised-parts.ts'
import { inTerms } from './round-set-points.ts'
import { powerAt } from './set-point-schedule.ts'
import { siteBill } from './site-bill.ts'
import { arriveSlot, carHours, departSlot, pricesAtStart, type SlotGrid, wholeSlots } from './slot-grid.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'
import type { SteeredCarPlan, SteeringPlan, SteeringReason } from './steering-plan.ts'
import { switchHold } from './switching.ts'
import { tellSchedules } from './tell-schedules.ts'
import { topUp } from './top-up.ts'
import { walkInNeed } from './walk-in-need.ts'

/** A car that lacks less than this has what it was promised. */
const LACKS_WH = 60

const pausesLeft = ({ mostPauses }: SteeredSite, { pauses = 0 }: SteeredCar): number | undefined =>
  mostPauses === undefined ? undefined : Math.max(0, mostPauses - pauses)

const chargesNow = (site: SteeredSite, { inForce }: SteeredCar): boolean => inForce !== undefined && powerAt(inForce, site.now) > 0

const demandsOf = (site: SteeredSite, grid: SlotGrid): readonly FullDemand[] =>
  site.cars.flatMap((steered, car): readonly FullDemand[] => {
    const { wish, isResting } = steered
    if (wish.kind !== 'promise' || isResting) return []
    const need = [...promisedRest(wish.parts, deliveredBy(steered, grid.now)).values()].reduce((sum, wh) => sum + wh, 0)
    if (need <= 0) return []
    const prices = pricesAtStart(grid, wish.prices)
    const dearest = Math.max(...wish.parts.map(({ perKwh }) => perKwh))
    const isOpen = prices.some((price) => price > dearest) ? (slot: number) => prices[slot]! <= dearest : undefined
    return [{ car, need, isOpen, pausesLeft: pausesLeft(site, steered), isCharging: chargesNow(site, steered) }]
  })

interface Promised {
  readonly demands: readonly FullDemand[]
  readonly stage: FullStage
  /** Cars that could not be served at their price. */
  readonly moved: ReadonlySet<number>
}

/** Promises at no more than their price; those that lack energy so, at any. */
const planPromised = (site: SteeredSite, grid: SlotGrid, rows: LimitRows): Result<Promised, readonly SiteFault[]> => {
  const demands = demandsOf(site, grid)
  const first = planFullStage(site, grid, { demands, rows })
  if (!first.ok) return first
  const isMoved = ({ isOpen }: FullDemand, place: number) => isOpen !== undefined && first.value.lacking.has(place)
  if (!demands.some(isMoved)) return ok({ demands, stage: first.value, moved: new Set() })
  const opened = demands.map((demand, place) => (isMoved(demand, place) ? { ...demand, isOpen: undefined } : demand))
  const second = planFullStage(site, grid, { demands: opened, rows })
  const moved = new Set(demands.filter(isMoved).map(({ car }) => car))
  return second.ok ? ok({ demands: opened, stage: second.value, moved }) : second
}

/** The planned phases of a car; before its window those in use, after it those at its end, and where nothing is planned all the time those in use. */
const setPhases = (
  site: SteeredSite,
  grid: SlotGrid,
  at: { readonly car: number; readonly planned: Uint8Array; readonly fitted: FittedPowers },
): void => {
  const { car, planned, fitted } = at
  const own = planned.subarray(car * grid.count, (car + 1) * grid.count)
  const first = own.find((phases) => phases > 0) === 1 ? 1 : 3
  let phases: 1 | 3 = switchHold(site.cars[car]!, grid, site.now).inUse ?? first
  for (let slot = 0; slot < grid.count; slot++) {
    const now = own[slot]
    if (now === 1 || now === 3) phases = now
    fitted.setPhases(car, slot, phases)
  }
}

/** Puts promised powers under the limits, then adds what slots that have partly gone do not give; where it can, below the planned peak. */
const fitPromised = (
  site: SteeredSite,
  grid: SlotGrid,
  at: { readonly promised: Promised; readonly rows: LimitRows; readonly fitted: FittedPowers },
) => {
  const { promised, rows, fitted } = at
  const { demands, stage } = promised
  const { count } = grid
  for (const [car, { switching }] of site.cars.entries()) if (switching) setPhases(site, grid, { car, planned: stage.phases, fitted })
  for (const { car } of demands)
    for (let slot = 0; slot < count; slot++) {
      const most = Math.min(stage.power[car * count + slot]!, fitted.roomFor(car, slot))
      fitted.set(car, slot, inTerms(fitted.termsIn(car, slot), most))
    }
  const base = baseOf(site, grid, rows)
  const prices = pricesAtStart(grid, site.prices)
  const feedIn = site.surroundings?.feedInPerKwh ?? 0
  const drawn = (slot: number) => rows.limits[slot]! - fitted.left[slot]!
  let peak: number = site.demandCharge?.peakSoFar ?? 0
  for (let slot = 0; slot < count; slot++) peak = Math.max(peak, base[slot]! + drawn(slot))
  const priceAt = (slot: number) => (base[slot]! + drawn(slot) < 0 ? Math.min(feedIn, prices[slot]!) : prices[slot]!)
  const belowPeak = (car: number, slot: number) => fitted.power[car * count + slot]! + peak - base[slot]! - drawn(slot)
  for (const mostAt of [...(site.demandCharge ? [belowPeak] : []), () => Number.POSITIVE_INFINITY])
    for (const { car, need, isOpen, pausesLeft: pauses } of demands)
      topUp(site, grid, { fitted, want: { car, need, isOpen, keepsRuns: pauses !== undefined }, ways: { priceAt, mostAt } })
}

const walkInsOf = (site: SteeredSite): readonly WalkIn[] =>
  site.cars.flatMap((steered, car) => {
    const need = walkInNeed(steered)
    const keepsOn = chargesNow(site, steered) && pausesLeft(site, steered) === 0
    return need > 0 ? [{ car, need, keepsOn }] : []
  })

/** Which limit leaves a car the least in its window. */
const bindingPlace = (
  site: SteeredSite,
  grid: SlotGrid,
  at: { readonly car: number; readonly rows: LimitRows; readonly fitted: FittedPowers },
): BindingPlace => {
  const { car, rows, fitted } = at
  const { wish } = site.cars[car]!
  let [least, found] = [Number.POSITIVE_INFINITY, 0]
  for (let slot = arriveSlot(grid, wish); slot < departSlot(grid, wish); slot++)
    for (const { row, share } of rows.uses[car]!) {
      const left = fitted.left[row * grid.count + slot]! / share
      if (left < least) [least, found] = [left, row]
    }
  return found === 0 ? 'site' : found <= site.stations.length ? 'station' : 'phase'
}

interface Outcome {
  readonly need: number
  readonly had: number
  readonly marginal: MicrosPerKwh | undefined
  readonly isMoved: boolean
}

const reasonOf = (
  site: SteeredSite,
  grid: SlotGrid,
  {
    car,
    outcome: { need, had, marginal, isMoved },
    place,
  }: { readonly car: number; readonly outcome: Outcome; readonly place: BindingPlace },
): SteeringReason => {
  const { wish, isResting, maxPower } = site.cars[car]!
  const end = departSlot(grid, wish)
  const congestion =
    marginal === undefined ? undefined : microsPerKwh(Math.max(0, marginal - Math.min(...pricesAtStart(grid, site.prices).slice(0, end))))
  const told = (code: SteeringReason['code'], at?: BindingPlace): SteeringReason => ({
    code,
    marginalPerKwh: marginal,
    congestionPerKwh: congestion,
    at,
  })
  if (isResting) return told('resting')
  if (need - had > LACKS_WH) {
    let most = 0
    for (let slot = arriveSlot(grid, wish); slot < end; slot++) most += maxPower * carHours(grid, wish, slot)
    return most < need ? told('tooLittleTime') : told('limits', place)
  }
  if (wish.kind === 'walkIn') return told('soonest')
  return isMoved ? told('promiseMoved') : told('promiseKept', congestion ? place : undefined)
}

/** The promised energy and how it came about, or what a walk-in wants. */
const outcomeOf = (site: SteeredSite, promised: Promised, { car, had }: { readonly car: number; readonly had: number }): Outcome => {
  const place = promised.demands.findIndex((demand) => demand.car === car)
  const isMoved = promised.moved.has(car)
  if (place < 0) return { need: walkInNeed(site.cars[car]!), had, marginal: undefined, isMoved }
  return { need: promised.demands[place]!.need, had, marginal: promised.stage.marginals[place], isMoved }
}

/**
 * Steers a site with phases, limited pauses, sun, building or a peak that is paid for: promises by the full model, in the steps that
 * stations know; then walk-ins by fair shares of what every limit and phase leaves.
 */
export const steerFully = (site: SteeredSite): Result<SteeringPlan, readonly SiteFault[]> => {
  const grid = wholeSlots(site)
  const { count } = grid
  const rows = limitRows(site, grid)
  const promised = planPromised(site, grid, rows)
  if (!promised.ok) return promised
  const fitted = openFittedPowers(site, grid, rows)
  fitPromised(site, grid, { promised: promised.value, rows, fitted })
  fillWalkIns(site, grid, { walkIns: walkInsOf(site), fitted })
  // An early turn may be one pause more.
  const anticipation = site.mostPauses === undefined ? anticipate(site) : ok(undefined)
  if (!anticipation.ok) return anticipation
  const early = anticipation.value && fittedEarly(site, grid, { anticipation: anticipation.value, rows, fitted })
  const changed = tellSchedules(site, grid, { ...fitted, rows })
  const [energy, power] = [new Float64Array(count), new Float64Array(count)]
  const cars = site.cars.map((_, car): SteeredCarPlan => {
    let had = 0
    for (let slot = 0; slot < count; slot++) {
      const own = fitted.energyIn(car, slot)
      had += own
      energy[slot]! += own
      power[slot]! += fitted.power[car * count + slot]!
    }
    const outcome = outcomeOf(site, promised.value, { car, had })
    const shortfall = outcome.need - had > LACKS_WH ? Math.ceil(outcome.need - had) : 0
    const place = bindingPlace(site, grid, { car, rows, fitted })
    return {
      ...changed[car]!,
      planned: wattHours(Math.round(had)),
      shortfall: wattHours(shortfall),
      reason: reasonOf(site, grid, { car, outcome, place }),
    }
  })
  const sumOf = (of: (car: SteeredCarPlan) => number) => wattHours(cars.reduce((sum, car) => sum + of(car), 0))
  return ok({
    grid,
    planner: 'full',
    cars,
    planned: sumOf(({ planned }) => planned),
    shortfall: sumOf(({ shortfall }) => shortfall),
    ...siteBill(site, grid, { base: baseOf(site, grid, rows), energy, power }),
    costGapNanos: promised.value.stage.costGapNanos + (early?.dearerNanos ?? 0n),
    shortfallGapWh: 0n,
    ...(early && { anticipated: { days: early.days, early: early.early } }),
  })
}
