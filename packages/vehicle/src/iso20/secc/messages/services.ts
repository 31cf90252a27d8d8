import { volts } from '@voltway/units'
import { parameterSetOf, valueAddedSets } from '../../services.ts'
import type { Handler } from '../answer.ts'
import { freedomsOf, offeredModes, offeredServices } from '../offers.ts'

const MOST_SERVICES = 8

export const serviceDiscovery: Handler<'ServiceDiscovery'> = ({ session }, { SupportedServiceIDs }) => {
  const { options } = session
  const known = SupportedServiceIDs?.ServiceID
  const supported = ({ ServiceID }: { readonly ServiceID: number }) => known === undefined || known.includes(ServiceID)
  const energy = offeredServices(session).map((ServiceID) => ({ ServiceID, FreeService: options.freeService }))
  if (energy.length === 0) return { kind: 'fail', code: 'FAILED', detail: 'this station has nothing to offer here' }
  const both = energy.filter(supported)
  const valueAdded = options.valueAdded.map(({ id, free }) => ({ ServiceID: id, FreeService: free })).filter(supported)
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      ServiceRenegotiationSupported: freedomsOf(options).renegotiateServices,
      // The schema wants one service at least: where none is common, the car sees what there is.
      EnergyTransferServiceList: { Service: (both.length > 0 ? both : energy).slice(0, MOST_SERVICES) },
      ...(valueAdded.length === 0 ? {} : { VASList: { Service: valueAdded.slice(0, MOST_SERVICES) } }),
    },
    next: 'serviceSelection',
  }
}

export const serviceDetail: Handler<'ServiceDetail'> = ({ session }, { ServiceID }) => {
  const { options, station } = session
  const valueAdded = options.valueAdded.find(({ id }) => id === ServiceID)
  const ParameterSet = offeredServices(session).includes(ServiceID)
    ? offeredModes(session, ServiceID).map((mode) => parameterSetOf(mode, station.limits.nominalVoltage ?? volts(230)))
    : valueAdded && valueAddedSets(valueAdded)
  if (ParameterSet === undefined || ParameterSet.length === 0)
    return { kind: 'fail', code: 'FAILED_ServiceIDInvalid', detail: `service ${ServiceID}` }
  return { kind: 'respond', response: { ResponseCode: 'OK', ServiceID, ServiceParameterList: { ParameterSet } }, next: 'serviceSelection' }
}

export const serviceSelection: Handler<'ServiceSelection'> = ({ session }, request) => {
  const { ServiceID, ParameterSetID } = request.SelectedEnergyTransferService
  if (!offeredServices(session).includes(ServiceID)) return { kind: 'fail', code: 'FAILED_NoEnergyTransferServiceSelected' }
  const energy = offeredModes(session, ServiceID).find(({ parameterSet }) => parameterSet === ParameterSetID)
  const selected = request.SelectedVASList?.SelectedService ?? []
  const known = selected.every((one) => {
    const service = session.options.valueAdded.find(({ id }) => id === one.ServiceID)
    return service !== undefined && valueAddedSets(service).some((set) => set.ParameterSetID === one.ParameterSetID)
  })
  if (energy === undefined || !known) return { kind: 'fail', code: 'FAILED_ServiceSelectionInvalid' }
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK' },
    next: energy.family === 'wpt' ? 'finePositioningSetup' : energy.automatic ? 'vehiclePositioning' : 'chargeParameters',
    forget: ['positioned'],
    facts: { energy, scheduleAsked: false, cableCheckAsked: false, offered: [] },
    told: [{ told: 'servicesSelected', valueAdded: selected.map((one) => ({ id: one.ServiceID, parameterSet: one.ParameterSetID })) }],
  }
}
