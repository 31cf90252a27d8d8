import type { CarMeasure } from './car-measure.ts'
import type { CarStretch } from './car-stretches.ts'
import type { ChargeLayers } from './charge-layers.ts'
import { leastEnergies } from './least-energies.ts'

/** One free window, and what a plan in it must give. */
export interface StepAsk {
  readonly stretches: readonly CarStretch[]
  readonly layers: ChargeLayers
  readonly measure: CarMeasure
  /** Metered Wh that must be in by an edge; one of the energies of the layers. */
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
}

/** What going over one stretch takes. */
export interface StretchStep {
  readonly stretch: CarStretch
  readonly energies: Float64Array
  /** Milliseconds from nothing to each energy; undefined where there is no power. */
  readonly times: Float64Array | undefined
  readonly perWh: number
  readonly perMs: number
  readonly ms: number
  /** The least that must be in before and after, in Wh. */
  readonly least: number
  readonly leastNext: number
}

/** The steps of a window, in the order of time. */
export const stretchSteps = ({ stretches, layers, measure, minimum }: StepAsk): readonly StretchStep[] => {
  const least = leastEnergies({ stretches, layers, minimum })
  return stretches.map((stretch, index) => ({
    stretch,
    energies: layers.energies,
    times: stretch.power > 0 ? layers.timesAt(stretch.power) : undefined,
    perWh: measure.perWh(stretch),
    perMs: measure.perMs(stretch),
    ms: stretch.to - stretch.from,
    least: least[index]!,
    leastNext: least[index + 1]!,
  }))
}
