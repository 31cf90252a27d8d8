import { type Amperes, amperes, smaller, type Volts, volts, type Watts, watts } from '@voltway/units'
import type { PowerLimits, SupplyLimits } from '../../machine/charging.ts'
import { numberOf, rational } from '../rational.ts'
import type { EnergyMode } from '../services.ts'

/** One direction, with every limit known. */
export interface DirectionBounds {
  readonly maxPower: Watts
  readonly minPower: Watts
  readonly maxCurrent: Amperes
  readonly minCurrent: Amperes
  readonly maxVoltage: Volts
  readonly minVoltage: Volts
}

/** What a station lets flow. Amounts of discharge are positive. */
export interface Bounds {
  readonly charge: DirectionBounds
  readonly discharge: DirectionBounds
}

const NOTHING: PowerLimits = { maxPower: watts(0), maxCurrent: amperes(0) }

/** As the wire will say it: a limit that is cut there is cut here too. */
const tenths = (value: number): number => numberOf(rational(value, -1))
const whole = (value: number): number => numberOf(rational(value))

const PHASES = { AC_single_phase: 1, AC_three_phase: 3, AC_BPT: 3, DC: 1, DC_BPT: 1, WPT: 1, DC_ACDP: 1, DC_ACDP_BPT: 1 } as const

const directionOf = (limits: PowerLimits, { nominalVoltage }: SupplyLimits, energy: EnergyMode): DirectionBounds => {
  const maxVoltage = limits.maxVoltage ?? (energy.family === 'ac' ? (nominalVoltage ?? volts(230)) : volts(0))
  const factor = maxVoltage * PHASES[energy.transfer]
  const maxPower = limits.maxPower ?? watts((limits.maxCurrent ?? 0) * factor)
  return {
    maxPower: watts(whole(maxPower)),
    minPower: watts(whole(limits.minPower ?? 0)),
    maxCurrent: amperes(tenths(limits.maxCurrent ?? (factor > 0 ? maxPower / factor : 0))),
    minCurrent: amperes(tenths(limits.minCurrent ?? 0)),
    maxVoltage: volts(tenths(maxVoltage)),
    minVoltage: volts(tenths(limits.minVoltage ?? 0)),
  }
}

/** What the station says it can do, for one mode of transfer. */
export const boundsOf = (limits: SupplyLimits, energy: EnergyMode): Bounds => ({
  charge: directionOf(limits.charge, limits, energy),
  discharge: directionOf(
    energy.bidirectional ? ({ maxVoltage: limits.charge.maxVoltage, ...(limits.discharge ?? NOTHING) } as PowerLimits) : NOTHING,
    limits,
    energy,
  ),
})

const tighterDirection = (a: DirectionBounds, b: DirectionBounds): DirectionBounds => {
  const maxPower = smaller(a.maxPower, b.maxPower)
  const maxCurrent = smaller(a.maxCurrent, b.maxCurrent)
  return {
    maxPower,
    minPower: smaller(b.minPower, maxPower),
    maxCurrent,
    minCurrent: smaller(b.minCurrent, maxCurrent),
    maxVoltage: smaller(a.maxVoltage, b.maxVoltage),
    minVoltage: a.minVoltage,
  }
}

/** Both at once: never above what was announced. V2G20-2188. */
export const tighter = (announced: Bounds, now: Bounds): Bounds => ({
  charge: tighterDirection(announced.charge, now.charge),
  discharge: tighterDirection(announced.discharge, now.discharge),
})

const capped = (direction: DirectionBounds, power: number): DirectionBounds => {
  const maxPower = watts(whole(Math.min(direction.maxPower, Math.max(0, power))))
  return { ...direction, maxPower, minPower: smaller(direction.minPower, maxPower) }
}

/** Dynamic control of direct current: a set-point is said as the most that may flow its way, and nothing the other way. */
export const steered = ({ charge, discharge }: Bounds, setPoint: Watts | undefined): Bounds =>
  setPoint === undefined ? { charge, discharge } : { charge: capped(charge, setPoint), discharge: capped(discharge, -setPoint) }

/** A power that may be negative, within both directions. */
export const within = ({ charge, discharge }: Bounds, power: Watts): Watts =>
  watts(Math.max(-discharge.maxPower, Math.min(charge.maxPower, power)))
