import { epochMs, wattHours } from '@voltway/units'
import { type CarCell, cutCells } from './car-cells.ts'
import type { CarSlot, SlotReason } from './car-plan.ts'
import { type CarStage, carStage, stageCells } from './car-stage.ts'
import type { CarContext, CarGoal, CarWish } from './car-wish.ts'
import type { ChargePiece } from './charge-pieces.ts'
import type { Found } from './search-setting.ts'

interface Look {
  readonly stage: CarStage
  readonly found: Found
  /** What the worst of the freely used cells is worth for the goal. */
  readonly margin: number
}

/** What a cell is worth for a goal: less is better. */
const worthOf = ({ perKwh, grams }: CarCell, goal: CarGoal): number => (goal === 'earliest' ? 0 : goal === 'greenest' ? grams : perKwh)

const pieceIn = ({ from, to }: CarCell, pieces: readonly ChargePiece[]) => pieces.find((piece) => piece.from <= from && piece.to >= to)

const whyUsed = (cell: CarCell, piece: ChargePiece, { stage, found, margin }: Look): SlotReason => {
  const { wish, minimum, windows } = stage
  if (found.head !== undefined && piece.energyBefore >= found.head) return 'lastPart'
  if (wish.uninterrupted) return 'uninterrupted'
  if (!minimum || cell.to > minimum.by) return 'best'
  const own = windows.find((cells) => cells[0]!.from <= found.start && cells.at(-1)!.to >= found.end) ?? []
  const isLaterBetter = own.some(
    (other) =>
      other.from >= minimum.by && other.power > 0 && worthOf(other, wish.goal) < worthOf(cell, wish.goal) && !pieceIn(other, found.pieces),
  )
  return isLaterBetter || worthOf(cell, wish.goal) > margin ? 'minimum' : 'best'
}

const whyUnused = (cell: CarCell, { stage, margin }: Look): SlotReason => {
  const { windows, wish } = stage
  if (!windows.some((cells) => cells[0]!.from <= cell.from && cells.at(-1)!.to >= cell.to)) return 'taken'
  if (cell.power === 0) return 'noPower'
  const worth = worthOf(cell, wish.goal)
  if (worth === margin) return 'notNeeded'
  return worth > margin ? 'worse' : 'apart'
}

const marginOf = ({ wish, minimum }: CarStage, { pieces, head = Number.POSITIVE_INFINITY }: Found): number => {
  const free = pieces.filter(({ energyBefore }) => energyBefore < head)
  const later = minimum ? free.filter(({ to }) => to > minimum.by) : free
  const counted = later.length > 0 ? later : free.length > 0 ? free : pieces
  return Math.max(...counted.map(({ cell }) => worthOf(cell, wish.goal)))
}

const isLike = (a: CarSlot, b: CarSlot) =>
  a.to === b.from &&
  a.perKwhMicros === b.perKwhMicros &&
  a.gramsPerKwh === b.gramsPerKwh &&
  a.reason === b.reason &&
  a.energy > 0 === b.energy > 0

/** The whole stay, with what each stretch gives and why it does or does not. Energies are rounded to whole Wh by their sums. */
export const explainSlots = (stage: CarStage, found: Found): readonly CarSlot[] => {
  const { stay, wish, context, windows } = stage
  if (stay.start >= stay.end) return []
  const edges = [...windows.flatMap((cells) => [cells[0]!.from, cells.at(-1)!.to]), ...found.pieces.flatMap(({ from, to }) => [from, to])]
  const look = { stage, found, margin: marginOf(stage, found) }
  const slots: CarSlot[] = []
  let [energy, told] = [0, 0]
  for (const cell of cutCells(stageCells(stay, wish, context), edges)) {
    const piece = pieceIn(cell, found.pieces)
    if (piece) energy += ((piece.energyAfter - piece.energyBefore) * (cell.to - cell.from)) / (piece.to - piece.from)
    const slot: CarSlot = {
      from: epochMs(cell.from),
      to: epochMs(cell.to),
      energy: wattHours(Math.round(energy) - told),
      perKwhMicros: cell.perKwh,
      ...(context.carbon && { gramsPerKwh: cell.grams }),
      reason: piece ? whyUsed(cell, piece, look) : whyUnused(cell, look),
    }
    told = Math.round(energy)
    const last = slots.at(-1)
    if (last && isLike(last, slot)) slots[slots.length - 1] = { ...last, to: slot.to, energy: wattHours(last.energy + slot.energy) }
    else slots.push(slot)
  }
  return slots
}

/** The same for a plan that another search found. */
export const explainPieces = (wish: CarWish, context: CarContext, found: Found): readonly CarSlot[] =>
  explainSlots(carStage(wish, context), found)
