import { type Milliseconds, milliseconds, type Percent, percent, type WattHours, type Watts, wattHours } from '@voltway/units'

/** How much of its peak power a battery takes at a state of charge; linear between points, flat outside. */
export type TaperCurve = readonly { readonly soc: Percent; readonly fraction: number }[]

/** Constant current up to 80 %, then falling to a trickle as the cell voltage is held: what most cars show. */
export const TAPER_ABOVE_80: TaperCurve = [
  { soc: percent(0), fraction: 1 },
  { soc: percent(80), fraction: 1 },
  { soc: percent(100), fraction: 0.08 },
]

/** The fraction of peak power at a state of charge. */
export const powerFraction = (soc: number, curve: TaperCurve = TAPER_ABOVE_80): number => {
  const next = curve.findIndex((point) => point.soc >= soc)
  if (next === -1) return curve.at(-1)?.fraction ?? 1
  const [a, b] = [curve[next - 1], curve[next]!]
  return a ? a.fraction + ((b.fraction - a.fraction) * (soc - a.soc)) / (b.soc - a.soc) : b.fraction
}

export interface TaperedCharge {
  readonly capacity: WattHours
  readonly soc: Percent
  /** Metered energy asked for. */
  readonly energy: WattHours
  /** The least of charger, connector and cable. */
  readonly maxPower: Watts
  /** What the battery takes at fraction 1, measured at the charger. */
  readonly batteryPower: Watts
  /** Energy into the battery per energy metered. */
  readonly efficiency: number
}

export interface TaperedTime {
  readonly durationMs: Milliseconds
  /** Metered energy that the battery takes: the asked one, or what makes it full. */
  readonly energy: WattHours
}

/** Steps of the integration, in percent of the battery: far finer than any meter shows. */
const STEP = 0.05

/** How long a charge really takes when the battery tapers; Infinity when it can take no power on the way. */
export const durationWithTaper = (charge: TaperedCharge, curve: TaperCurve = TAPER_ABOVE_80): TaperedTime => {
  const { capacity, soc, maxPower, batteryPower, efficiency } = charge
  const meteredPerPercent = capacity / 100 / efficiency
  const energy = Math.max(0, Math.min(charge.energy, (100 - soc) * meteredPerPercent))
  const last = soc + energy / meteredPerPercent
  let hours = 0
  for (let from: number = soc; from < last; from += STEP) {
    const to = Math.min(last, from + STEP)
    const power = Math.min(maxPower, batteryPower * powerFraction((from + to) / 2, curve))
    hours += ((to - from) * meteredPerPercent) / power
  }
  return { durationMs: milliseconds(hours * 3_600_000), energy: wattHours(energy) }
}
