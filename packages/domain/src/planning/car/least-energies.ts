import type { CarStretch } from './car-stretches.ts'
import { type ChargeLayers, placeOf, valueAt } from './charge-layers.ts'

interface LeastAsk {
  readonly stretches: readonly CarStretch[]
  readonly layers: ChargeLayers
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
}

/**
 * By edge of a window, how much must be in by then, so that all power from there on still brings the minimum by its hour and everything by the
 * end. Where it is above nothing no plan may begin any more.
 */
export const leastEnergies = ({ stretches, layers, minimum }: LeastAsk): Float64Array => {
  const { energies } = layers
  const least = new Float64Array(stretches.length + 1)
  least[stretches.length] = energies.at(-1)!
  for (let index = stretches.length - 1; index >= 0; index--) {
    const { from, to, power } = stretches[index]!
    let needed = least[index + 1]!
    if (power > 0) {
      const times = layers.timesAt(power)
      needed = valueAt(energies, placeOf(times, Math.max(0, valueAt(times, placeOf(energies, needed)) - (to - from))))
    }
    least[index] = minimum && from >= minimum.by ? Math.max(needed, minimum.energy) : needed
  }
  return least
}
