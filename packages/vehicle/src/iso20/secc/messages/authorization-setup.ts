import type { Handler } from '../answer.ts'
import { paymentsOf } from '../offers.ts'

export const authorizationSetup: Handler<'AuthorizationSetup'> = ({ session }) => {
  const { options } = session
  const payments = paymentsOf(session)
  if (payments.length === 0) return { kind: 'fail', code: 'FAILED', detail: 'this station takes no payment over this link' }
  const contract = payments.includes('contract')
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      AuthorizationServices: payments.map((payment) => (payment === 'eim' ? 'EIM' : 'PnC')),
      CertificateInstallationService: contract && options.certificateService,
      ...(contract ? { PnC_ASResAuthorizationMode: { GenChallenge: options.challenge } } : { EIM_ASResAuthorizationMode: {} }),
    },
    next: 'authorization',
  }
}
