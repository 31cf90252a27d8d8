import type { iso2 } from '@voltway/wire/iso15118'
import type { ServiceParameterSet, ValueAddedService } from '../machine/charging.ts'
import { optional } from './physical.ts'

export const CHARGE_SERVICE = 1
export const CERTIFICATE_SERVICE = 2
/** Parameter sets of the certificate service. */
export const CERTIFICATE_SETS = { install: 1, update: 2 } as const

/** As ServiceDiscoveryRes lists it. */
export const certificateService: iso2.ServiceType = {
  ServiceID: CERTIFICATE_SERVICE,
  ServiceName: 'Certificate',
  ServiceCategory: 'ContractCertificate',
  FreeService: true,
}

export const serviceOf = ({ id, name, category, scope, free }: ValueAddedService): iso2.ServiceType => ({
  ServiceID: id,
  ...optional('ServiceName', name, (text) => text.slice(0, 32)),
  ServiceCategory: category === 'internet' ? 'Internet' : 'OtherCustom',
  ...optional('ServiceScope', scope, (text) => text.slice(0, 64)),
  FreeService: free,
})

export const valueAddedOf = ({
  ServiceID,
  ServiceName,
  ServiceCategory,
  ServiceScope,
  FreeService,
}: iso2.ServiceType): ValueAddedService => ({
  id: ServiceID,
  ...optional('name', ServiceName, (text) => text),
  category: ServiceCategory === 'Internet' ? 'internet' : 'other',
  ...optional('scope', ServiceScope, (text) => text),
  free: FreeService,
})

const isInt = (value: number): boolean => Number.isInteger(value) && Math.abs(value) <= 0x7fff_ffff

const parameterOf = ({ name, value }: ServiceParameterSet['parameters'][number]): iso2.ParameterType => {
  const Name = name.slice(0, 32)
  if (typeof value === 'boolean') return { Name, boolValue: value }
  if (typeof value === 'number' && isInt(value)) return { Name, intValue: value }
  return { Name, stringValue: String(value) }
}

/** ServiceParameterList of sets, at most 255; an empty one cannot be said and is left out. */
export const parameterListOf = (
  sets: readonly ServiceParameterSet[],
): { readonly ServiceParameterList?: iso2.ServiceParameterListType } => {
  const sayable = sets.filter(({ parameters }) => parameters.length > 0).slice(0, 255)
  if (sayable.length === 0) return {}
  const ParameterSet = sayable.map(({ id, parameters }) => ({ ParameterSetID: id, Parameter: parameters.slice(0, 16).map(parameterOf) }))
  return { ServiceParameterList: { ParameterSet } }
}

export const CERTIFICATE_PARAMETERS: readonly ServiceParameterSet[] = [
  { id: CERTIFICATE_SETS.install, parameters: [{ name: 'Service', value: 'Installation' }] },
  { id: CERTIFICATE_SETS.update, parameters: [{ name: 'Service', value: 'Update' }] },
]
