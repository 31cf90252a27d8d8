import type { RefusalReason } from '../../../machine/contract-chain.ts'
import type { ResponseCode } from '../../message.ts'
import type { Handler } from '../answer.ts'

/** What the car is told about a refusal. OCPP's certificateStatus has the same words. */
export const REFUSAL_CODES: Readonly<Record<RefusalReason, ResponseCode>> = {
  unknown: 'FAILED',
  contractCancelled: 'FAILED_ContractCanceled',
  certificateExpired: 'FAILED_CertificateExpired',
  certificateRevoked: 'FAILED_CertificateRevoked',
  noCertificateAvailable: 'FAILED_NoCertificateAvailable',
  certChainError: 'FAILED_CertChainError',
  signatureError: 'FAILED_SignatureError',
}

/** The contract's chain is checked here, the car's hold of its key with the signed AuthorizationReq. */
export const paymentDetails: Handler<'PaymentDetails'> = ({ session, at }, { eMAID, ContractSignatureCertChain }) => {
  const { crypto, challenge } = session.options
  if (crypto === undefined) return { kind: 'fail', code: 'FAILED_PaymentSelectionInvalid' }
  const { Certificate, SubCertificates } = ContractSignatureCertChain
  const chain = { leaf: Certificate, subCertificates: SubCertificates?.Certificate ?? [] }
  const checked = crypto.checkContract(chain, eMAID, at)
  if (!checked.ok) return { kind: 'fail', code: REFUSAL_CODES[checked.failure] }
  return {
    kind: 'respond',
    response: {
      ResponseCode: checked.value.expiresSoon ? 'OK_CertificateExpiresSoon' : 'OK',
      GenChallenge: challenge,
      EVSETimeStamp: BigInt(Math.floor(at / 1000)),
    },
    next: 'authorization',
    facts: { contract: { emaid: eMAID, chain } },
  }
}
