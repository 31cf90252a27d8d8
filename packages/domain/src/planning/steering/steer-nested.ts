import { MINUTE, ok, type Result, wattHours, watts } from '@voltway/units'
import { microsPerKwh, type SiteFault } from '../site/index.ts'
import { anticipate } from './anticipate.ts'
import { calmPlan } from './calm-plan.ts'
import { deliveredBy } from './delivered-by.ts'
import { type FairClaim, fairPowers } from './fair-powers.ts'
import { type GivenEarly, giveEarly } from './give-early.ts'
import { keepCurves } from './keep-curves.ts'
import { limitRows } from './limit-rows.ts'
import { type DemandOutcome, giveEnergy, planStage, type SiteRoom, type StageDemand, type StagePlan } from './plan-stage.ts'
import { promisedRest } from './promised-parts.ts'
import { inTerms, type RoundedCar, roundSetPoints } from './round-set-points.ts'
import { arriveSlot, carHours, departSlot, type SlotGrid, slotGrid, slotHours, slotPrices, slotStart } from './slot-grid.ts'
import type { SteeredCar, SteeredSite } from './steered-site.ts'
import type { SteeredCarPlan, SteeringPlan, SteeringReason } from './steering-plan.ts'
import { tellSchedules } from './tell-schedules.ts'
import { walkInNeed } from './walk-in-need.ts'

/** Walk-ins that must wait do so for three fine slots, then another has its turn. */
const TURN = 15 * MINUTE

const roomOf = (site: SteeredSite, grid: SlotGrid): { readonly room: SiteRoom; readonly limits: Float64Array } => {
  const { count } = grid
  const { cars, stations } = site
  const above = (1 + stations.length) * count
  const limits = new Float64Array(above + cars.length * count)
  limits.set(limitRows(site, grid).limits.subarray(0, above))
  // Whole steps only, so that rounding takes nothing from a car at full power.
  for (const [car, { maxPower, terms }] of cars.entries())
    limits.fill(inTerms(terms, maxPower), above + car * count, above + (car + 1) * count)
  const wh = limits.map((power, at) => {
    const [node, slot] = [Math.floor(at / count), at % count]
    const car = cars[node - 1 - stations.length]
    return Math.floor(power * (car ? carHours(grid, car.wish, slot) : slotHours(grid, slot)) + 1e-6)
  })
  return { room: { wh, given: new Float64Array(cars.length * count) }, limits }
}

/** What promised cars are owed at each price, in slots that cost their driver no more. */
const promisedDemands = ({ cars }: SteeredSite, grid: SlotGrid, kept: ReadonlySet<number>): readonly StageDemand[] =>
  cars.flatMap((steered, car) => {
    const { wish, isResting } = steered
    if (wish.kind !== 'promise' || isResting || kept.has(car)) return []
    const prices = slotPrices(grid, wish.prices)
    return [...promisedRest(wish.parts, deliveredBy(steered, grid.now))].map(([perKwh, need]) => {
      const isOpen = prices.some((price) => price > perKwh) ? (slot: number) => prices[slot]! <= perKwh : undefined
      return { car, need, arriveSlot: arriveSlot(grid, wish), departSlot: departSlot(grid, wish), isOpen }
    })
  })

/** Walk-ins in what is left, each at most at its fair share; those whose minimum no longer fits wait for their turn. */
const walkInDemands = (site: SteeredSite, grid: SlotGrid, room: SiteRoom): readonly StageDemand[] => {
  const { cars, stations, now } = site
  const { count } = grid
  const hours = slotHours(grid, 0)
  const waiting = [...cars.keys()]
    .filter((car) => walkInNeed(cars[car]!) > 0)
    .sort((a, b) => cars[a]!.delivered - cars[b]!.delivered || a - b)
  const powerLeft = (node: number) => room.wh[node * count]! / hours
  const claims = waiting.map((car): FairClaim => {
    const { station, terms, maxPower, isResting } = cars[car]!
    const uses = [
      { row: 0, share: 1 },
      { row: 1 + station, share: 1 },
    ]
    return { uses, minimum: terms.minimum, maximum: isResting ? Math.min(maxPower, terms.minimum) : maxPower }
  })
  const shares = fairPowers(claims, [powerLeft(0), ...stations.map((_, station) => powerLeft(1 + station))])
  return waiting.map((car, index) => {
    const share = shares[index]!
    const evse = 1 + stations.length + car
    for (let slot = 0; slot < count && share > 0; slot++) {
      const cap = Math.floor(share * carHours(grid, cars[car]!.wish, slot) + 1e-6)
      room.wh[evse * count + slot] = Math.min(room.wh[evse * count + slot]!, cap)
    }
    const isOpen = share > 0 ? undefined : (slot: number) => slotStart(grid, slot) >= now + TURN
    return { car, need: walkInNeed(cars[car]!), arriveSlot: 0, departSlot: departSlot(grid, cars[car]!.wish), isOpen }
  })
}

interface Promises {
  /** Cars on the curves that were accepted. */
  readonly kept: ReadonlySet<number>
  readonly promised: StagePlan
  readonly moved: StagePlan
}
interface Staged extends Promises {
  readonly walkIns: StagePlan
}

const sumOf = (values: Iterable<number>) => wattHours([...values].reduce((total, wh) => total + wh, 0))
const lackOf = ({ outcomes }: StagePlan) => sumOf(outcomes.map(({ shortfall }) => shortfall))

/** Promises at their price; then what could not be had at it. */
const planPromises = (
  site: SteeredSite,
  grid: SlotGrid,
  { room, kept }: { readonly room: SiteRoom; readonly kept: ReadonlySet<number> },
): Result<Promises, readonly SiteFault[]> => {
  const prices = slotPrices(grid, site.prices)
  const promised = planStage(site, grid, { prices, demands: promisedDemands(site, grid, kept), room })
  if (!promised.ok) return promised
  const again = [...Map.groupBy(promised.value.outcomes, ({ demand }) => demand.car).values()].map((outcomes): StageDemand => {
    const { isOpen: _, ...demand } = outcomes[0]!.demand
    return { ...demand, need: outcomes.reduce((sum, { shortfall }) => sum + shortfall, 0) }
  })
  const moved = planStage(site, grid, { prices, demands: again, room })
  return moved.ok ? ok({ kept, promised: promised.value, moved: moved.value }) : moved
}

const copyOf = ({ wh, given }: SiteRoom): SiteRoom => ({ wh: wh.slice(), given: given.slice() })

/** Accepted curves as they are, where they fit and nobody lacks for them; else all promises together. Then walk-ins, as soon as can be. */
const planStages = (site: SteeredSite, grid: SlotGrid, room: SiteRoom): Result<Staged, readonly SiteFault[]> => {
  const untouched = copyOf(room)
  const kept = keepCurves(site, grid, room)
  let promises = planPromises(site, grid, { room, kept })
  if (promises.ok && kept.size > 0 && lackOf(promises.value.promised) > 0) {
    room.wh.set(untouched.wh)
    room.given.set(untouched.given)
    promises = planPromises(site, grid, { room, kept: new Set() })
  }
  if (!promises.ok) return promises
  if (promises.value.kept.size === 0) calmPlan(site, grid, room)
  const soonest = slotPrices(grid, []).map((_, slot) => microsPerKwh(slot))
  const walkIns = planStage(site, grid, { prices: soonest, demands: walkInDemands(site, grid, room), room })
  return walkIns.ok ? ok({ ...promises.value, walkIns: walkIns.value }) : walkIns
}

const reasonOf = (
  site: SteeredSite,
  grid: SlotGrid,
  { car, stages }: { readonly car: number; readonly stages: Staged },
): SteeringReason => {
  const { wish, isResting } = site.cars[car]!
  const of = ({ outcomes }: StagePlan) => outcomes.filter(({ demand }) => demand.car === car)
  const [promised, moved, walkIn] = [of(stages.promised), of(stages.moved)[0], of(stages.walkIns)[0]]
  const told = (code: SteeringReason['code'], outcome: DemandOutcome | undefined, priced: boolean): SteeringReason => {
    const marginal = priced ? outcome?.marginalPerKwh : undefined
    const prices = slotPrices(grid, site.prices).slice(0, outcome?.demand.departSlot)
    const cheapest = Math.min(...prices)
    const congestion = marginal === undefined ? undefined : microsPerKwh(Math.max(0, marginal - cheapest))
    return { code, marginalPerKwh: marginal, congestionPerKwh: congestion, at: outcome?.at }
  }
  if (isResting) return told('resting', undefined, false)
  if (wish.kind === 'walkIn')
    return told(walkIn && walkIn.shortfall > 0 ? (walkIn.code === 'tooLittleTime' ? 'tooLittleTime' : 'limits') : 'soonest', walkIn, false)
  const dearest = promised.toSorted((a, b) => (b.marginalPerKwh ?? 0) - (a.marginalPerKwh ?? 0))[0]
  if (!moved) return told('promiseKept', dearest, true)
  if (moved.shortfall === 0) return told('promiseMoved', moved, true)
  return told(moved.code === 'tooLittleTime' ? 'tooLittleTime' : 'limits', moved, true)
}

const roundedCar = (car: SteeredCar, grid: SlotGrid): RoundedCar => {
  const { wish } = car
  const until = departSlot(grid, wish)
  if (wish.kind === 'walkIn') return { ...car, departSlot: until, isPromised: false, isOpen: () => true }
  const prices = slotPrices(grid, wish.prices)
  const dearest = Math.max(...wish.parts.map(({ perKwh }) => perKwh))
  return { ...car, departSlot: until, isPromised: true, isOpen: (slot) => prices[slot]! <= dearest }
}

const costOf = (site: SteeredSite, grid: SlotGrid, given: Float64Array): bigint => {
  const prices = slotPrices(grid, site.prices)
  return given.reduce((nanos, wh, at) => nanos + BigInt(wh) * BigInt(prices[at % grid.count]!), 0n)
}

const shortfallOf = (stages: Staged, car: number): number =>
  [...stages.moved.outcomes, ...stages.walkIns.outcomes].reduce(
    (sum, { demand, shortfall }) => sum + (demand.car === car ? shortfall : 0),
    0,
  )

/** Energy of promises that had better not wait, in the room that is left now. */
const earlyOf = (site: SteeredSite, grid: SlotGrid, room: SiteRoom): Result<GivenEarly | undefined, readonly SiteFault[]> => {
  const { cars, stations } = site
  const { count } = grid
  const anticipation = anticipate(site)
  if (!anticipation.ok || !anticipation.value) return anticipation.ok ? ok(undefined) : anticipation
  const prices = slotPrices(grid, site.prices)
  const energyIn = (car: number, slot: number) => room.given[car * count + slot]!
  const give = (car: number, slot: number, energy: number) => giveEnergy(site, room, { car, at: { slot, count }, energy })
  const plan = {
    energyIn,
    roomFor: (car: number, slot: number) => {
      const left = Math.min(...[0, 1 + cars[car]!.station, 1 + stations.length + car].map((node) => room.wh[node * count + slot]!))
      return (energyIn(car, slot) + Math.max(0, left)) / carHours(grid, cars[car]!.wish, slot)
    },
    give,
    take: (car: number, slot: number, energy: number) => give(car, slot, -energy),
    priceAt: (slot: number) => prices[slot]!,
  }
  return ok(giveEarly(site, grid, { anticipation: anticipation.value, plan }))
}

/**
 * From what is known of a site to what each station is told: promises first, exactly and certified; then walk-ins by fair shares;
 * in the stations' own terms, with no limit exceeded at any time; and only what must change is changed.
 */
export const steerNested = (site: SteeredSite): Result<SteeringPlan, readonly SiteFault[]> => {
  const grid = slotGrid(site)
  const { count } = grid
  const { room, limits } = roomOf(site, grid)
  const staged = planStages(site, grid, room)
  if (!staged.ok) return staged
  const stages = staged.value
  const early = earlyOf(site, grid, room)
  if (!early.ok) return early
  const hours = (car: number, slot: number) => carHours(grid, site.cars[car]!.wish, slot)
  const planned = room.given.map((wh, at) => wh / hours(Math.floor(at / count), at % count))
  const { power, share } = roundSetPoints({
    slots: count,
    hours,
    cars: site.cars.map((car) => roundedCar(car, grid)),
    planned,
    limits,
  })
  const rowOf = (values: Float64Array, car: number) => values.subarray(car * count, (car + 1) * count)
  const changed = tellSchedules(site, grid, { power, share, rows: limitRows(site, grid) })
  const cars = site.cars.map(
    (_, car): SteeredCarPlan => ({
      ...changed[car]!,
      planned: sumOf(rowOf(room.given, car)),
      shortfall: wattHours(shortfallOf(stages, car)),
      reason: reasonOf(site, grid, { car, stages }),
    }),
  )
  const all = [stages.promised, stages.moved, stages.walkIns]
  return ok({
    grid,
    planner: 'nested',
    cars,
    planned: sumOf(room.given),
    shortfall: sumOf(cars.map(({ shortfall }) => shortfall)),
    costNanos: costOf(site, grid, room.given),
    solar: wattHours(0),
    peakRise: watts(0),
    // What is given early costs more than the best plan of those who are there: that is no proof any more.
    costGapNanos: all.reduce((total, { costGapNanos }) => total + costGapNanos, early.value?.dearerNanos ?? 0n),
    shortfallGapWh: all.reduce((total, { shortfallGapWh }) => total + shortfallGapWh, 0n),
    ...(early.value && { anticipated: { days: early.value.days, early: early.value.early } }),
  })
}
