import type { iso2 } from '@voltway/wire/iso15118'
import { CHARGE_SERVICE, certificateService, serviceOf } from '../../services.ts'
import type { Handler } from '../answer.ts'
import { paymentsOf } from '../payments.ts'
import type { SeccSession } from '../state.ts'
import { offeredModes } from '../supply.ts'

/** Services beside charging, of one category where the car asks for one. */
export const servicesOf = (session: SeccSession): readonly iso2.ServiceType[] => {
  const { options, dialect } = session
  const certificates = options.certificateService && paymentsOf(session).includes('Contract') ? [certificateService] : []
  return [...certificates, ...(dialect.can.valueAdded ? options.valueAdded.map(serviceOf) : [])]
}

export const serviceDiscovery: Handler<'ServiceDiscovery'> = ({ session }, { ServiceCategory, ServiceScope }) => {
  const modes = offeredModes(session)
  const payments = paymentsOf(session)
  if (modes.length === 0 || payments.length === 0) return { kind: 'fail', code: 'FAILED', detail: 'this station has nothing to offer here' }
  const services = servicesOf(session)
    .filter((service) => ServiceCategory === undefined || ServiceCategory === service.ServiceCategory)
    .filter((service) => ServiceScope === undefined || service.ServiceScope === undefined || ServiceScope === service.ServiceScope)
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      PaymentOptionList: { PaymentOption: payments },
      ChargeService: {
        ServiceID: CHARGE_SERVICE,
        ServiceCategory: 'EVCharging',
        FreeService: session.options.freeService,
        SupportedEnergyTransferMode: { EnergyTransferMode: modes },
      },
      ...(services.length === 0 ? {} : { ServiceList: { Service: services.slice(0, 8) } }),
    },
    next: 'serviceSelection',
  }
}
