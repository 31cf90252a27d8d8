import type { EpochMs } from '@voltway/units'
import type { Slot } from '../reservations/slot.ts'
import type { PriceStep } from '../tariffs/price-line.ts'

/** A stretch in which no price changes and no plan starts; prices as the driver pays them, in micros. */
export interface GridCell {
  readonly from: number
  readonly to: number
  readonly perKwh: number
  readonly perMinute: number
  /** Whether a plan may start where the cell does. */
  readonly startsPlan: boolean
}

interface Grid {
  /** Plans start at whole steps from here. */
  readonly anchor: EpochMs
  readonly stepMs: number
  readonly prices: readonly PriceStep[]
  /** Factor on the tariff's prices: 1, or 1 + VAT. */
  readonly gross: number
}

/** Cuts one free window where a price changes and where a plan may start; `prices` cover the window. */
export const gridCells = (window: Slot, { anchor, stepMs, prices, gross }: Grid): readonly GridCell[] => {
  const cells: GridCell[] = []
  for (const price of prices) {
    const end = Math.min(price.to, window.end)
    for (let from = Math.max(price.from, window.start); from < end; ) {
      const to = Math.min(end, anchor + (Math.floor((from - anchor) / stepMs) + 1) * stepMs)
      const [perKwh, perMinute] = [Number(price.perKwhMicros) * gross, Number(price.perMinuteMicros) * gross]
      cells.push({ from, to, perKwh, perMinute, startsPlan: (from - anchor) % stepMs === 0 })
      from = to
    }
  }
  return cells
}
