import type { EnergyTransfer } from '../../../machine/charging.ts'
import { bestMode, ENERGY_SERVICES, type EnergyMode, energyModeOf, serviceParametersOf, valueAddedOf } from '../../services.ts'
import type { Answer, Handler } from '../answer.ts'
import { detailDue } from '../requests.ts'
import type { EvccFacts, EvccSession } from '../state.ts'
import { energyServicesOf } from './setup.ts'

export const serviceDiscovery: Handler<'ServiceDiscovery'> = ({ session }, { EnergyTransferServiceList, VASList }) => {
  const offered = EnergyTransferServiceList.Service.map(({ ServiceID }) => ServiceID)
  const transfers = energyServicesOf(session).filter((transfer) => offered.includes(ENERGY_SERVICES[transfer].id))
  if (transfers.length === 0)
    return { next: 'sessionStop', facts: { endWith: { code: 'incompatible', detail: `no common service among ${offered.join(', ')}` } } }
  const valueAdded = (VASList?.Service ?? []).map(valueAddedOf)
  const wanted = session.options.valueAdded.map(({ id }) => id).filter((id) => valueAdded.some((service) => service.id === id))
  return {
    next: 'serviceDetail',
    facts: {
      services: [...new Set(transfers.map((transfer) => ENERGY_SERVICES[transfer].id)), ...wanted],
      valueAdded: valueAdded.map(({ id }) => id),
      details: [],
    },
    forget: ['energy'],
    told: [{ told: 'services', transfers, payments: session.facts.payments, valueAdded }],
  }
}

/** The first transfer that can be had as the car wants it. */
const choose = (session: EvccSession, details: EvccFacts['details']): EnergyMode | undefined => {
  const modes = energyServicesOf(session).flatMap((transfer: EnergyTransfer) => {
    const sets = details.find(({ service }) => service === ENERGY_SERVICES[transfer].id)?.sets ?? []
    const best = bestMode(
      sets.map((set) => energyModeOf(set, transfer)).filter((mode) => mode !== undefined),
      session.car.needs,
    )
    return best === undefined ? [] : [best]
  })
  return modes[0]
}

export const serviceDetail: Handler<'ServiceDetail'> = ({ session }, { ServiceID, ServiceParameterList }): Answer => {
  // The answer is to the request that is out: stations in the field echo another number.
  const service = detailDue(session) ?? ServiceID
  const details = [...session.facts.details, { service, sets: ServiceParameterList.ParameterSet }]
  if (detailDue({ ...session, facts: { ...session.facts, details } }) !== undefined) return { next: 'serviceDetail', facts: { details } }
  const energy = choose(session, details)
  if (energy === undefined)
    return {
      next: 'sessionStop',
      facts: { details, endWith: { code: 'incompatible', detail: `no ${session.car.needs.control} control of a common service` } },
    }
  return { next: 'serviceSelection', facts: { details, energy } }
}

export const serviceSelection: Handler<'ServiceSelection'> = ({ session }) => {
  const { energy, payments, details, valueAdded } = session.facts
  if (energy === undefined) return { next: 'sessionStop' }
  const chosen = details
    .filter(({ service }) => valueAdded.includes(service))
    .flatMap(({ service, sets }) => sets.slice(0, 1).map((set) => ({ id: service, parameterSet: serviceParametersOf(set).id })))
  return {
    next: energy.family === 'wpt' ? 'finePositioningSetup' : energy.automatic ? 'vehiclePositioning' : 'chargeParameters',
    told: [{ told: 'serviceChosen', transfer: energy.transfer, payment: payments[0] ?? 'eim', valueAdded: chosen }],
  }
}
