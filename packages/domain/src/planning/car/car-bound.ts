import { placeOf, valueAt } from './charge-layers.ts'
import { type StepAsk, type StretchStep, stretchSteps } from './stretch-step.ts'

/** The potentials that are held against a window, at `edge * energies.length + place`. */
export interface BoundAsk extends StepAsk {
  readonly potentials: Float64Array
}

/** Rounding of floating point in times and energies. */
const HAIR = 1e-6
/** What a plan that begins at once may still lack by rounding, in Wh. */
const NEAR_WH = 0.01

interface Step extends StretchStep {
  /** Potentials at the edge before and after. */
  readonly row: Float64Array
  readonly next: Float64Array
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
export const startBounds = (ask: BoundAsk): Float64Array => {
  const { layers, measure, potentials } = ask
  const width = layers.energies.length
  const rowAt = (edge: number) => potentials.subarray(edge * width, (edge + 1) * width)
  const steps = stretchSteps(ask)
  const bounds = new Float64Array(steps.length).fill(Number.POSITIVE_INFINITY)
  let excess = 0
  for (const [index, step] of [...steps.entries()].reverse()) {
    excess += excessOf({ ...step, row: rowAt(index), next: rowAt(index + 1), isLast: index === steps.length - 1 })
    const fee = step.least <= NEAR_WH ? measure.fee(step.stretch) : undefined
    if (fee !== undefined) bounds[index] = fee + rowAt(index)[0]! - excess
  }
  return bounds
}
