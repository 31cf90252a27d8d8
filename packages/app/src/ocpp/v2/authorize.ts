import { authorize } from '@voltway/wire/ocpp/v2'
import { handles } from '../handler.ts'
import { idTokenInfo } from './id-token-info.ts'
import { tokenText } from './token-text.ts'

/**
 * OCPP 2.0.1, C01 and C07. Does not say at which EVSE, so a booking is held to its time and station only. A contract has to be good as a
 * certificate and known as a token.
 */
export const onAuthorize = handles(authorize, async ({ idToken, certificate, iso15118CertificateHashData }, context) => {
  const authorisation = await context.authorise({ idToken: tokenText(idToken), purpose: 'present' })
  const idInfo = idTokenInfo(authorisation)
  if (certificate === undefined && iso15118CertificateHashData === undefined) return { facts: [], reply: { idTokenInfo: idInfo } }
  const { status, reason } = await context.contract({ emaid: idToken.idToken, pem: certificate, hashes: iso15118CertificateHashData ?? [] })
  if (status === 'Accepted') return { facts: [], reply: { idTokenInfo: idInfo, certificateStatus: status } }
  return {
    facts: [],
    reply: {
      idTokenInfo: { ...idInfo, status: status === 'CertificateExpired' ? ('Expired' as const) : ('Invalid' as const) },
      certificateStatus: status,
    },
    alarms: [{ kind: 'ContractRefused', detail: { status, reason } }],
  }
})
