import type { CarMeasure } from './car-measure.ts'
import type { CarStretch } from './car-stretches.ts'
import { type ChargeLayers, placeOf, valueAt } from './charge-layers.ts'
import { leastEnergies } from './least-energies.ts'

/** One free window, what a plan in it must give, and the potentials that are held against it. */
export interface BoundAsk {
  readonly stretches: readonly CarStretch[]
  readonly layers: ChargeLayers
  readonly measure: CarMeasure
  /** Metered Wh that must be in by an edge; one of the energies of the layers. */
  readonly minimum: { readonly energy: number; readonly by: number } | undefined
  /** At `edge * energies.length + place`. */
  readonly potentials: Float64Array
}

/** Rounding of floating point in times and energies. */
const HAIR = 1e-6
/** What a plan that begins at once may still lack by rounding, in Wh. */
const NEAR_WH = 0.01

interface Step {
  readonly layers: ChargeLayers
  readonly perWh: number
  readonly perMs: number
  readonly ms: number
  readonly power: number
  /** Potentials at the edge before and after. */
  readonly row: Float64Array
  readonly next: Float64Array
  /** The least that may be in before and after, in Wh. */
  readonly least: number
  readonly leastNext: number
  readonly isLast: boolean
}

/** By how much, at worst, going over a stretch from one energy costs less than the potentials fall by it. */
const excessFrom = (step: Step, energy: number): number => {
  const { layers, perWh, perMs, ms, power, row, next, leastNext, isLast } = step
  const { energies } = layers
  const here = placeOf(energies, energy)
  const now = valueAt(row, here)
  const times = power > 0 ? layers.timesAt(power) : undefined
  const [all, last] = [energies.at(-1)!, energies.length - 1]
  const clock = times ? valueAt(times, here) : 0
  const reached = times ? valueAt(energies, placeOf(times, clock + ms + HAIR)) : energy
  let excess = 0
  if (times && times[last]! - clock <= ms + HAIR) excess = now - perWh * (all - energy) - perMs * (times[last]! - clock)
  if (isLast || reached < leastNext - HAIR) return excess
  const pass = (to: number, potential: number) => {
    excess = Math.max(excess, now - perMs * ms - perWh * (to - energy) - potential)
  }
  const least = Math.min(reached, Math.max(energy, leastNext))
  const first = placeOf(energies, least)
  pass(least, valueAt(next, first))
  for (let place = Math.floor(first) + 1; place <= last && energies[place]! <= reached; place++) pass(energies[place]!, next[place]!)
  pass(reached, valueAt(next, placeOf(energies, reached)))
  return excess
}

/**
 * The same over all energies. From the least, from the energies of the layers, and from those that just reach one of them; between
 * two such neighbours everything is a straight line, so that nothing is worse.
 */
const excessOf = (step: Step): number => {
  const { layers, ms, power, least } = step
  const { energies } = layers
  let worst = excessFrom(step, least)
  const look = (energy: number) => {
    if (energy > least) worst = Math.max(worst, excessFrom(step, energy))
  }
  const times = power > 0 ? layers.timesAt(power) : undefined
  for (const [place, energy] of energies.entries()) {
    look(energy)
    if (times && times[place]! > ms) look(valueAt(energies, placeOf(times, times[place]! - ms)))
    if (times && energy > step.leastNext && (energies[place - 1] ?? 0) <= step.leastNext)
      look(valueAt(energies, placeOf(times, valueAt(times, placeOf(energies, step.leastNext)) - ms)))
  }
  return worst
}

/**
 * No plan in the window measures less than this, by the stretch that it begins with, whatever the potentials: along any plan they fall by
 * no more than each stretch costs and, where they do, by its excess, which is taken off here. Infinite where no plan may begin, or
 * none that begins there gives what is asked.
 */
export const startBounds = ({ stretches, layers, measure, minimum, potentials }: BoundAsk): Float64Array => {
  const width = layers.energies.length
  const rowAt = (edge: number) => potentials.subarray(edge * width, (edge + 1) * width)
  const least = leastEnergies({ stretches, layers, minimum })
  const bounds = new Float64Array(stretches.length).fill(Number.POSITIVE_INFINITY)
  let excess = 0
  for (let index = stretches.length - 1; index >= 0; index--) {
    const stretch = stretches[index]!
    excess += excessOf({
      layers,
      perWh: measure.perWh(stretch),
      perMs: measure.perMs(stretch),
      ms: stretch.to - stretch.from,
      power: stretch.power,
      row: rowAt(index),
      next: rowAt(index + 1),
      least: least[index]!,
      leastNext: least[index + 1]!,
      isLast: index === stretches.length - 1,
    })
    const fee = least[index]! <= NEAR_WH ? measure.fee(stretch) : undefined
    if (fee !== undefined) bounds[index] = fee + rowAt(index)[0]! - excess
  }
  return bounds
}
