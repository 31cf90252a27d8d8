import type { Draft } from './draft.ts'
import type { FullModel } from './full-model.ts'

/** What a car is fitted in by: prices of the table, and what a kWh more really costs at the entrance as the draft stands. */
export interface Guide {
  readonly model: FullModel
  readonly draft: Draft
  /** Prices by node, way to draw and slot. */
  readonly table: Float64Array
  /** The market's part of them. */
  readonly market: Float64Array
  /** Import may not pass it. */
  readonly peak: number
  /** What a kWh less is worth where import passes it all the same; nothing where the table has the peak's price. */
  readonly peakPrice: number
}
