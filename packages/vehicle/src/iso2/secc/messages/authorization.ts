import { type Requests, sameBytes } from '../../message.ts'
import type { Answer, Handler } from '../answer.ts'
import type { Turn } from '../state.ts'
import { REFUSAL_CODES } from './payment-details.ts'

/** What is wrong with a car's proof that it holds the contract's key; undefined: nothing. */
const wrongProof = (
  { session, incoming }: Turn,
  request: Requests['Authorization'],
): 'FAILED_ChallengeInvalid' | 'FAILED_SignatureError' | undefined => {
  const { options, facts, dialect } = session
  const { GenChallenge, Id } = request
  if (GenChallenge === undefined || !sameBytes(GenChallenge, options.challenge)) return 'FAILED_ChallengeInvalid'
  if (incoming.signature === undefined || Id === undefined || facts.contract === undefined) return 'FAILED_SignatureError'
  const exi = dialect.fragment({ kind: 'request', message: 'Authorization', value: request })
  if (!exi.ok) return 'FAILED_SignatureError'
  const verified = options.crypto?.verify(incoming.signature, [{ id: Id, exi: exi.value }], facts.contract.chain.leaf)
  return verified === true ? undefined : 'FAILED_SignatureError'
}

/** Asks the station once, as soon as there is something that it can be asked about. */
const asking = (
  turn: Turn,
  request: Requests['Authorization'],
): Pick<Answer<'Authorization'>, 'facts' | 'told' | 'station'> | 'FAILED_ChallengeInvalid' | 'FAILED_SignatureError' => {
  const { facts, options } = turn.session
  if (facts.authorisationAsked || facts.contract === undefined) return {}
  const wrong = wrongProof(turn, request)
  if (wrong !== undefined && options.policy.unsignedAuthorization === 'refuse') return wrong
  const challengeChecked = wrong === undefined
  const by = { by: 'contract', ...facts.contract, challengeChecked } as const
  // What the station said before it knew of this contract was not about it.
  return {
    facts: { authorisationAsked: true },
    station: { authorisation: 'none' },
    told: [{ told: 'authoriseWanted', by }],
  }
}

/**
 * Keeps the car waiting until the station has decided; about a contract it is asked within the same answer if it is quick enough.
 * ISO 15118-2 has no way to refuse a person who identifies outside: the car is kept waiting for somebody who may.
 */
export const authorization: Handler<'Authorization'> = (turn, request) => {
  const { station, facts } = turn.session
  const asked = asking(turn, request)
  if (typeof asked === 'string') return { kind: 'fail', code: asked }
  if (asked.told !== undefined) return { kind: 'hold', ...asked }
  if (station.authorisation === 'authorised')
    return { kind: 'respond', response: { ResponseCode: 'OK', EVSEProcessing: 'Finished' }, next: 'chargeParameters' }
  if (station.authorisation === 'refused' && facts.payment === 'contract')
    return { kind: 'fail', code: REFUSAL_CODES[station.refusal ?? 'unknown'] }
  if (station.authorisation === 'none' && !turn.fresh && !turn.late) return { kind: 'hold' }
  const waits = station.authorisation !== 'none'
  const EVSEProcessing = waits ? 'Ongoing_WaitingForCustomerInteraction' : 'Ongoing'
  return { kind: 'respond', response: { ResponseCode: 'OK', EVSEProcessing }, next: 'authorization' }
}
