import {
  type Amperes,
  amperes,
  type Seconds,
  seconds,
  type Volts,
  volts,
  type WattHours,
  type Watts,
  wattHours,
  watts,
} from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'

type Physical = iso2.PhysicalValueType
type Unit = Physical['Unit']

const LARGEST = 32_767

/** A value of 16 bits and a power of ten from -3 to 3, cut towards zero so that a limit is never exceeded. */
const physical =
  (unit: Unit, finest: number) =>
  (value: number): Physical => {
    const finite = Number.isFinite(value) ? value : 0
    let exponent = finest
    while (exponent < 3 && Math.abs(finite) / 10 ** exponent >= LARGEST + 1) exponent++
    const cut = Math.trunc(finite / 10 ** exponent + Math.sign(finite) * 1e-6)
    return { Multiplier: exponent, Unit: unit, Value: Math.max(-LARGEST, Math.min(LARGEST, cut)) || 0 }
  }

export const physicalVolts: (value: Volts) => Physical = physical('V', -1)
export const physicalAmperes: (value: Amperes) => Physical = physical('A', -1)
export const physicalWatts: (value: Watts) => Physical = physical('W', 0)
export const physicalWattHours: (value: WattHours) => Physical = physical('Wh', 0)
export const physicalSeconds: (value: Seconds) => Physical = physical('s', 0)

const numberOf = ({ Multiplier, Value }: Physical): number => (Multiplier < 0 ? Value / 10 ** -Multiplier : Value * 10 ** Multiplier)

export const voltsOf = (value: Physical): Volts => volts(numberOf(value))
export const amperesOf = (value: Physical): Amperes => amperes(numberOf(value))
export const wattsOf = (value: Physical): Watts => watts(numberOf(value))
export const wattHoursOf = (value: Physical): WattHours => wattHours(numberOf(value))
export const secondsOf = (value: Physical): Seconds => seconds(numberOf(value))

/** Leaves a field out where there is no value: exact optional properties. */
export const optional = <Key extends string, From, To>(key: Key, value: From | undefined, make: (value: From) => To) =>
  (value === undefined ? {} : { [key]: make(value) }) as { readonly [K in Key]?: To }

export const ZERO_VOLTS: Volts = volts(0)
export const ZERO_AMPERES: Amperes = amperes(0)

/** A whole number within bounds; what is no number is the lower one. */
export const wholeWithin = (value: number, least: number, most: number): number =>
  Number.isNaN(value) ? least : Math.max(least, Math.min(most, Math.round(value)))

/** A whole number that the wire carries with 64 bits. */
export const longOf = (value: number): bigint => BigInt(wholeWithin(value, 0, Number.MAX_SAFE_INTEGER))
