/** Share of the peak power that a battery takes at a state of charge: constant to about 80 %, then it tapers. */
export type ChargingCurve = readonly (readonly [socPercent: number, share: number])[]

/** A lithium-ion battery on direct current: a slow start when empty, full power to 80 %, a trickle at the end. */
export const FAST_CURVE: ChargingCurve = [
  [0, 0.6],
  [5, 1],
  [80, 1],
  [90, 0.4],
  [97, 0.12],
  [100, 0.03],
]

export interface Battery {
  readonly capacityWh: number
  readonly socPercent: number
  /** What it takes at most, at the battery's terminals. */
  readonly peakW: number
  readonly curve: ChargingCurve
}

/** The most a battery takes now, in W; 0 when it is full. */
export function acceptedPower({ socPercent, peakW, curve }: Battery): number {
  if (socPercent >= 100) return 0
  const next = curve.findIndex(([soc]) => soc > socPercent)
  if (next <= 0) return peakW * (curve.at(next === 0 ? 0 : -1)?.[1] ?? 0)
  const [[lowSoc, low], [highSoc, high]] = [curve[next - 1]!, curve[next]!]
  return peakW * (low + ((high - low) * (socPercent - lowSoc)) / (highSoc - lowSoc))
}

/** The battery after energy went in (positive) or out (negative), within empty and full. */
export const charged = (battery: Battery, energyWh: number): Battery => ({
  ...battery,
  socPercent: Math.min(100, Math.max(0, battery.socPercent + (100 * energyWh) / battery.capacityWh)),
})

/** What still fits below a state of charge, in Wh; never negative. */
export const roomBelow = ({ capacityWh, socPercent }: Battery, targetPercent: number) =>
  Math.max(0, ((targetPercent - socPercent) * capacityWh) / 100)
