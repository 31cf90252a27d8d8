import type { Highs } from 'highs'
import type { FullSiteCar, FullSiteProblem } from '../full-site-problem.ts'
import {
  carRoomAt,
  drawingsOf,
  hoursOf,
  limitOf,
  marketAt,
  needOf,
  nodesAbove,
  phaseRoomAt,
  shortfallPriceOf,
  withoutCars,
} from '../full-site-rules.ts'

/** A programme in the making: terms of the objective, rows, bounds, and which names are whole numbers. */
interface Programme {
  readonly objective: string[]
  readonly rows: string[]
  readonly bounds: string[]
  readonly whole: string[]
}

const sum = (terms: readonly string[]): string => terms.join(' + ').replaceAll('+ -', '- ')
const term = (factor: number, name: string): string => `${factor} ${name}`

/** Powers of one car in each slot as names, each with its factors on the phases. */
interface Draw {
  readonly name: string
  readonly slot: number
  readonly sign: number
  readonly from: readonly number[]
}

const addRuns = (programme: Programme, car: FullSiteCar, on: readonly string[]): void => {
  const { mostPauses, leastRun = 1 } = car
  const starts = on.map((name) => `s${name}`)
  const run = Math.min(leastRun, on.length)
  for (const [at, start] of starts.entries()) {
    programme.whole.push(start)
    programme.bounds.push(`0 <= ${start} <= ${at + run <= on.length ? 1 : 0}`)
    programme.rows.push(`${start} - ${on[at]}${at > 0 ? ` + ${on[at - 1]}` : ''} >= 0`)
    for (let ahead = 0; ahead < run && at + ahead < on.length; ahead++) programme.rows.push(`${on[at + ahead]} - ${start} >= 0`)
  }
  if (mostPauses !== undefined) programme.rows.push(`${sum(starts)} <= ${mostPauses + 1}`)
}

/** Phases of a car that may not be switched at will, in all of its slots: 1 for three, 0 for one; a switch is a difference. */
const addSwitches = (programme: Programme, car: FullSiteCar, index: number): void => {
  const { connection, arriveSlot, departSlot } = car
  if (typeof connection !== 'object' || drawingsOf(car).length === 1) return
  const { leastHold = 1, inUse, heldFor = 0 } = connection
  const { rows, bounds, whole } = programme
  for (let slot = arriveSlot; slot < departSlot; slot++) {
    const [three, change] = [`p${index}_${slot}`, `w${index}_${slot}`]
    const isFirst = slot === arriveSlot
    whole.push(three, change)
    bounds.push(`0 <= ${three} <= 1`, `0 <= ${change} <= ${slot - arriveSlot < heldFor || (isFirst && inUse === undefined) ? 0 : 1}`)
    rows.push(`ba${index}_${slot}_1 + ${three} <= 1`, `ba${index}_${slot}_3 - ${three} <= 0`)
    const [before, known] = isFirst ? ['', inUse === 3 ? 1 : 0] : [`p${index}_${slot - 1}`, 0]
    if (!isFirst || inUse !== undefined) {
      rows.push(`${change} - ${three}${before && ` + ${before}`} >= ${-known}`)
      rows.push(`${change} + ${three}${before && ` - ${before}`} >= ${known}`)
    }
    const near = Array.from({ length: Math.min(leastHold, slot - arriveSlot + 1) }, (_, back) => `w${index}_${slot - back}`)
    rows.push(`${sum(near)} <= 1`)
  }
}

/** Charging of a car: 0 or its least and steps of it, in one of its ways. */
const addCharging = (
  programme: Programme,
  car: FullSiteCar,
  at: { readonly index: number; readonly isRelaxed: boolean },
): readonly Draw[] => {
  const draws: Draw[] = []
  const on: string[] = []
  const isFree = (car.mostPauses === undefined && (car.leastRun ?? 1) === 1) || at.isRelaxed
  for (let slot = car.arriveSlot; slot < car.departSlot; slot++) {
    const uses: string[] = []
    for (const { phases, from, least, most, step } of drawingsOf(car)) {
      const name = `a${at.index}_${slot}_${phases}`
      const [power, use, steps] = [`x${name}`, `b${name}`, `k${name}`]
      draws.push({ name: power, slot, sign: 1, from })
      programme.bounds.push(`0 <= ${power} <= ${most}`, `0 <= ${use} <= 1`)
      uses.push(use)
      if (!at.isRelaxed) programme.whole.push(use)
      programme.rows.push(`${power} - ${most} ${use} <= 0`)
      if (at.isRelaxed) continue
      if (step === 1) programme.rows.push(`${power} - ${least} ${use} >= 0`)
      else {
        programme.whole.push(steps)
        programme.bounds.push(`0 <= ${steps} <= ${(most - least) / step}`)
        programme.rows.push(`${power} - ${least} ${use} - ${step} ${steps} = 0`)
      }
    }
    if (uses.length > 1 || !isFree) programme.rows.push(`${sum(uses)}${isFree ? ' <= 1' : ` - o${at.index}_${slot} = 0`}`)
    if (isFree) continue
    on.push(`o${at.index}_${slot}`)
    programme.bounds.push(`0 <= o${at.index}_${slot} <= 1`)
  }
  if (!isFree) addRuns(programme, car, on)
  if (!at.isRelaxed) addSwitches(programme, car, at.index)
  return draws
}

const addBattery = (
  programme: Programme,
  car: FullSiteCar,
  at: { readonly index: number; readonly hours: number; readonly charging: readonly Draw[] },
): readonly Draw[] => {
  const { maxPower, efficiencyIn, efficiencyOut, wearPerKwh, stored, leastStored, mostStored } = car.vehicleToGrid!
  const draws: Draw[] = []
  let before = ''
  for (let slot = car.arriveSlot; slot < car.departSlot; slot++) {
    const [given, held] = [`d${at.index}_${slot}`, `h${at.index}_${slot}`]
    draws.push({ name: given, slot, sign: -1, from: drawingsOf(car)[0]!.from })
    programme.bounds.push(`0 <= ${given} <= ${maxPower}`, `${leastStored / at.hours} <= ${held} <= ${mostStored / at.hours}`)
    if (wearPerKwh > 0) programme.objective.push(term(wearPerKwh, given))
    const into = at.charging.filter((draw) => draw.slot === slot).map(({ name }) => term(-efficiencyIn / 1_000, name))
    const flows = sum([held, ...into, term(1_000 / efficiencyOut, given)])
    programme.rows.push(before === '' ? `${flows} = ${stored / at.hours}` : `${flows} - ${before} = 0`)
    before = held
  }
  programme.rows.push(`${before} + z${at.index} >= ${(stored + car.need) / at.hours}`)
  return draws
}

const addCar = (
  programme: Programme,
  problem: FullSiteProblem,
  at: { readonly index: number; readonly isRelaxed: boolean },
): readonly Draw[] => {
  const car = problem.cars[at.index]!
  const hours = hoursOf(problem)
  programme.objective.push(term(shortfallPriceOf(problem) * (1 + (car.priority ?? 0)), `z${at.index}`))
  const charging = addCharging(programme, car, at)
  if (car.vehicleToGrid) return [...charging, ...addBattery(programme, car, { ...at, hours, charging })]
  const { inSteps, most } = needOf(car, hours)
  const all = sum(charging.map(({ name }) => name))
  programme.rows.push(`${all} + z${at.index} >= ${inSteps}`, `${all} <= ${most}`)
  return charging
}

const addMarket = (programme: Programme, problem: FullSiteProblem, terms: readonly string[][]): void => {
  for (let slot = 0; slot < problem.pricePerKwh.length; slot++) {
    const { imported, fedIn } = marketAt(problem, slot)
    programme.objective.push(term(imported, `i${slot}`), term(-fedIn, `e${slot}`))
    programme.rows.push(`${sum([...terms[slot]!, `-1 i${slot}`, `e${slot}`])} = ${-withoutCars(problem, slot)}`)
    if (problem.demandCharge) programme.rows.push(`peak - i${slot} >= 0`)
  }
  if (!problem.demandCharge) return
  programme.objective.push(term(problem.demandCharge.pricePerKw / hoursOf(problem), 'peak'))
  programme.bounds.push(`peak >= ${problem.demandCharge.peakSoFar}`)
}

const addLimits = (programme: Programme, problem: FullSiteProblem, draws: readonly (readonly Draw[])[]): void => {
  const slots = problem.pricePerKwh.length
  const all = problem.nodes.map(() => Array.from({ length: slots }, (): string[] => []))
  const phases = problem.nodes.map(() => Array.from({ length: 3 * slots }, (): string[] => []))
  for (const [index, own] of draws.entries())
    for (const { name, slot, sign, from } of own)
      for (const node of nodesAbove(problem.nodes, problem.cars[index]!)) {
        all[node]![slot]!.push(term(sign, name))
        for (const phase of from) phases[node]![phase * slots + slot]!.push(term((3 * sign) / from.length, name))
      }
  const between = (terms: readonly string[], { most, least }: { readonly most: number; readonly least: number }) => {
    if (terms.length > 0) programme.rows.push(`${sum(terms)} <= ${most}`, `${sum(terms)} >= ${least}`)
  }
  for (const [index, node] of problem.nodes.entries())
    for (let slot = 0; slot < slots; slot++) {
      const limit = limitOf(node.limit, slot)
      between(all[index]![slot]!, index === 0 ? carRoomAt(problem, slot) : { most: limit, least: -limit })
      if (!node.phases) continue
      for (let phase = 0; phase < 3; phase++) {
        const { most, least } = phaseRoomAt(problem, index, { phase, slot })
        between(phases[index]![phase * slots + slot]!, { most: 3 * most, least: 3 * least })
      }
    }
  addMarket(programme, problem, all[0]!)
}

export interface OracleOptions {
  /** Leaves least powers, steps and pauses out: a linear programme, and a bound. */
  readonly isRelaxed?: boolean
  readonly seconds?: number
}

/**
 * The least cost of a site with what is lacking at its price, by a general solver of mixed-integer programmes; in billionths,
 * what the site costs without cars included. Giving and charging at once is not forbidden, so that it may be a little too low.
 * @throws Error when it finds no optimum in time
 */
export const optimumOfFullSite = (
  solver: Highs,
  problem: FullSiteProblem,
  { isRelaxed = false, seconds = 20 }: OracleOptions = {},
): number => {
  const programme: Programme = { objective: [], rows: [], bounds: [], whole: [] }
  const draws = problem.cars.map((_, index) => addCar(programme, problem, { index, isRelaxed }))
  addLimits(programme, problem, draws)
  const { objective, rows, bounds, whole } = programme
  const integers = whole.length > 0 ? `General\n ${whole.join('\n ')}\n` : ''
  const text = `Minimize\n ${sum(objective)}\nSubject To\n ${rows.join('\n ')}\nBounds\n ${bounds.join('\n ')}\n${integers}End\n`
  const solved = solver.solve(text, { mip_rel_gap: 1e-6, time_limit: seconds })
  if (solved.Status !== 'Optimal') throw new Error(solved.Status)
  const paid = problem.demandCharge ? (problem.demandCharge.pricePerKw / hoursOf(problem)) * problem.demandCharge.peakSoFar : 0
  return (solved.ObjectiveValue - paid) * hoursOf(problem)
}
