import { sessionBinding } from '../../binding.ts'
import type { Handler } from '../answer.ts'
import { freedomsOf } from '../offers.ts'

export const sessionStop: Handler<'SessionStop'> = ({ session }, { ChargingSession, EVTerminationExplanation }) => {
  const { options, facts, sessionId } = session
  if (ChargingSession === 'ServiceRenegotiation') {
    if (!freedomsOf(options).renegotiateServices) return { kind: 'fail', code: 'FAILED_NoServiceRenegotiationSupported' }
    return {
      kind: 'respond',
      response: { ResponseCode: 'OK' },
      next: 'serviceDiscovery',
      told: [{ told: 'renegotiating' }],
      forget: ['wish', 'offers', 'isolation'],
    }
  }
  if (ChargingSession === 'Terminate')
    return {
      kind: 'respond',
      response: { ResponseCode: 'OK' },
      next: 'ended',
      end: { code: 'finished', ...(EVTerminationExplanation === undefined ? {} : { detail: EVTerminationExplanation }) },
    }
  const { energy, payment = 'eim', scheduleId } = facts
  if (!freedomsOf(options).pause || energy === undefined) return { kind: 'fail', code: 'FAILED_PauseNotAllowed' }
  const paused = {
    protocol: 'iso15118-20',
    sessionId,
    payment,
    transfer: energy.transfer,
    control: energy.control,
    service: { id: energy.service, parameterSet: energy.parameterSet },
    ...(scheduleId === undefined ? {} : { scheduleId }),
    binding: sessionBinding(sessionId, options.link.peerCertificate),
  } as const
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK' },
    next: 'ended',
    told: [{ told: 'paused', session: paused }],
    end: { code: 'paused' },
  }
}
