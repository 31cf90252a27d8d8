import type { Capabilities } from '../discovery.ts'

export type RateUnit = 'W' | 'A'

/** Watts unless a station says that it takes amperes only; amperes where they are wanted, unless it says that it takes watts only. */
export const rateUnitFor = ({ rateUnits }: Capabilities, inAmperes = false): RateUnit => {
  const takes = (unit: RateUnit) => !rateUnits || rateUnits.includes(unit)
  return inAmperes ? (takes('A') ? 'A' : 'W') : takes('W') ? 'W' : 'A'
}

/** A limit as OCPP wants it: at most one decimal, rounded down so that a limit is never exceeded. Amperes are per phase. */
export const inUnit = (
  limitW: number,
  { unit, phases, voltageV }: { readonly unit: RateUnit; readonly phases: 1 | 3; readonly voltageV: number },
): number => Math.floor((unit === 'W' ? limitW : limitW / (voltageV * phases)) * 10 + 1e-6) / 10
