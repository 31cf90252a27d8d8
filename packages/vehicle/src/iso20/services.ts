import type { commonMessages } from '@voltway/wire/iso15118'
import type { ChargingNeeds, EnergyTransfer, PriceForm, ServiceParameterSet, ValueAddedService } from '../machine/charging.ts'
import type { Freedoms } from '../machine/options.ts'
import { numberOf } from './rational.ts'

/** How energy moves, in the families of messages. */
export type Family = 'ac' | 'dc' | 'wpt'

interface EnergyService {
  readonly id: number
  readonly family: Family
  readonly bidirectional: boolean
  /** Of the schema set in SupportedAppProtocol. */
  readonly namespace: string
  /** A pantograph connects. */
  readonly automatic: boolean
}

const namespaceOf = (set: 'AC' | 'DC' | 'WPT' | 'ACDP') => `urn:iso:std:iso:15118:-20:${set}`
const AC = { family: 'ac', namespace: namespaceOf('AC'), automatic: false } as const
const DC = { family: 'dc', namespace: namespaceOf('DC'), automatic: false } as const
const ACDP = { family: 'dc', namespace: namespaceOf('ACDP'), automatic: true } as const

/** The services of energy transfer. */
export const ENERGY_SERVICES: Readonly<Record<EnergyTransfer, EnergyService>> = {
  AC_single_phase: { ...AC, id: 1, bidirectional: false },
  AC_three_phase: { ...AC, id: 1, bidirectional: false },
  DC: { ...DC, id: 2, bidirectional: false },
  WPT: { id: 3, family: 'wpt', namespace: namespaceOf('WPT'), bidirectional: false, automatic: false },
  DC_ACDP: { ...ACDP, id: 4, bidirectional: false },
  AC_BPT: { ...AC, id: 5, bidirectional: true },
  DC_BPT: { ...DC, id: 6, bidirectional: true },
  DC_ACDP_BPT: { ...ACDP, id: 7, bidirectional: true },
}

/** What was settled about the transfer of energy by a service and one of its parameter sets. */
export interface EnergyMode {
  readonly service: number
  readonly parameterSet: number
  readonly transfer: EnergyTransfer
  readonly family: Family
  readonly bidirectional: boolean
  readonly automatic: boolean
  readonly control: ChargingNeeds['control']
  /** Who says what the car needs: it alone, or a person through the station too. */
  readonly mobilityNeeds: 'evcc' | 'secc'
  readonly prices: PriceForm | 'none'
}

const CONTROL = { scheduled: 1, dynamic: 2 } as const
const MOBILITY = { evcc: 1, secc: 2 } as const
const PRICING = { none: 0, absolute: 1, levels: 2 } as const
const AC_CONNECTOR = { AC_single_phase: 1, AC_three_phase: 2 } as const
/** CCS 2 in its extended form. */
const DC_CONNECTOR = 2

const nameOf = <Names extends Readonly<Record<string, number>>>(names: Names, value: number | undefined): keyof Names | undefined =>
  Object.keys(names).find((name) => names[name] === value)

/** The sets that a station offers for one service, by control, needs and prices. */
export const energyModes = (transfers: readonly EnergyTransfer[], service: number, freedoms: Freedoms): readonly EnergyMode[] =>
  transfers
    .filter((transfer) => ENERGY_SERVICES[transfer].id === service)
    .flatMap((transfer) =>
      freedoms.controls.flatMap((control) =>
        (control === 'dynamic' ? (['evcc', 'secc'] as const) : (['evcc'] as const)).flatMap((mobilityNeeds) =>
          [...freedoms.prices, 'none' as const].map((prices) => ({ transfer, control, mobilityNeeds, prices })),
        ),
      ),
    )
    .slice(0, 32)
    .map((mode, index) => {
      const { family, bidirectional, automatic } = ENERGY_SERVICES[mode.transfer]
      return { service, parameterSet: index + 1, family, bidirectional, automatic, ...mode }
    })

const number = (Name: string, intValue: number): commonMessages.ParameterType => ({ Name, intValue })

/** One set as ServiceDetailRes lists it. */
export const parameterSetOf = (mode: EnergyMode, nominalVoltage: number): commonMessages.ParameterSetType => {
  const connector = mode.family === 'dc' ? DC_CONNECTOR : mode.transfer === 'AC_single_phase' ? 1 : AC_CONNECTOR.AC_three_phase
  return {
    ParameterSetID: mode.parameterSet,
    Parameter: [
      ...(mode.family === 'wpt' ? [] : [number('Connector', connector)]),
      number('ControlMode', CONTROL[mode.control]),
      ...(mode.family === 'ac' ? [number('EVSENominalVoltage', Math.round(nominalVoltage))] : []),
      number('MobilityNeedsMode', MOBILITY[mode.mobilityNeeds]),
      number('Pricing', PRICING[mode.prices]),
      ...(mode.bidirectional ? [number('BPTChannel', 1), number('GeneratorMode', 1)] : []),
      ...(mode.bidirectional && mode.family === 'ac' ? [number('GridCodeIslandingDetectionMethod', 1)] : []),
    ],
  }
}

const parameterValue = ({ boolValue, byteValue, shortValue, intValue, rationalNumber, finiteString }: commonMessages.ParameterType) =>
  boolValue ?? byteValue ?? shortValue ?? intValue ?? (rationalNumber && numberOf(rationalNumber)) ?? finiteString ?? ''

/** Reads a set that a station offers for a transfer; undefined where it does not say how energy is controlled. */
export const energyModeOf = (
  { ParameterSetID, Parameter }: commonMessages.ParameterSetType,
  transfer: EnergyTransfer,
): EnergyMode | undefined => {
  const read = (name: string) => {
    const found = Parameter.find(({ Name }) => Name === name)
    const value = found && parameterValue(found)
    return typeof value === 'number' ? value : undefined
  }
  const control = nameOf(CONTROL, read('ControlMode'))
  if (control === undefined) return undefined
  const connector = read('Connector')
  const wanted = transfer === 'AC_single_phase' || transfer === 'AC_three_phase' ? AC_CONNECTOR[transfer] : connector
  if (connector !== undefined && connector !== wanted) return undefined
  const { id, family, bidirectional, automatic } = ENERGY_SERVICES[transfer]
  return {
    service: id,
    parameterSet: ParameterSetID,
    transfer,
    family,
    bidirectional,
    automatic,
    control,
    mobilityNeeds: nameOf(MOBILITY, read('MobilityNeedsMode')) ?? 'evcc',
    prices: nameOf(PRICING, read('Pricing')) ?? 'none',
  }
}

/** What a car takes: the control it wants, its own word about its needs first, prices in the form it likes best. */
export const bestMode = (modes: readonly EnergyMode[], { control, prices }: ChargingNeeds): EnergyMode | undefined => {
  const rank = (mode: EnergyMode) => {
    const place = mode.prices === 'none' ? prices.length : prices.indexOf(mode.prices)
    return (place < 0 ? prices.length + 1 : place) + (mode.mobilityNeeds === 'evcc' ? 0 : 100)
  }
  return modes.filter((mode) => mode.control === control).sort((a, b) => rank(a) - rank(b))[0]
}

const parameterOf = ({ name, value }: ServiceParameterSet['parameters'][number]): commonMessages.ParameterType => {
  const Name = name.slice(0, 80)
  if (typeof value === 'boolean') return { Name, boolValue: value }
  if (typeof value === 'number' && Number.isInteger(value) && Math.abs(value) <= 0x7fff_ffff) return { Name, intValue: value }
  return { Name, finiteString: String(value).slice(0, 80) }
}

/** Sets of a value-added service; the schema wants one at least. */
export const valueAddedSets = ({ name, parameterSets = [] }: ValueAddedService): readonly commonMessages.ParameterSetType[] => {
  const sets = parameterSets
    .filter(({ parameters }) => parameters.length > 0)
    .slice(0, 32)
    .map(({ id, parameters }) => ({ ParameterSetID: id, Parameter: parameters.slice(0, 32).map(parameterOf) }))
  return sets.length > 0 ? sets : [{ ParameterSetID: 1, Parameter: [{ Name: 'Name', finiteString: (name ?? '').slice(0, 80) }] }]
}

export const serviceParametersOf = ({ ParameterSetID, Parameter }: commonMessages.ParameterSetType): ServiceParameterSet => ({
  id: ParameterSetID,
  parameters: Parameter.map((parameter) => ({ name: parameter.Name, value: parameterValue(parameter) })),
})

const INTERNET = 65

/** A value-added service as a list names it: what it is called and costs is not in it. */
export const valueAddedOf = ({ ServiceID, FreeService }: commonMessages.ServiceType): ValueAddedService => ({
  id: ServiceID,
  category: ServiceID === INTERNET ? 'internet' : 'other',
  free: FreeService,
})
