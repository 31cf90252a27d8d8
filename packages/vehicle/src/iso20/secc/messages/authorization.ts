import type { commonMessages } from '@voltway/wire/iso15118'
import type { RefusalReason } from '../../../machine/contract-chain.ts'
import { fragmentOf } from '../../codec.ts'
import { type ResponseCode, sameBytes } from '../../message.ts'
import type { Answer, Handler } from '../answer.ts'
import { paymentsOf } from '../offers.ts'
import type { SessionFacts, Turn } from '../state.ts'

/** What the car is told about a refusal: a warning, after which it may try in another way. */
const WARNINGS: Readonly<Record<RefusalReason, ResponseCode>> = {
  unknown: 'WARNING_GeneralPnCAuthorizationError',
  contractCancelled: 'WARNING_eMSPUnknown',
  certificateExpired: 'WARNING_CertificateExpired',
  certificateRevoked: 'WARNING_CertificateRevoked',
  noCertificateAvailable: 'WARNING_NoCertificateAvailable',
  certChainError: 'WARNING_CertificateValidationError',
  signatureError: 'WARNING_GeneralPnCAuthorizationError',
}

const warned = (ResponseCode: ResponseCode): Answer<'Authorization'> => ({
  kind: 'respond',
  response: { ResponseCode, EVSEProcessing: 'Finished' },
  next: 'authorization',
  facts: { authorisationAsked: false },
  station: { authorisation: 'none' },
  forget: ['refusal'],
})

type Mode = commonMessages.PnC_AReqAuthorizationModeType

interface Checked {
  readonly contract: NonNullable<SessionFacts['contract']>
  readonly challengeChecked: boolean
  readonly expiresSoon: boolean
}

/** The chain, the challenge and the signature; or the answer that says what is wrong with them. */
const checkContract = ({ session, incoming, at }: Turn, mode: Mode): Checked | Answer<'Authorization'> => {
  const { crypto, challenge, policy } = session.options
  if (crypto === undefined) return warned('WARNING_AuthorizationSelectionInvalid')
  const { Certificate, SubCertificates } = mode.ContractCertificateChain
  const chain = { leaf: Certificate, subCertificates: SubCertificates.Certificate }
  const emaid = crypto.emaidOf?.(Certificate) ?? ''
  const path = crypto.checkContract(chain, emaid, at)
  if (!path.ok) return warned(WARNINGS[path.failure])
  const pass = policy.unsignedAuthorization === 'pass'
  const sameChallenge = sameBytes(mode.GenChallenge, challenge)
  if (!sameChallenge && !pass) return warned('WARNING_ChallengeInvalid')
  const exi = fragmentOf('PnC_AReqAuthorizationMode', mode)
  const signed =
    exi !== undefined && incoming.signature !== undefined && crypto.verify(incoming.signature, [{ id: mode.Id, exi }], chain.leaf)
  if (!signed && !pass) return { kind: 'fail', code: 'FAILED_SignatureError' }
  return { contract: { emaid, chain }, challengeChecked: sameChallenge && signed, expiresSoon: path.value.expiresSoon }
}

/** Asks the station, once for each way to pay that the car tries. */
const begin = (turn: Turn, mode: Mode | undefined): Answer<'Authorization'> => {
  if (mode === undefined)
    return {
      ...waiting(turn),
      facts: { authorisationAsked: true, payment: 'eim' },
      told: [{ told: 'authoriseWanted', by: { by: 'eim' } }],
    }
  const checked = checkContract(turn, mode)
  if ('kind' in checked) return checked
  const { contract, challengeChecked, expiresSoon } = checked
  return {
    ...waiting(turn, expiresSoon),
    facts: { authorisationAsked: true, payment: 'contract', contract, expiresSoon },
    told: [{ told: 'authoriseWanted', by: { by: 'contract', ...contract, challengeChecked } }],
  }
}

/** What the station has said so far. */
const waiting = ({ session }: Turn, expiresSoon = false): Answer<'Authorization'> => {
  const { authorisation, refusal } = session.station
  if (authorisation === 'authorised') {
    const ResponseCode = expiresSoon ? 'OK_CertificateExpiresSoon' : 'OK'
    return { kind: 'respond', response: { ResponseCode, EVSEProcessing: 'Finished' }, next: 'serviceDiscovery' }
  }
  if (authorisation === 'refused')
    return warned(session.facts.payment === 'contract' ? WARNINGS[refusal ?? 'unknown'] : 'WARNING_EIMAuthorizationFailure')
  const EVSEProcessing = authorisation === 'waiting' ? 'Ongoing_WaitingForCustomerInteraction' : 'Ongoing'
  return { kind: 'respond', response: { ResponseCode: 'OK', EVSEProcessing }, next: 'authorization' }
}

/** Keeps the car waiting until the station has decided. A refusal is no end: the car may try in another way. */
export const authorization: Handler<'Authorization'> = (turn, request) => {
  const { session } = turn
  const selected = request.SelectedAuthorizationService === 'EIM' ? 'eim' : 'contract'
  const { PnC_AReqAuthorizationMode: contract, EIM_AReqAuthorizationMode: eim } = request
  const fits = selected === 'eim' ? eim !== undefined : contract !== undefined
  if (!fits || !paymentsOf(session).includes(selected)) return warned('WARNING_AuthorizationSelectionInvalid')
  const asked = session.facts.authorisationAsked && session.facts.payment === selected
  const expiresSoon = selected === 'contract' && session.facts.expiresSoon === true
  return asked ? waiting(turn, expiresSoon) : begin(turn, selected === 'eim' ? undefined : contract)
}
