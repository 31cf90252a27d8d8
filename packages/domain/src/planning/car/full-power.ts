import type { CarMeasure } from './car-measure.ts'
import type { CarStretch } from './car-stretches.ts'
import type { CarContext } from './car-wish.ts'
import { type ChargeLayers, chargeLayers, placeOf, valueAt } from './charge-layers.ts'

/** All power from a start on, as the checker walks it. */
export interface FullPower {
  readonly start: number
  /** When all is in, or the last that can be. */
  readonly end: number
  /** Metered Wh, by the end of each stretch of the window. */
  readonly energyBy: Float64Array
  readonly energy: number
}

const FINE = 2_000

/** Layers so thin that it does not matter where in them power is read. */
export const fineLayers = (energy: number, context: CarContext): ChargeLayers => {
  const steps = context.battery ? FINE : 1
  return chargeLayers(
    Float64Array.from({ length: steps + 1 }, (_, step) => (energy * step) / steps),
    context,
  )
}

/** @param from the stretch to begin with */
export const fullPower = (
  stretches: readonly CarStretch[],
  layers: ChargeLayers,
  { from, mayPause }: { from: number; mayPause: boolean },
): FullPower => {
  const all = layers.energies.at(-1)!
  const energyBy = new Float64Array(stretches.length)
  let energy = 0
  let end = stretches[from]!.from
  let runs = true
  for (let index = from; index < stretches.length; index++) {
    const stretch = stretches[index]!
    if (stretch.power === 0 && !mayPause) runs = false
    if (stretch.power > 0 && runs && energy < all) {
      const times = layers.timesAt(stretch.power)
      const clock = valueAt(times, placeOf(layers.energies, energy))
      energy = valueAt(layers.energies, placeOf(times, clock + stretch.to - stretch.from))
      end = stretch.from + Math.min(stretch.to - stretch.from, times.at(-1)! - clock)
    }
    energyBy[index] = energy
  }
  return { start: stretches[from]!.from, end, energyBy, energy }
}

/** What it comes to. */
export const fullPowerMeasure = (stretches: readonly CarStretch[], { start, end, energyBy }: FullPower, measure: CarMeasure): number =>
  stretches.reduce((sum, stretch, index) => {
    const wh = energyBy[index]! - (energyBy[index - 1] ?? 0)
    const ms = Math.max(0, Math.min(stretch.to, end) - Math.max(stretch.from, start))
    const fee = stretch.from === start ? (measure.fee(stretch) ?? 0) : 0
    return sum + fee + measure.perWh(stretch) * wh + measure.perMs(stretch) * ms
  }, 0)

/** From every start that a window offers; from its first only, where charging may pause. */
export const fullPowers = (stretches: readonly CarStretch[], layers: ChargeLayers, mayPause: boolean): readonly FullPower[] => {
  const starts = stretches.flatMap(({ fee }, from) => (fee === undefined ? [] : [from]))
  return (mayPause ? starts.slice(0, 1) : starts).map((from) => fullPower(stretches, layers, { from, mayPause }))
}
