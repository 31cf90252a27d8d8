import { epochMs, fail, MINUTE, ok, type Result, wattHours } from '@voltway/units'
import type { PlanKind, PlanReason } from '../plan.ts'
import { pricePlan } from '../price-plan.ts'
import { carCurve } from './car-curve.ts'
import { carFaults, coversStay } from './car-faults.ts'
import type { CarPlan } from './car-plan.ts'
import { bestReach, reachOf } from './car-reach.ts'
import { shortfallCause } from './car-shortfall.ts'
import { type CarStage, carStage, stageCells } from './car-stage.ts'
import type { CarContext, CarFault, CarGoal, CarWish } from './car-wish.ts'
import { certifyCar } from './certify-car.ts'
import { type ChargePiece, chargeOn } from './charge-pieces.ts'
import { explainSlots } from './explain-slots.ts'
import { fillExactly } from './fill-exactly.ts'
import { joinPieces } from './join-pieces.ts'
import { mostEnergy } from './most-energy.ts'
import { type CarAsk, plainTable } from './search-car.ts'
import { energyBy } from './search-runs.ts'
import type { Found } from './search-setting.ts'
import { searchUnderCap } from './search-under-cap.ts'

const KINDS: Readonly<Record<CarGoal, PlanKind>> = { cheapest: 'cheapest', greenest: 'greenest', earliest: 'soonest' }
const GOALS: Readonly<Record<CarGoal, PlanReason>> = {
  cheapest: { code: 'cheapestBeforeDeparture' },
  greenest: { code: 'greenestBeforeDeparture' },
  earliest: { code: 'soonest' },
}

type Ask = Pick<CarAsk, 'energy' | 'minimum' | 'goal'>

const priced = ({ wish, tariffAt }: CarStage, { start, end, pieces }: Found) => {
  const energy = wattHours(Math.round(pieces.at(-1)?.energyAfter ?? 0))
  const draft = { kind: KINDS[wish.goal], start: epochMs(start), end: epochMs(end), energy, curve: carCurve(pieces), reasons: [] }
  return { ...pricePlan(draft, tariffAt), curve: draft.curve }
}

const gramsOf = (pieces: readonly ChargePiece[]): number =>
  pieces.reduce((sum, { cell, energyBefore, energyAfter }) => sum + (cell.grams * (energyAfter - energyBefore)) / 1_000, 0)

/** The wish as it was asked: all power from the arrival on; undefined where that is not possible, or not what the wish allows. */
const askedFound = (stage: CarStage, ask: Ask): Found | undefined => {
  const { wish, windows, lastPart } = stage
  if (lastPart) return undefined
  const cells = windows.find((window) => window.some(({ from, startsPlan }) => startsPlan && from === wish.arrival))
  if (!cells) return undefined
  const table = plainTable(stage, ask.energy)
  const pieces = chargeOn(cells, table, { at: wish.arrival, energy: 0, mayPause: !wish.uninterrupted })
  if (pieces.at(-1)?.energyAfter !== table.energies.at(-1)) return undefined
  if (ask.minimum && energyBy(pieces, ask.minimum.by) < ask.minimum.energy - 1e-6) return undefined
  return { start: wish.arrival, end: pieces.at(-1)!.to, weighed: 0, pieces }
}

/** What was found, unless the wish as asked is better by its receipt: rounded lines must not make anybody worse off than asked. */
const neverWorse = (stage: CarStage, ask: Ask, found: Found | undefined): Found | undefined => {
  const { goal, priceCapMicros } = stage.wish
  const asked = askedFound(stage, ask)
  if (!asked) return found
  const [costs, cost] = [priced(stage, asked).cost.totalMicros, found && priced(stage, found).cost.totalMicros]
  if (priceCapMicros !== undefined && costs > priceCapMicros) return found
  if (!found || cost === undefined) return asked
  if (goal === 'cheapest') return costs < cost ? asked : found
  if (goal === 'greenest') return gramsOf(asked.pieces) < gramsOf(found.pieces) - 1e-3 ? asked : found
  return asked.end < found.end ? asked : found
}

const isWithinCap = (stage: CarStage, found: Found): boolean =>
  stage.wish.priceCapMicros === undefined || priced(stage, found).cost.totalMicros <= stage.wish.priceCapMicros

/** Where the last part cannot be kept with the rest of the wish, the plan is made without it. */
const search = (stage: CarStage, ask: Ask): Found | undefined => {
  const found = searchUnderCap(stage, ask, (one) => priced(stage, one))
  if (!found && stage.lastPart) return search({ ...stage, lastPart: undefined }, ask)
  return neverWorse(stage, ask, found && finished(stage, ask, found))
}

/** Without what the grid of the search loses, and in fewer runs, unless the rounded lines of its receipt are then above the cap. */
const finished = (stage: CarStage, ask: Ask, searched: Found): Found => {
  const found = fillExactly(stage, { ...ask, isWithin: (one) => isWithinCap(stage, one) }, searched)
  const cells = stage.windows.find((window) => window[0]!.from <= found.start && window.at(-1)!.to >= found.end)
  if (!cells || stage.wish.uninterrupted) return found
  const table = plainTable(stage, found.pieces.at(-1)!.energyAfter)
  const joined = joinPieces(found, { cells, table, by: stage.minimum?.by, isSoonest: stage.wish.goal === 'earliest' })
  return isWithinCap(stage, joined) ? joined : found
}

/** The most energy, in whole Wh, that the cap pays for at its cheapest. */
const mostUnderCap = (stage: CarStage, { energy: asked, minimum }: Ask): Found | undefined => {
  const askOf = (energy: number): Ask => ({
    energy,
    minimum: minimum && { ...minimum, energy: Math.min(minimum.energy, energy) },
    goal: 'cheapest',
  })
  return mostEnergy(stage, {
    below: asked,
    minimum,
    searchAt: (energy) => search(stage, askOf(energy)),
    settle: (energy, found) => {
      const ask = askOf(energy)
      return neverWorse(stage, ask, found && isWithinCap(stage, found) ? finished(stage, ask, found) : undefined)
    },
  })
}

const reasonsOf = (
  stage: CarStage,
  found: Found,
  { totalMicros, lacksMinimum }: { readonly totalMicros: bigint; readonly lacksMinimum: boolean },
): readonly PlanReason[] => {
  const { wish, minimum, context, tariffAt } = stage
  const reasons: PlanReason[] = [GOALS[wish.goal]]
  if (minimum && !lacksMinimum) reasons.push({ code: 'minimumInTime' })
  if (wish.lastPart) reasons.push({ code: found.keepsLast ? 'lastPartKept' : 'lastPartLeftOut' })
  if (wish.uninterrupted) reasons.push({ code: 'withoutPause' })
  const energy = found.pieces.at(-1)!.energyAfter
  const all = stageCells({ start: wish.arrival, end: wish.departure }, wish, context)
  const pieces = chargeOn(all, plainTable(stage, energy), { at: wish.arrival, energy: 0, mayPause: true })
  if (pieces.at(-1)?.energyAfter !== energy) return reasons
  const asked = { start: wish.arrival, end: pieces.at(-1)!.to, weighed: 0, pieces }
  const savedMicros = priced({ ...stage, tariffAt }, asked).cost.totalMicros - totalMicros
  if (savedMicros <= 0n) return reasons
  const shiftMinutes = (found.start - wish.arrival) / MINUTE
  return [...reasons, shiftMinutes > 0 ? { code: 'waitsForLess', shiftMinutes, savedMicros } : { code: 'sameEnergyForLess', savedMicros }]
}

const planOf = (stage: CarStage, found: Found, inAll: number): CarPlan => {
  const { wish, context, asked, minimum } = stage
  const plan = priced(stage, found)
  const lacks = asked - plan.energy
  const lacksMinimum = minimum ? Math.max(0, minimum.energy - Math.floor(energyBy(found.pieces, minimum.by) + 1e-6)) : 0
  const cause = lacks > 0 ? shortfallCause(stage, inAll) : undefined
  const short: readonly PlanReason[] =
    cause && cause !== 'batteryFull' && cause !== 'powerLimits' ? [{ code: 'leastShortfall', shortfallWh: wattHours(lacks), cause }] : []
  const made: CarPlan = {
    ...plan,
    goal: wish.goal,
    batteryEnergy: wattHours(Math.floor(plan.energy * context.limits.efficiency + 1e-6)),
    ...(context.carbon && coversStay(wish, context.carbon, context.now) && { carbonGrams: gramsOf(found.pieces) }),
    slots: found.pieces.length > 0 ? explainSlots(stage, found) : [],
    reasons:
      found.pieces.length > 0
        ? [...short, ...reasonsOf(stage, found, { totalMicros: plan.cost.totalMicros, lacksMinimum: lacksMinimum > 0 })]
        : short,
    ...(cause && { shortfall: { energy: wattHours(lacks), cause } }),
    ...(lacksMinimum > 0 && { minimumShortfall: wattHours(lacksMinimum) }),
  }
  const certificate = certifyCar(wish, context, { plan: made, capPrice: found.capPrice ?? 0 })
  return certificate ? { ...made, certificate } : made
}

/**
 * The best plan for one car in one free window of an EVSE: by the wish's goal, under its cap, with its minimum by an hour, its last
 * part just before departure, and without a pause where asked. Starts lie on steps of 15 minutes from the arrival. What cannot
 * be had is left out: what comes first is as much as can be of the minimum, then of the energy, then the last part, then the goal; `shortfall`
 * says what is missing and why, `lastPartLeftOut` that the last part is. A plan never costs more than the same wish charged as asked, where that is possible and allowed.
 * `checkCarPlan` checks it without trusting it. Energy is exact to the Wh at constant power, and on a grid where a battery
 * tapers (see the decision record 0014).
 */
export const planCar = (wish: CarWish, context: CarContext): Result<CarPlan, readonly CarFault[]> => {
  const faults = carFaults(wish, context)
  if (faults.length > 0) return fail(faults)
  const stage = carStage(wish, context)
  const nothing: Found = { start: wish.arrival, end: wish.arrival, weighed: 0, pieces: [] }
  if (stage.possible <= 0 || stage.windows.length === 0) return ok(planOf(stage, nothing, 0))
  const table = plainTable(stage, stage.possible)
  const { byHour, inAll } = bestReach(reachOf(stage.windows, { table, minimum: stage.minimum, mayPause: !wish.uninterrupted }))
  const minimum = stage.minimum && { ...stage.minimum, energy: Math.min(byHour, inAll) }
  if (inAll <= 0) return ok(planOf(stage, nothing, 0))
  const ask: Ask = { energy: Math.min(stage.possible, inAll), minimum, goal: wish.goal }
  const found = search(stage, ask) ?? (wish.priceCapMicros === undefined ? undefined : mostUnderCap(stage, ask))
  return ok(planOf(stage, found ?? nothing, inAll))
}
