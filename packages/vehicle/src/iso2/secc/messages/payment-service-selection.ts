import { CERTIFICATE_SERVICE, CHARGE_SERVICE } from '../../services.ts'
import type { Handler } from '../answer.ts'
import { paymentOf, paymentsOf } from '../payments.ts'
import { servicesOf } from './service-discovery.ts'

export const paymentServiceSelection: Handler<'PaymentServiceSelection'> = ({ session }, request) => {
  const { SelectedPaymentOption, SelectedServiceList } = request
  if (!paymentsOf(session).includes(SelectedPaymentOption)) return { kind: 'fail', code: 'FAILED_PaymentSelectionInvalid' }
  const services = SelectedServiceList.SelectedService
  if (!services.some(({ ServiceID }) => ServiceID === CHARGE_SERVICE)) return { kind: 'fail', code: 'FAILED_NoChargeServiceSelected' }
  const offered = new Set([CHARGE_SERVICE, ...servicesOf(session).map(({ ServiceID }) => ServiceID)])
  if (services.some(({ ServiceID }) => !offered.has(ServiceID))) return { kind: 'fail', code: 'FAILED_ServiceSelectionInvalid' }
  const payment = paymentOf(SelectedPaymentOption)
  const valueAdded = services
    .filter(({ ServiceID }) => ServiceID !== CHARGE_SERVICE && ServiceID !== CERTIFICATE_SERVICE)
    .map(({ ServiceID, ParameterSetID }) => ({ id: ServiceID, ...(ParameterSetID === undefined ? {} : { parameterSet: ParameterSetID }) }))
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK' },
    next: payment === 'eim' ? 'authorization' : 'identification',
    facts: { payment, ...(payment === 'eim' ? { authorisationAsked: true } : {}) },
    told: [
      { told: 'servicesSelected', valueAdded },
      ...(payment === 'eim' ? [{ told: 'authoriseWanted', by: { by: 'eim' } } as const] : []),
    ],
  }
}
