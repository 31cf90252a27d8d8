import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import { readMessage } from '../../codec.ts'
import type { Handler } from '../answer.ts'
import { REFUSALS } from '../refusals.ts'

/**
 * The raw request goes to the backend and its answer, a whole message that somebody else signed, to the car as it is. Where there is
 * none in time the car is warned and may pay in another way.
 */
export const certificateInstallation: Handler<'CertificateInstallation'> = ({ session, incoming, call }) => {
  const { options, station, chosen } = session
  if (!options.certificateService) return { kind: 'fail', code: 'FAILED_SequenceError', detail: 'certificates were not offered' }
  if (call === 'fresh')
    return {
      kind: 'hold',
      forget: ['certificate'],
      told: [{ told: 'certificateWanted', action: 'install', namespace: chosen.namespace, exiRequest: incoming.raw }],
    }
  if (station.certificate === undefined && call === 'again') return { kind: 'hold' }
  const exi = station.certificate?.exi
  const answer = exi && readMessage(PAYLOAD_TYPE.commonMessages, exi)
  const fits = answer?.ok && answer.value.body.kind === 'response' && answer.value.body.message === 'CertificateInstallation'
  if (exi !== undefined && fits) return { kind: 'pass', exi, next: 'authorization' }
  const response = REFUSALS.CertificateInstallation?.('WARNING_NoCertificateAvailable', session)
  return response === undefined ? { kind: 'fail', code: 'FAILED' } : { kind: 'respond', response, next: 'authorization' }
}
