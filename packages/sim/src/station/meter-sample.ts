import type { SimEvse, StationCore } from './core.ts'
import { shownRegisters } from './supply.ts'

export interface Measured {
  readonly measurand:
    | 'Energy.Active.Import.Register'
    | 'Energy.Active.Export.Register'
    | 'Power.Active.Import'
    | 'Power.Active.Export'
    | 'Power.Offered'
    | 'Current.Import'
    | 'Current.Export'
    | 'Voltage'
    | 'SoC'
  readonly unit: 'Wh' | 'W' | 'A' | 'V' | 'Percent'
  readonly value: number
}

/** What the meter of an EVSE shows, of the measurands that the operator asked for. A car that gives back is measured as export. */
export function sampleMeter(core: StationCore, evse: SimEvse): readonly Measured[] {
  const { importWh, exportWh } = shownRegisters(evse)
  const { voltageV, phases, currentType } = evse.template
  const power = Math.round(Math.abs(evse.powerW))
  const current = power / (voltageV * (currentType === 'AC' ? phases : 1))
  const flow = evse.powerW < 0 ? 'Export' : 'Import'
  const soc = evse.vehicle?.socPercent()
  const all: readonly Measured[] = [
    { measurand: 'Energy.Active.Import.Register', unit: 'Wh', value: importWh },
    { measurand: 'Energy.Active.Export.Register', unit: 'Wh', value: exportWh },
    { measurand: `Power.Active.${flow}`, unit: 'W', value: power },
    { measurand: 'Power.Offered', unit: 'W', value: evse.offeredW },
    { measurand: `Current.${flow}`, unit: 'A', value: Math.round(current * 10) / 10 },
    { measurand: 'Voltage', unit: 'V', value: voltageV },
    ...(soc === undefined ? [] : [{ measurand: 'SoC', unit: 'Percent', value: Math.round(soc * 10) / 10 } as const]),
  ]
  const asked = new Set(core.settings.text('measurands').split(','))
  return all.filter(({ measurand }) => asked.has(measurand) || asked.has(measurand.replace('.Export', '.Import')))
}
