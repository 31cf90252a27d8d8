import type { Sample } from './meter-reading.ts'

type Dimension = 'energy' | 'power' | 'current' | 'voltage' | 'percent' | 'temperature' | 'frequency'

/** Places that a reading keeps a number in. */
export type Slot =
  | 'importWh'
  | 'exportWh'
  | 'importIntervalWh'
  | 'exportIntervalWh'
  | 'powerImportW'
  | 'powerExportW'
  | 'powerOfferedW'
  | 'currentImportA'
  | 'currentExportA'
  | 'currentOfferedA'
  | 'voltageV'
  | 'socPercent'
  | 'temperatureC'
  | 'frequencyHz'

const SLOTS: ReadonlyMap<string, readonly [Slot, Dimension]> = new Map([
  ['Energy.Active.Import.Register', ['importWh', 'energy']],
  ['Energy.Active.Export.Register', ['exportWh', 'energy']],
  ['Energy.Active.Import.Interval', ['importIntervalWh', 'energy']],
  ['Energy.Active.Export.Interval', ['exportIntervalWh', 'energy']],
  ['Power.Active.Import', ['powerImportW', 'power']],
  ['Power.Active.Export', ['powerExportW', 'power']],
  ['Power.Offered', ['powerOfferedW', 'power']],
  ['Current.Import', ['currentImportA', 'current']],
  ['Current.Export', ['currentExportA', 'current']],
  ['Current.Offered', ['currentOfferedA', 'current']],
  ['Voltage', ['voltageV', 'voltage']],
  ['SoC', ['socPercent', 'percent']],
  ['Temperature', ['temperatureC', 'temperature']],
  ['Frequency', ['frequencyHz', 'frequency']],
])

const same = (value: number) => value
const thousand = (value: number) => value * 1000
type Convert = (value: number) => number
/** By OCPP's spelling, which needs no look at its letters, and in lower case for all others. */
const spelt = (...units: readonly (readonly [unit: string, convert: Convert])[]): ReadonlyMap<string, Convert> =>
  new Map(units.flatMap(([unit, convert]) => [[unit, convert] as const, [unit.toLowerCase(), convert] as const]))

/** The first of each dimension is meant when a sample names none. 1.6 itself misspells Celsius. */
const UNITS: Readonly<Record<Dimension, ReadonlyMap<string, Convert>>> = {
  energy: spelt(['Wh', same], ['kWh', thousand], ['MWh', (value) => value * 1e6]),
  power: spelt(['W', same], ['kW', thousand], ['MW', (value) => value * 1e6]),
  current: spelt(['A', same], ['mA', (value) => value / 1000]),
  voltage: spelt(['V', same], ['kV', thousand], ['mV', (value) => value / 1000]),
  percent: spelt(['Percent', same], ['%', same]),
  temperature: spelt(
    ['Celsius', same],
    ['Celcius', same],
    ['C', same],
    ['Fahrenheit', (value) => ((value - 32) * 5) / 9],
    ['F', (value) => ((value - 32) * 5) / 9],
    ['K', (value) => value - 273.15],
    ['Kelvin', (value) => value - 273.15],
  ),
  frequency: spelt(['Hz', same], ['Hertz', same]),
}
const MAX_MULTIPLIER = 12

/** Where a sample belongs and its number in that place's unit; undefined when measurand and unit do not go together. */
export function measured({ measurand, value, unit, multiplier }: Sample): { readonly slot: Slot; readonly value: number } | undefined {
  const place = SLOTS.get(measurand)
  if (!place || Math.abs(multiplier) > MAX_MULTIPLIER) return undefined
  const [slot, dimension] = place
  const units = UNITS[dimension]
  const convert = unit === undefined ? same : (units.get(unit) ?? units.get(unit.trim().toLowerCase()))
  return convert && { slot, value: tidy(convert(scaled(value, multiplier))) }
}

const scaled = (value: number, multiplier: number) => {
  if (multiplier === 0) return value
  return multiplier < 0 ? value / 10 ** -multiplier : value * 10 ** multiplier
}

/** Takes away what binary fractions add: 1.005 kWh is 1005 Wh. */
const tidy = (value: number) => (Math.abs(value) < 1e9 ? Math.round(value * 1e6) / 1e6 : value)
