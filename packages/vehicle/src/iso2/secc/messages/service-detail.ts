import { CERTIFICATE_PARAMETERS, CERTIFICATE_SERVICE, CHARGE_SERVICE, parameterListOf } from '../../services.ts'
import type { Handler } from '../answer.ts'
import { servicesOf } from './service-discovery.ts'

export const serviceDetail: Handler<'ServiceDetail'> = ({ session }, { ServiceID }) => {
  const known = ServiceID === CHARGE_SERVICE || servicesOf(session).some((service) => service.ServiceID === ServiceID)
  if (!known) return { kind: 'fail', code: 'FAILED_ServiceIDInvalid', detail: `service ${ServiceID}` }
  const valueAdded = session.options.valueAdded.find(({ id }) => id === ServiceID)
  const sets = ServiceID === CERTIFICATE_SERVICE ? CERTIFICATE_PARAMETERS : (valueAdded?.parameterSets ?? [])
  return { kind: 'respond', response: { ResponseCode: 'OK', ServiceID, ...parameterListOf(sets) }, next: 'serviceSelection' }
}
