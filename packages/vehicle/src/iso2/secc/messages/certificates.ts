import type { Answer, Handler } from '../answer.ts'
import type { Turn } from '../state.ts'

/**
 * The raw request goes to the backend and its answer, a whole message that somebody else signed, to the car as it is. Only that it
 * is an answer to this request is looked at.
 */
const exchange = (
  { session, incoming, fresh }: Turn,
  message: 'CertificateInstallation' | 'CertificateUpdate',
): Answer<'CertificateInstallation'> & Answer<'CertificateUpdate'> => {
  const { dialect, station } = session
  if (fresh) {
    const action = message === 'CertificateInstallation' ? 'install' : 'update'
    const told = { told: 'certificateWanted', action, namespace: dialect.namespace, exiRequest: incoming.raw } as const
    return { kind: 'hold', told: [told] }
  }
  if (station.certificate === undefined) return { kind: 'hold' }
  const { exi } = station.certificate
  const answer = exi && dialect.read(exi)
  if (exi === undefined || !answer?.ok) return { kind: 'fail', code: 'FAILED_NoCertificateAvailable' }
  const { body } = answer.value
  if (body.kind !== 'response' || body.message !== message)
    return { kind: 'fail', code: 'FAILED', detail: `the backend sent ${body.message}` }
  return { kind: 'pass', exi, next: 'paymentDetails' }
}

export const certificateInstallation: Handler<'CertificateInstallation'> = (turn) => exchange(turn, 'CertificateInstallation')
export const certificateUpdate: Handler<'CertificateUpdate'> = (turn) => exchange(turn, 'CertificateUpdate')
