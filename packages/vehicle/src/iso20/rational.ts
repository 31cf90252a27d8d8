import { type Amperes, amperes, type Volts, volts, type WattHours, type Watts, wattHours, watts } from '@voltway/units'
import type { commonMessages } from '@voltway/wire/iso15118'

export type Rational = commonMessages.RationalNumberType

const LARGEST = 32_767
const COARSEST = 12

/** A value of 16 bits and a power of ten, cut towards zero so that a limit is never exceeded. */
export const rational = (value: number, finest = 0): Rational => {
  const finite = Number.isFinite(value) ? value : 0
  let exponent = finest
  while (exponent < COARSEST && Math.abs(finite) / 10 ** exponent >= LARGEST + 1) exponent++
  const cut = Math.trunc(finite / 10 ** exponent + Math.sign(finite) * 1e-6)
  const Value = Math.max(-LARGEST, Math.min(LARGEST, cut)) || 0
  return { Exponent: Value === 0 ? 0 : exponent, Value }
}

export const rationalVolts = (value: Volts): Rational => rational(value, -1)
export const rationalAmperes = (value: Amperes): Rational => rational(value, -1)
export const rationalWatts = (value: Watts): Rational => rational(value)
export const rationalWattHours = (value: WattHours): Rational => rational(value)

export const numberOf = ({ Exponent, Value }: Rational): number => (Exponent < 0 ? Value / 10 ** -Exponent : Value * 10 ** Exponent)

export const voltsOf = (value: Rational): Volts => volts(numberOf(value))
export const amperesOf = (value: Rational): Amperes => amperes(numberOf(value))
export const wattsOf = (value: Rational): Watts => watts(numberOf(value))
export const wattHoursOf = (value: Rational): WattHours => wattHours(numberOf(value))
/** Limits of discharge are written with and without a minus in the field: the amount counts. */
export const amountOf = (value: Rational): number => Math.abs(numberOf(value))

/** The power of all phases: the first value is the whole where the others are left out. */
export const phasesOf = (...phases: readonly (Rational | undefined)[]): Watts =>
  watts(phases.reduce((sum, phase) => sum + (phase === undefined ? 0 : numberOf(phase)), 0))

/** Leaves a field out where there is no value: exact optional properties. */
export const optional = <Key extends string, From, To>(key: Key, value: From | undefined, make: (value: From) => To) =>
  (value === undefined ? {} : { [key]: make(value) }) as { readonly [K in Key]?: To }
