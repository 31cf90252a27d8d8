import { type CarCell, cutCells } from './car-cells.ts'
import type { CarStage } from './car-stage.ts'
import type { CarGoal } from './car-wish.ts'
import type { ChargePiece } from './charge-pieces.ts'
import { type Found, unitOf, WEIGHTS, type Weights } from './search-setting.ts'

interface FillAsk {
  readonly goal: CarGoal
  /** In the order of time. */
  readonly cells: readonly CarCell[]
  readonly energy: number
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
}

const roomOf = ({ power, from, to }: CarCell): number => (power * (to - from)) / 3_600_000

/** Energy by cell: the best first, of equal ones the earlier. */
const fill = (cells: readonly CarCell[], energy: number, weights: Weights): ReadonlyMap<CarCell, number> => {
  const given = new Map<CarCell, number>()
  let left = energy
  for (const cell of cells.toSorted((a, b) => unitOf(a, weights) - unitOf(b, weights) || a.from - b.from)) {
    const taken = Math.min(left, roomOf(cell))
    if (taken > 0) given.set(cell, taken)
    left -= taken
  }
  return given
}

/** The best way; where it has too little in by the hour of the minimum, the best of those with just so much. */
const filled = ({ goal, cells, energy, minimum }: FillAsk): ReadonlyMap<CarCell, number> => {
  const weights = WEIGHTS[goal]
  const free = fill(cells, energy, weights)
  if (!minimum) return free
  const isBefore = ({ to }: CarCell) => to <= minimum.by
  const inTime = [...free].reduce((sum, [cell, wh]) => sum + (isBefore(cell) ? wh : 0), 0)
  if (inTime >= minimum.energy) return free
  const after = cells.filter((cell) => !isBefore(cell))
  return new Map([...fill(cells.filter(isBefore), minimum.energy, weights), ...fill(after, energy - minimum.energy, weights)])
}

const piecesOf = (cells: readonly CarCell[], given: ReadonlyMap<CarCell, number>): readonly ChargePiece[] => {
  let has = 0
  return cells.flatMap((cell) => {
    const wh = given.get(cell)
    if (wh === undefined) return []
    const before = has
    has += wh
    const to = Math.min(cell.to, cell.from + Math.max(1, Math.ceil((wh * 3_600_000) / cell.power - 1e-6)))
    return [{ cell, from: cell.from, to, energyBefore: before, energyAfter: has }]
  })
}

const weighs = (pieces: readonly ChargePiece[], goal: CarGoal): number =>
  pieces.reduce((sum, { cell, energyBefore, energyAfter }) => sum + unitOf(cell, WEIGHTS[goal]) * (energyAfter - energyBefore), 0)

/**
 * What a search on a grid of energies found, without what the grid loses: at constant power, where minutes cost nothing, the best is to fill the
 * best cells, whatever the start that costs as much; where they cost, or the end counts, as much is so inside of what was found.
 */
export const fillExactly = (stage: CarStage, { goal, minimum }: Pick<FillAsk, 'goal' | 'minimum'>, found: Found): Found => {
  const { windows, context, wish, fixedAt } = stage
  const window = windows.find((cells) => cells[0]!.from <= found.start && cells.at(-1)!.to >= found.end)
  const [head = Number.POSITIVE_INFINITY, hasMinutes] = [found.head, window?.some(({ perMinute }) => perMinute !== 0)]
  // Money that is left under a cap was spent between two such plans.
  if (!window || context.battery || wish.uninterrupted || found.capPrice !== undefined) return found
  const tail = found.pieces.filter(({ energyBefore }) => energyBefore >= head)
  const pieces = found.pieces.slice(0, found.pieces.length - tail.length)
  const last = pieces.at(-1)
  if (!last) return found
  const until = hasMinutes || goal === 'earliest' ? last.to : (tail[0]?.from ?? window.at(-1)!.to)
  const canStart = ({ from, startsPlan }: CarCell) => startsPlan && fixedAt(from) <= fixedAt(found.start)
  const from = hasMinutes ? found.start : window.find(canStart)!.from
  const cells = cutCells(window, [until]).filter((cell) => cell.from >= from && cell.to <= until)
  const exact = piecesOf(cells, filled({ goal, cells, energy: last.energyAfter, minimum }))
  if (weighs(exact, goal) >= weighs(pieces, goal)) return found
  const start = hasMinutes ? found.start : window.findLast((cell) => canStart(cell) && cell.from <= exact[0]!.from)!.from
  return { ...found, start, end: tail.at(-1)?.to ?? exact.at(-1)!.to, pieces: [...exact, ...tail] }
}
