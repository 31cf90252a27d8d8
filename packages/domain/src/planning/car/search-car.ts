import type { CarCell } from './car-cells.ts'
import { bestReach, reachOf } from './car-reach.ts'
import type { CarStage } from './car-stage.ts'
import type { CarGoal } from './car-wish.ts'
import { chargeBack, chargeOn } from './charge-pieces.ts'
import { type ChargeTable, chargeTable, energySteps, tableAt } from './charge-table.ts'
import { searchLastPart } from './search-last-part.ts'
import { energyBy, searchRuns } from './search-runs.ts'
import { type Found, isBetter, minuteMoney, type SearchSetting, type Weights } from './search-setting.ts'
import { searchSlots, searchTargets } from './search-slots.ts'

/** Cells times states of one search: what a server has time for. */
const MOST_WORK = 500_000
/** The same of one that only looks where another one is to look. */
const ROUGH_WORK = 20_000
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000]

/** What is searched for. */
export interface CarAsk {
  /** Metered, whole. */
  readonly energy: number
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
  readonly goal: CarGoal
  readonly weights: Weights
  /** In what `weights` make. */
  readonly cap: number
}

type TableAsk = Pick<CarAsk, 'energy' | 'minimum'> & Partial<Pick<CarAsk, 'cap'>>

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

/**
 * The step of the table in Wh. A battery that does not taper fills each cell of a best plan wholly or not at all, but for one: the
 * common divisor of all that the cells can give and of what is asked loses nothing. Otherwise, and under a cap, where the money that is
 * left decides how much another cell gives, as fine as there is time for.
 */
const stepOf = (
  { windows, context }: CarStage,
  { energy, minimum, cap = Number.POSITIVE_INFINITY }: TableAsk,
  work = MOST_WORK,
): number => {
  const cells = windows.flat()
  const least = STEPS.find((step) => (energy / step) * cells.length <= work) ?? STEPS.at(-1)!
  if (context.battery || cap !== Number.POSITIVE_INFINITY) return least
  const gains = cells.map(({ power, from, to }) => (power * (to - from)) / 3_600_000)
  if (!gains.every(Number.isInteger)) return least
  return Math.max(least, [energy, ...(minimum ? [minimum.energy] : []), ...gains].reduce(commonDivisor, 0))
}

export const tableOf = (stage: CarStage, ask: TableAsk): ChargeTable => chargeTable(ask.energy, stepOf(stage, ask), stage.context)

/** A table for charging without choice: at constant power one step is exact. */
export const plainTable = ({ context }: CarStage, energy: number): ChargeTable =>
  chargeTable(energy, context.battery ? Math.max(1, energy / 2_000) : energy, context)

/** The windows that bring what is asked; with a last part those that last until departure, when there are any. */
const windowsFor = (stage: CarStage, { energy, minimum }: CarAsk): readonly (readonly CarCell[])[] => {
  const reaches = reachOf(stage.windows, { table: plainTable(stage, energy), minimum, mayPause: !stage.wish.uninterrupted })
  const fit = [...new Set(bestReach(reaches).starts.map(({ window }) => stage.windows[window]!))]
  const lasting = fit.filter((cells) => cells.at(-1)!.to === stage.stay.end)
  return stage.lastPart && lasting.length > 0 ? lasting : fit
}

const settingOf = (
  cells: readonly CarCell[],
  { fixedAt }: CarStage,
  { table, ask }: { table: ChargeTable; ask: CarAsk },
): SearchSetting => {
  const minutesTo = minuteMoney(cells)
  const { goal, weights, minimum, cap } = ask
  return {
    cells,
    table,
    goal,
    weights,
    fixedAt,
    minutesTo,
    weighsAt: (end) => weights.money * minutesTo(end),
    minimum: minimum && minimum.energy > 0 ? minimum : undefined,
    cap,
  }
}

/** All power from the first moment: what is left where time is so short that a grid of energies would lack something. */
const atFullSpeed = (cells: readonly CarCell[], table: ChargeTable, mayPause: boolean): Found | undefined => {
  const start = cells.find(({ startsPlan }) => startsPlan)?.from
  if (start === undefined) return undefined
  const pieces = chargeOn(cells, table, { at: start, energy: 0, mayPause })
  const last = pieces.at(-1)
  return last?.energyAfter === table.energies.at(-1) ? { start, end: last!.to, weighed: Number.POSITIVE_INFINITY, pieces } : undefined
}

/** All of it just before the window ends: what is left of a last part where time is so short. */
const atTheEnd = (cells: readonly CarCell[], table: ChargeTable, { minimum }: CarAsk): Found | undefined => {
  const all = table.energies.at(-1)!
  const start = chargeBack(cells, table, { energy: all, durationMs: Number.POSITIVE_INFINITY }).at
  const pieces = chargeOn(cells, table, { at: start, energy: 0, mayPause: true })
  const last = pieces.at(-1)
  if (last?.energyAfter !== all || (minimum && energyBy(pieces, minimum.by) < minimum.energy - 1e-6)) return undefined
  return { start: pieces[0]!.from, end: last.to, weighed: Number.POSITIVE_INFINITY, pieces, head: 0, keepsLast: true }
}

/**
 * The best plan for each of several rising energies, with one table for all of them, in steps with these between. For a wish that may
 * pause and has no last part.
 */
export const searchEnergies = (
  stage: CarStage,
  ask: Omit<CarAsk, 'energy'>,
  { targets, isRough }: { readonly targets: readonly number[]; readonly isRough: boolean },
): ((place: number) => Found | undefined) => {
  const [least, most] = [targets[0]!, targets.at(-1)!]
  const steps = energySteps(most, stepOf(stage, { energy: most, minimum: ask.minimum }, isRough ? ROUGH_WORK : MOST_WORK))
  const energies = [...new Set([...steps, ...targets])].sort((a, b) => a - b)
  const plain = tableAt(Float64Array.from(energies), stage.context)
  const table = ask.minimum ? tightTable(stage, most, plain) : plain
  const states = new Map([...table.energies].map((energy, state) => [energy, state]))
  const complete = targets.map((target) => states.get(target)!)
  // Every window that brings the least of them; what a window cannot bring it does not find.
  const found = windowsFor(stage, { ...ask, energy: least }).map((cells) =>
    searchTargets(settingOf(cells, stage, { table, ask: { ...ask, energy: most } }), complete),
  )
  return (place) =>
    found.map((search) => search(place)).reduce((best, one) => (one && isBetter(ask.goal, one, best) ? one : best), undefined)
}

/** The same table with what all power from the first moment brings by each edge, so that where time is short no step is in the way. */
const tightTable = (stage: CarStage, energy: number, table: ChargeTable): ChargeTable => {
  const reached = stage.windows.flatMap((cells) => {
    const start = cells.find(({ startsPlan }) => startsPlan)?.from
    if (start === undefined) return []
    const pieces = chargeOn(cells, plainTable(stage, energy), { at: start, energy: 0, mayPause: true })
    // A battery's times are sums over the steps of a table: another one's differ by a hair.
    return pieces.map(({ energyAfter }, index) => energyAfter - (stage.context.battery ? (index + 1) * 0.01 : 0))
  })
  const own = new Set(table.energies)
  const energies = [...own, ...reached.filter((value) => value > 0 && value < energy)].sort((a, b) => a - b)
  const isNear = (value: number, other = Number.NaN) => Math.abs(value - other) <= 1e-9
  const isKept = (value: number, index: number) =>
    own.has(value) || !(isNear(value, energies[index - 1]) || (own.has(energies[index + 1]!) && isNear(value, energies[index + 1])))
  return tableAt(Float64Array.from(energies.filter(isKept)), stage.context)
}

const searchIn = (stage: CarStage, ask: CarAsk, table: ChargeTable): Found | undefined => {
  let best: Found | undefined
  for (const cells of windowsFor(stage, ask)) {
    const setting = settingOf(cells, stage, { table, ask })
    const found = stage.wish.uninterrupted
      ? searchRuns(setting, stage.lastPart !== undefined)
      : stage.lastPart
        ? searchLastPart(setting, stage.lastPart)
        : searchSlots(setting)
    if (found && isBetter(ask.goal, found, best)) best = found
  }
  return best
}

/** The best plan that gives an energy in one free window; undefined when no window gives it, none under the cap, or none with the last part kept. */
export const searchCar = (stage: CarStage, ask: CarAsk): Found | undefined => {
  const { uninterrupted = false } = stage.wish
  const table = tableOf(stage, ask)
  const best = searchIn(stage, ask, table)
  // One run that ends last has been tried already.
  if (best || (stage.lastPart && uninterrupted)) return best
  const tight = uninterrupted ? undefined : searchIn(stage, ask, tightTable(stage, ask.energy, table))
  if (tight || ask.cap !== Number.POSITIVE_INFINITY) return tight
  const plain = plainTable(stage, ask.energy)
  const last = (cells: readonly CarCell[]) => (stage.lastPart ? atTheEnd(cells, plain, ask) : atFullSpeed(cells, plain, !uninterrupted))
  return windowsFor(stage, ask)
    .map(last)
    .find((found) => found !== undefined)
}
