import type { EpochMs } from '@voltway/units'
import { SLOT_STEP_MS } from '../../reservations/booking-tree.ts'
import type { Slot } from '../../reservations/slot.ts'
import { priceLine } from '../../tariffs/price-line.ts'
import type { Tariff } from '../../tariffs/tariff.ts'
import { grossFactor } from '../fixed-money.ts'
import { planPower } from '../plan-context.ts'
import { gridCells } from '../price-grid.ts'
import type { CarContext, CarWish } from './car-wish.ts'

/** A stretch in which price, carbon and limit stay the same, and inside which no plan starts and no hour of the wish lies. */
export interface CarCell {
  readonly from: number
  readonly to: number
  /** Micros, VAT included, whole. */
  readonly perKwh: number
  readonly perMinute: number
  /** 0 where nothing is known. */
  readonly grams: number
  /** W that may be offered: 0 where the limit is below the least power. */
  readonly power: number
  readonly startsPlan: boolean
}

/** The cells cut once more, at some instants. */
export const cutCells = <Cell extends { readonly from: number; readonly to: number; readonly startsPlan: boolean }>(
  cells: readonly Cell[],
  edges: readonly number[],
): readonly Cell[] => {
  const sorted = edges.toSorted((a, b) => a - b)
  return cells.flatMap((cell) => {
    const inside = sorted.filter((edge, index) => edge > cell.from && edge < cell.to && edge !== sorted[index - 1])
    const starts = [cell.from, ...inside]
    return starts.map((from, index) => ({ ...cell, from, to: starts[index + 1] ?? cell.to, startsPlan: cell.startsPlan && index === 0 }))
  })
}

const holdsAt = <Step extends { readonly from: number; readonly to: number }>(steps: readonly Step[], at: number): Step | undefined => {
  let [low, high] = [0, steps.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (steps[middle]!.to <= at) low = middle + 1
    else high = middle
  }
  const step = steps[low]
  return step && step.from <= at ? step : undefined
}

/** What may be offered to the car at an instant, in whole W. */
const powerAt = (context: CarContext, at: number): number => {
  const limit = holdsAt(context.powerLimits ?? [], at)?.power ?? Number.POSITIVE_INFINITY
  const power = Math.min(planPower(context), Math.floor(limit))
  return power < (context.minPower ?? 0) ? 0 : power
}

/** The cells of one stretch of time. @param tariff resolved for the arrival */
export const carCells = (window: Slot, wish: CarWish, { context, tariff }: { context: CarContext; tariff: Tariff }): readonly CarCell[] => {
  const { start, end } = window
  const prices = priceLine(tariff, start, end)
  const grid = gridCells(window, { anchor: wish.arrival as EpochMs, stepMs: SLOT_STEP_MS, prices, gross: grossFactor(tariff) })
  const { powerLimits = [], carbon = [] } = context
  const edges = [...powerLimits, ...carbon].flatMap(({ from, to }) => [from, to])
  return cutCells(grid, wish.minimum ? [...edges, wish.minimum.by] : edges).map((cell) => ({
    ...cell,
    perKwh: Math.round(cell.perKwh),
    grams: holdsAt(carbon, cell.from)?.gramsPerKwh ?? 0,
    power: powerAt(context, cell.from),
  }))
}
