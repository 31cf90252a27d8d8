import { type Discovery, readFlag, readRateUnits } from '../discovery.ts'
import type { JsonObject } from '../station-gateway.ts'

/** What is asked one by one, and as what it is kept (OCPP 2.0.1 part 2, referenced components). */
const ASKED = [
  ['SmartChargingCtrlr', 'ProfileStackLevel'],
  ['SmartChargingCtrlr', 'RateUnit'],
  ['SmartChargingCtrlr', 'PeriodsPerSchedule'],
  ['SmartChargingCtrlr', 'Available'],
  ['SmartChargingCtrlr', 'Phases3to1'],
  ['SmartChargingCtrlr', 'ACPhaseSwitchingSupported'],
  ['ReservationCtrlr', 'Available'],
] as const

/** OCPP 2.0.1, B06 and B07: the few variables that commands depend on, then the whole inventory as reports. */
export const discover: Discovery = async (call) => {
  const asked = await call('GetVariables', {
    getVariableData: ASKED.map(([component, variable]) => ({ component: { name: component }, variable: { name: variable } })),
  })
  const read = asked.outcome === 'answered' ? readResults(asked.response.getVariableResult) : []
  await call('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' })
  const textOf = (component: string, variable: string) =>
    read.find((one) => one.component === component && one.variable === variable)?.value
  const numberOf = (component: string, variable: string) => {
    const value = Number(textOf(component, variable) ?? Number.NaN)
    return Number.isInteger(value) && value >= 0 ? value : undefined
  }
  const flagOf = (component: string, variable = 'Available') => readFlag(textOf(component, variable))
  const capabilities = {
    maxStackLevel: numberOf('SmartChargingCtrlr', 'ProfileStackLevel'),
    rateUnits: readRateUnits(textOf('SmartChargingCtrlr', 'RateUnit')),
    maxPeriods: numberOf('SmartChargingCtrlr', 'PeriodsPerSchedule'),
    reservations: flagOf('ReservationCtrlr'),
    smartCharging: flagOf('SmartChargingCtrlr'),
    switchesPhases: flagOf('SmartChargingCtrlr', 'Phases3to1'),
    choosesPhase: flagOf('SmartChargingCtrlr', 'ACPhaseSwitchingSupported'),
  }
  return { capabilities, variables: read.map((one) => ({ ...one, mutability: undefined })) }
}

function readResults(list: unknown) {
  if (!Array.isArray(list)) return []
  return list.slice(0, 100).flatMap((one: unknown) => {
    if (!isObject(one) || one.attributeStatus !== 'Accepted' || !isObject(one.component) || !isObject(one.variable)) return []
    const [component, variable, value] = [one.component.name, one.variable.name, one.attributeValue]
    if (typeof component !== 'string' || typeof variable !== 'string') return []
    return [{ component, variable, value: typeof value === 'string' ? value : undefined }]
  })
}

const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)
