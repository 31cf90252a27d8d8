import type { GetVariablesResponse, NotifyReportRequest, SetVariablesResponse } from '@voltway/wire/ocpp/v2'
import type { StationCore } from '../station/core.ts'
import { SETTINGS, type SettingName } from '../station/settings.ts'
import { switchesPhases } from '../station/supply.ts'
import { VARIABLE_2, type VariableKey } from './settings.ts'

interface Component {
  readonly name: string
  readonly instance?: string
  readonly evse?: { readonly id: number }
}
interface Variable {
  readonly name: string
  readonly instance?: string
}
type Report = NonNullable<NotifyReportRequest['reportData']>[number]

const NAMES = Object.keys(SETTINGS).filter((name): name is SettingName => name in SETTINGS)
const DATA_TYPE = { integer: 'integer', boolean: 'boolean', text: 'string' } as const

const settingOf = (component: string, variable: Variable): SettingName | undefined =>
  NAMES.find((name) => {
    const key: VariableKey = VARIABLE_2[name]
    return key.component === component && key.variable === variable.name && key.instance === variable.instance
  })

/** What a 2.0.1 station knows about itself, beside its settings; none of it can be changed. */
const facts = (core: StationCore): readonly { readonly component: Component; readonly variable: string; readonly value: string }[] => [
  { component: { name: 'ChargingStation' }, variable: 'Model', value: core.template.model },
  { component: { name: 'ChargingStation' }, variable: 'VendorName', value: core.template.vendor },
  { component: { name: 'ReservationCtrlr' }, variable: 'Enabled', value: 'true' },
  { component: { name: 'SmartChargingCtrlr' }, variable: 'Enabled', value: 'true' },
  { component: { name: 'SmartChargingCtrlr' }, variable: 'Phases3to1', value: String(switchesPhases(core)) },
  ...core.evses.flatMap(({ template: { number, maxPowerW, standard, voltageV } }) => [
    { component: { name: 'EVSE', evse: { id: number } }, variable: 'Power', value: String(maxPowerW) },
    { component: { name: 'EVSE', evse: { id: number } }, variable: 'DCVoltage', value: String(voltageV) },
    { component: { name: 'Connector', evse: { id: number } }, variable: 'ConnectorType', value: standard },
  ]),
]

export function getVariable(
  core: StationCore,
  component: Component,
  variable: Variable,
): GetVariablesResponse['getVariableResult'][number] {
  const name = settingOf(component.name, variable)
  const value = name
    ? core.settings.text(name)
    : facts(core).find(
        (one) => one.component.name === component.name && one.component.evse?.id === component.evse?.id && one.variable === variable.name,
      )?.value
  if (value !== undefined) return { attributeStatus: 'Accepted', attributeValue: value, component, variable }
  return { attributeStatus: knowsComponent(core, component.name) ? 'UnknownVariable' : 'UnknownComponent', component, variable }
}

const SET_STATUS = { accepted: 'Accepted', rejected: 'Rejected', readOnly: 'Rejected' } as const

export function setVariable(
  core: StationCore,
  { component, variable, value }: { readonly component: Component; readonly variable: Variable; readonly value: string },
): SetVariablesResponse['setVariableResult'][number] {
  const name = settingOf(component.name, variable)
  if (name) return { attributeStatus: SET_STATUS[core.settings.set(name, value)], component, variable }
  const { attributeStatus } = getVariable(core, component, variable)
  return { attributeStatus: attributeStatus === 'Accepted' ? 'Rejected' : attributeStatus, component, variable }
}

const knowsComponent = (core: StationCore, component: string) =>
  NAMES.some((name) => VARIABLE_2[name].component === component) || facts(core).some((one) => one.component.name === component)

/** The whole report; `ConfigurationInventory` has only what can be changed. */
export function baseReport(core: StationCore, kind: 'ConfigurationInventory' | 'FullInventory' | 'SummaryInventory'): readonly Report[] {
  const settings = NAMES.map((name): Report => {
    const { component, variable, instance } = VARIABLE_2[name]
    const { type } = SETTINGS[name]
    return {
      component: { name: component },
      variable: { name: variable, ...(instance !== undefined && { instance }) },
      variableAttribute: [{ value: core.settings.text(name), mutability: 'readOnly' in SETTINGS[name] ? 'ReadOnly' : 'ReadWrite' }],
      variableCharacteristics: { dataType: DATA_TYPE[type], supportsMonitoring: false },
    }
  })
  if (kind === 'ConfigurationInventory') return settings.filter(({ variableAttribute }) => variableAttribute[0]?.mutability === 'ReadWrite')
  const fixed = facts(core).map(
    ({ component, variable, value }): Report => ({
      component,
      variable: { name: variable },
      variableAttribute: [{ value, mutability: 'ReadOnly' }],
      variableCharacteristics: { dataType: 'string', supportsMonitoring: false },
    }),
  )
  return [...settings, ...fixed]
}
