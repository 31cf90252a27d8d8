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

interface ExactAsk extends Pick<FillAsk, 'goal' | 'minimum'> {
  /** Whether a cap lets a plan cost as much. */
  readonly isWithin: (found: Found) => boolean
}

/** What was found, with as much in by an instant, or before its last part, in the best cells; undefined where that cannot be. */
const filledBy = (
  { windows, fixedAt }: CarStage,
  ask: Pick<FillAsk, 'goal' | 'minimum'>,
  { found, until }: { found: Found; until: number },
) => {
  const window = windows.find((cells) => cells[0]!.from <= found.start && cells.at(-1)!.to >= found.end) ?? []
  const { head = Number.POSITIVE_INFINITY, start: began } = found
  const tail = found.pieces.filter(({ energyBefore }) => energyBefore >= head)
  const energy = tail[0]?.energyBefore ?? found.pieces.at(-1)!.energyAfter
  const hasMinutes = window.some(({ perMinute }) => perMinute !== 0)
  const canStart = ({ from, startsPlan }: CarCell) => startsPlan && (hasMinutes ? from === began : fixedAt(from) <= fixedAt(began))
  const from = window.find(canStart)?.from ?? began
  const to = hasMinutes ? Math.min(until, found.pieces.at(-1 - tail.length)?.to ?? began) : Math.min(until, tail[0]?.from ?? until)
  const cells = cutCells(window, [to]).filter((cell) => cell.from >= from && cell.to <= to)
  const pieces = piecesOf(cells, filled({ ...ask, cells, energy }))
  const [first, last] = [pieces[0], pieces.at(-1)]
  if (!first || !last || last.energyAfter < energy - 1e-6) return undefined
  const start = window.findLast((cell) => canStart(cell) && cell.from <= first.from)?.from ?? began
  return { ...found, start, end: tail.at(-1)?.to ?? last.to, pieces: [...pieces, ...tail] }
}

/**
 * What a search on a grid of energies found, without what the grid loses: at constant power, where minutes cost nothing, the best is to fill the
 * best cells, whatever the start that costs as much; where they cost, or the end counts, it is so within the time that was found. What
 * a cap delays is then made sooner with the money that is left.
 */
export const fillExactly = (stage: CarStage, ask: ExactAsk, found: Found): Found => {
  const { goal, isWithin } = ask
  const free = found.pieces.filter(({ energyBefore }) => energyBefore < (found.head ?? Number.POSITIVE_INFINITY))
  const last = free.at(-1)
  // Under a cap that a greenest plan reaches, what money is left was spent between two such plans.
  if (!last || stage.context.battery || stage.wish.uninterrupted || found.capPrice !== undefined) return found
  const isSoonest = goal === 'earliest'
  const by = (until: number): Found | undefined => filledBy(stage, ask, { found, until })
  const exact = by(isSoonest ? last.to : Number.POSITIVE_INFINITY)
  let best = exact && weighs(exact.pieces, goal) < weighs(found.pieces, goal) && isWithin(exact) ? exact : found
  if (!isSoonest || stage.wish.priceCapMicros === undefined) return best
  for (let [low, high] = [best.start, last.to]; high - low > 1; ) {
    const middle = Math.floor((low + high) / 2)
    const sooner = by(middle)
    if (sooner && isWithin(sooner)) [best, high] = [sooner, middle]
    else low = middle
  }
  return best
}
