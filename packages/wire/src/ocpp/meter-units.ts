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
/** Units in lower case; the first of each dimension is meant when a sample names none. 1.6 itself misspells Celsius. */
const UNITS: Readonly<Record<Dimension, ReadonlyMap<string, (value: number) => number>>> = {
  energy: new Map([
    ['wh', same],
    ['kwh', thousand],
    ['mwh', (value) => value * 1e6],
  ]),
  power: new Map([
    ['w', same],
    ['kw', thousand],
    ['mw', (value) => value * 1e6],
  ]),
  current: new Map([
    ['a', same],
    ['ma', (value) => value / 1000],
  ]),
  voltage: new Map([
    ['v', same],
    ['kv', thousand],
    ['mv', (value) => value / 1000],
  ]),
  percent: new Map([
    ['percent', same],
    ['%', same],
  ]),
  temperature: new Map([
    ['celsius', same],
    ['celcius', same],
    ['c', same],
    ['fahrenheit', (value) => ((value - 32) * 5) / 9],
    ['f', (value) => ((value - 32) * 5) / 9],
    ['k', (value) => value - 273.15],
    ['kelvin', (value) => value - 273.15],
  ]),
  frequency: new Map([
    ['hz', same],
    ['hertz', same],
  ]),
}
const MAX_MULTIPLIER = 12

/** Where a sample belongs and its number in that place's unit; undefined when measurand and unit do not go together. */
export function measured({ measurand, value, unit, multiplier }: Sample): { readonly slot: Slot; readonly value: number } | undefined {
  const [slot, dimension] = SLOTS.get(measurand) ?? []
  if (!slot || !dimension || Math.abs(multiplier) > MAX_MULTIPLIER) return undefined
  const convert = unit === undefined ? same : UNITS[dimension].get(unit.trim().toLowerCase())
  return convert && { slot, value: tidy(convert(multiplier < 0 ? value / 10 ** -multiplier : value * 10 ** multiplier)) }
}

/** Takes away what binary fractions add: 1.005 kWh is 1005 Wh. */
const tidy = (value: number) => (Math.abs(value) < 1e9 ? Math.round(value * 1e6) / 1e6 : value)
