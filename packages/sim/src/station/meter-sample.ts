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
  readonly phase?: 'L1' | 'L2' | 'L3'
}

const PHASES = ['L1', 'L2', 'L3'] as const

/** One value for all phases; by phase where they are switched, since then they differ. */
const currents = ({ template, phases, vehicle, powerW }: SimEvse): readonly Measured[] => {
  const measurand = powerW < 0 ? 'Current.Export' : 'Current.Import'
  const drawn = template.currentType === 'DC' ? 1 : (template.switchPauseMs !== undefined && vehicle?.acPhases) || phases
  const value = Math.round((Math.round(Math.abs(powerW)) / (template.voltageV * drawn)) * 10) / 10
  if (template.switchPauseMs === undefined) return [{ measurand, unit: 'A', value }]
  return PHASES.map((phase, index) => ({ measurand, unit: 'A', value: index < drawn ? value : 0, phase }))
}

/** What the meter of an EVSE shows, of the measurands that the operator asked for. A car that gives back is measured as export. */
export function sampleMeter(core: StationCore, evse: SimEvse): readonly Measured[] {
  const { importWh, exportWh } = shownRegisters(evse)
  const { voltageV } = evse.template
  const power = Math.round(Math.abs(evse.powerW))
  const flow = evse.powerW < 0 ? 'Export' : 'Import'
  const soc = evse.vehicle?.socPercent()
  const all: readonly Measured[] = [
    { measurand: 'Energy.Active.Import.Register', unit: 'Wh', value: importWh },
    { measurand: 'Energy.Active.Export.Register', unit: 'Wh', value: exportWh },
    { measurand: `Power.Active.${flow}`, unit: 'W', value: power },
    { measurand: 'Power.Offered', unit: 'W', value: evse.offeredW },
    ...currents(evse),
    { measurand: 'Voltage', unit: 'V', value: voltageV },
    ...(soc === undefined ? [] : [{ measurand: 'SoC', unit: 'Percent', value: Math.round(soc * 10) / 10 } as const]),
  ]
  const asked = new Set(core.settings.text('measurands').split(','))
  return all.filter(({ measurand }) => asked.has(measurand) || asked.has(measurand.replace('.Export', '.Import')))
}
