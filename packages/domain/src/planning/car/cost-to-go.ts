import { placeOf, valueAt } from './charge-layers.ts'
import { type StepAsk, type StretchStep, stretchSteps } from './stretch-step.ts'

/** Rounding of floating point in times and energies. */
const HAIR = 1e-6

/** A price per Wh above all that there is, which stands for "cannot be had". */
const shortfallPrice = ({ stretches, measure }: StepAsk): number => {
  const power = Math.max(1, ...stretches.map((stretch) => stretch.power))
  const dearest = Math.max(...stretches.map((stretch) => measure.perWh(stretch) + (measure.perMs(stretch) * 3_600_000) / power))
  const cheapest = Math.min(...stretches.map(measure.perWh))
  return 1 + dearest + Math.max(0, dearest - cheapest)
}

interface Step extends StretchStep {
  /** Potentials at the edge after. */
  readonly next: Float64Array
}

/** The least from an energy on; infinite where it is too little. @param here the place of the energy */
const leastFrom = ({ energies, times, perWh, perMs, ms, next, leastNext }: Step, here: number): number => {
  const [energy, last] = [valueAt(energies, here), energies.length - 1]
  const passed = perMs * ms - perWh * energy
  let best = energy >= leastNext - HAIR ? passed + perWh * energy + valueAt(next, here) : Number.POSITIVE_INFINITY
  if (!times) return best
  const clock = valueAt(times, here)
  const end = placeOf(times, clock + ms + HAIR)
  if (end === last) best = Math.min(best, perWh * (energies[last]! - energy) + perMs * (times[last]! - clock))
  const reached = valueAt(energies, end)
  if (reached >= leastNext - HAIR) {
    const first = energy >= leastNext ? here : Math.min(end, placeOf(energies, leastNext))
    best = Math.min(best, passed + perWh * reached + valueAt(next, end), passed + perWh * valueAt(energies, first) + valueAt(next, first))
  }
  for (let via = Math.floor(end); via > here && energies[via]! >= leastNext - HAIR; via--)
    best = Math.min(best, passed + perWh * energies[via]! + next[via]!)
  return best
}

/** Lowers a row to where straight lines between its energies are nowhere above what they stand for: at the energies that just reach another one. */
const lower = (step: Step, row: Float64Array): void => {
  const { energies, times } = step
  if (!times) return
  const excess = new Float64Array(energies.length + 1)
  for (const time of times) {
    if (time <= step.ms) continue
    const here = placeOf(times, time - step.ms)
    const low = Math.floor(here)
    if (here === low || valueAt(energies, here) < step.least) continue
    const above = valueAt(row, here) - leastFrom(step, here)
    // Where less than the least is in, nothing has to be true.
    if (energies[low]! >= step.least) excess[low + 1] = Math.max(excess[low + 1]!, above)
    else if (above > 0) row[low]! -= above / (1 - (here - low))
  }
  for (const place of energies.keys()) row[place]! -= Math.max(excess[place]!, excess[place + 1]!)
}

/** What a charge still costs from each edge of a window on, by the energy that is in: backwards, each stretch from the one after. */
export const costToGo = (ask: StepAsk): Float64Array => {
  const { energies } = ask.layers
  const width = energies.length
  const lacking = shortfallPrice(ask)
  const steps = stretchSteps(ask)
  const potentials = new Float64Array((steps.length + 1) * width)
  const rowAt = (edge: number) => potentials.subarray(edge * width, (edge + 1) * width)
  rowAt(steps.length).set(energies.map((energy) => lacking * (energies[width - 1]! - energy)))
  for (const [index, one] of [...steps.entries()].reverse()) {
    const [step, row] = [{ ...one, next: rowAt(index + 1) }, rowAt(index)]
    const { least } = step
    for (let place = width - 2; place >= 0; place--) {
      const [low, high] = [energies[place]!, energies[place + 1]!]
      const best = low >= least - HAIR ? leastFrom(step, place) : Number.POSITIVE_INFINITY
      // Below what must be in nothing is known: the line to there runs on.
      const known = Math.min(high, high - least)
      const rise = known > (high - low) / 50 ? (leastFrom(step, placeOf(energies, least)) - row[place + 1]!) / known : lacking
      row[place] = best < Number.POSITIVE_INFINITY ? best : row[place + 1]! + Math.max(-lacking, Math.min(lacking, rise)) * (high - low)
    }
    lower(step, row)
  }
  return potentials
}
