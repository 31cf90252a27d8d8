import type { StationTold } from '../../../machine/station-words.ts'
import { NO_SCHEDULE, type Requests } from '../../message.ts'
import { fitsSchedule, profileOf } from '../../schedules.ts'
import type { Answer, Handler } from '../answer.ts'
import type { Turn } from '../state.ts'
import { statusOf } from '../status.ts'
import { isDirect, vehicleTold } from '../supply.ts'

type Request = Requests['PowerDelivery']
type Outcome = Answer<'PowerDelivery'>

const okay = ({ session }: Turn) => ({ ResponseCode: 'OK', ...statusOf(session, isDirect(session)) }) as const

const vehicleOf = ({ DC_EVPowerDeliveryParameter: parameter }: Request): readonly StationTold[] =>
  parameter === undefined ? [] : [vehicleTold(parameter.DC_EVStatus, parameter.ChargingComplete)]

/** Closes the contactor, and answers when it is closed. */
const start = (turn: Turn, request: Request): Outcome => {
  const { session, fresh } = turn
  const next = isDirect(session) ? 'dcCharging' : 'acCharging'
  const { offered } = session.facts
  const { SAScheduleTupleID: number } = request
  const schedule = number === NO_SCHEDULE ? offered[0] : offered.find(({ id }) => id === number)
  if (schedule === undefined) return { kind: 'fail', code: 'FAILED_TariffSelectionInvalid', detail: `schedule ${number}` }
  const profile = profileOf(schedule.id, request.ChargingProfile)
  if (request.ChargingProfile !== undefined && !fitsSchedule(profile, schedule))
    return { kind: 'fail', code: 'FAILED_ChargingProfileInvalid' }
  const chosen: readonly StationTold[] = fresh ? [...vehicleOf(request), { told: 'profileChosen', profile }] : []
  const facts = { scheduleId: schedule.id, output: true, closing: true }
  // After a renegotiation of alternating current it never opened.
  if (session.station.contactorClosed && session.facts.closing) return { kind: 'respond', response: okay(turn), next, facts, told: chosen }
  if (!fresh) return { kind: 'hold' }
  return { kind: 'hold', facts, station: { contactorClosed: false }, told: [...chosen, { told: 'closeContactor' }] }
}

/** Opens the contactor, and answers when it is open. */
const stop = (turn: Turn, request: Request): Outcome => {
  const { session, fresh } = turn
  const next = isDirect(session) ? 'dcStopped' : 'acStopped'
  const { output } = session.facts
  const off: readonly StationTold[] = output ? [{ told: 'openContactor', urgent: false }] : []
  const change = fresh ? { facts: { output: false, closing: false }, told: [...vehicleOf(request), ...off] } : {}
  // What was only pre-charged has no closed contactor to wait for.
  if (!session.station.contactorClosed) return { kind: 'respond', response: okay(turn), next, ...change }
  return { kind: 'hold', ...change }
}

/** Back to the charge parameters. Direct current stops for it, since the cable is checked again; alternating current flows on. */
const renegotiate = (turn: Turn, request: Request): Outcome => {
  const direct = isDirect(turn.session)
  return {
    kind: 'respond',
    response: okay(turn),
    next: 'chargeParameters',
    facts: { scheduleAsked: false, ...(direct ? { output: false, closing: false } : {}) },
    station: { wish: undefined },
    told: [...vehicleOf(request), { told: 'renegotiating' }, ...(direct ? [{ told: 'openContactor', urgent: false } as const] : [])],
  }
}

const WAYS = { Start: start, Stop: stop, Renegotiate: renegotiate } as const

export const powerDelivery: Handler<'PowerDelivery'> = (turn, request) => WAYS[request.ChargeProgress](turn, request)
