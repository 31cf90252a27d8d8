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
  readonly energies: Float64Array
  /** Undefined where there is no power. */
  readonly times: Float64Array | undefined
  readonly perWh: number
  readonly perMs: number
  readonly ms: number
  /** Potentials at the edge before and after. */
  readonly row: Float64Array
  readonly next: Float64Array
  /** The least that may be in before and after, in Wh. */
  readonly least: number
  readonly leastNext: number
  readonly isLast: boolean
}

/** By how much, at worst, going over a stretch from one energy costs less than the potentials fall by it. @param here the place of the energy */
const excessFrom = (step: Step, here: number): number => {
  const { energies, times, perWh, perMs, ms, row, next, leastNext, isLast } = step
  const [energy, now] = [valueAt(energies, here), valueAt(row, here)]
  const [all, last] = [energies.at(-1)!, energies.length - 1]
  const clock = times ? valueAt(times, here) : 0
  const end = times ? placeOf(times, clock + ms + HAIR) : here
  const reached = valueAt(energies, end)
  let excess = 0
  if (times && times[last]! - clock <= ms + HAIR) excess = now - perWh * (all - energy) - perMs * (times[last]! - clock)
  if (isLast || reached < leastNext - HAIR) return excess
  const passed = now - perMs * ms + perWh * energy
  const first = energy >= leastNext ? here : Math.min(end, placeOf(energies, leastNext))
  excess = Math.max(excess, passed - perWh * valueAt(energies, first) - valueAt(next, first))
  for (let place = Math.floor(first) + 1; place <= end; place++) excess = Math.max(excess, passed - perWh * energies[place]! - next[place]!)
  return Math.max(excess, passed - perWh * reached - valueAt(next, end))
}

/**
 * The same over all energies. From the least, from the energies of the layers, and from those that just reach one of them, or what has to be in;
 * between two such neighbours everything is a straight line, so that nothing is worse.
 */
const excessOf = (step: Step): number => {
  const { energies, times, ms, least, leastNext } = step
  const first = placeOf(energies, least)
  let worst = excessFrom(step, first)
  const look = (place: number) => {
    if (place > first) worst = Math.max(worst, excessFrom(step, place))
  }
  for (const place of energies.keys()) {
    look(place)
    if (times) look(placeOf(times, times[place]! - ms))
  }
  if (times) look(placeOf(times, valueAt(times, placeOf(energies, leastNext)) - ms))
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
      energies: layers.energies,
      times: stretch.power > 0 ? layers.timesAt(stretch.power) : undefined,
      perWh: measure.perWh(stretch),
      perMs: measure.perMs(stretch),
      ms: stretch.to - stretch.from,
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
