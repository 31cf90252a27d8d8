import type { StationTold } from '../../../machine/station-words.ts'
import type { Requests, ResponseCode } from '../../message.ts'
import { fitsSchedule, profileOf } from '../../schedules.ts'
import type { Answer, Handler } from '../answer.ts'
import { freedomsOf } from '../offers.ts'
import type { Turn } from '../state.ts'
import { statusOf } from '../status.ts'
import type { SeccStateName } from '../table.ts'

type Request = Requests['PowerDelivery']
type Delivery = Answer<'PowerDelivery'>

const OPEN: StationTold = { told: 'openContactor', urgent: false }

const respond = ({ session }: Turn, next: SeccStateName, ResponseCode: ResponseCode = 'OK'): Extract<Delivery, { kind: 'respond' }> => ({
  kind: 'respond',
  response: { ResponseCode, ...statusOf(session) },
  next,
})

const stateOf = ({ session }: Turn, phase: 'Ready' | 'Charging' | 'Standby' | 'Stopped'): SeccStateName => {
  const family = session.facts.energy?.family ?? 'ac'
  if (family === 'dc') return phase === 'Ready' ? 'preCharging' : `dc${phase}`
  if (family === 'ac') return `ac${phase}`
  return phase === 'Standby' ? 'wptCharging' : `wpt${phase}`
}

/** The profile that a car says it will follow, held against the schedule that it chose. */
const checkProfile = (
  { session, at }: Turn,
  { EVPowerProfile }: Request,
): { readonly told: readonly StationTold[]; readonly scheduleId?: number } | Delivery => {
  const { energy, offered, offeredAt } = session.facts
  if (EVPowerProfile === undefined)
    return energy?.control === 'dynamic' ? { told: [] } : { kind: 'fail', code: 'FAILED_EVPowerProfileInvalid', detail: 'no profile' }
  const profile = profileOf(EVPowerProfile, at)
  if (energy?.control === 'dynamic') return { told: [{ told: 'profileChosen', profile }] }
  const schedule = offered.find(({ id }) => id === profile.scheduleId)
  if (EVPowerProfile.Scheduled_EVPPTControlMode === undefined || schedule === undefined)
    return { kind: 'fail', code: 'FAILED_ScheduleSelectionInvalid', detail: `schedule ${profile.scheduleId}` }
  if (!fitsSchedule(profileOf(EVPowerProfile, offeredAt), schedule))
    return { kind: 'fail', code: 'FAILED_EVPowerProfileInvalid', detail: 'above the schedule' }
  return { told: [{ told: 'profileChosen', profile }], scheduleId: schedule.id }
}

/** Energy may flow once the contactor is closed: the response waits for it. */
const start = (turn: Turn, request: Request): Delivery => {
  const { session, call } = turn
  if (request.EVProcessing !== 'Finished') return respond(turn, session.name)
  const charging = stateOf(turn, 'Charging')
  if (call !== 'fresh') {
    const { contactor } = session.station
    if (contactor === 'closed') return respond(turn, charging)
    if (contactor === 'unknown' && call === 'again') return { kind: 'hold' }
    return { kind: 'fail', code: 'FAILED_ContactorError', detail: contactor === 'open' ? 'it did not close' : 'it did not close in time' }
  }
  // Standby keeps its profile where the car sends no new one.
  const checked = session.name === 'acStandby' && request.EVPowerProfile === undefined ? { told: [] } : checkProfile(turn, request)
  if ('kind' in checked) return checked
  const { told } = checked
  const facts = 'scheduleId' in checked && checked.scheduleId !== undefined ? { scheduleId: checked.scheduleId } : {}
  if (session.facts.output && session.station.contactor === 'closed') return { ...respond(turn, charging), told, facts }
  return {
    kind: 'hold',
    told: [...told, { told: 'closeContactor' }],
    facts: { ...facts, output: true },
    station: { contactor: 'unknown' },
  }
}

const standby = (turn: Turn): Delivery => {
  const { session } = turn
  // Over a coil there is no standby: nothing has to be opened for nothing to flow.
  if (!freedomsOf(session.options).standby || session.facts.energy?.family === 'wpt')
    return respond(turn, session.name, 'WARNING_StandbyNotAllowed')
  return { ...respond(turn, stateOf(turn, 'Standby')), told: [OPEN], facts: { output: false } }
}

/** With a profile: what was negotiated beside the main stream is taken. Without: the car comes to negotiate. */
const renegotiate = (turn: Turn, request: Request): Delivery => {
  const { session } = turn
  if (request.EVPowerProfile === undefined)
    return {
      ...respond(turn, 'scheduleExchange'),
      told: [{ told: 'renegotiating' }],
      facts: { scheduleAsked: false },
      forget: ['wish', 'offers'],
    }
  const checked = checkProfile(turn, request)
  if ('kind' in checked) return checked
  const facts = checked.scheduleId === undefined ? {} : { scheduleId: checked.scheduleId }
  return { ...respond(turn, session.name), told: checked.told, facts, forget: ['wish'] }
}

export const powerDelivery: Handler<'PowerDelivery'> = (turn, request) => {
  switch (request.ChargeProgress) {
    case 'Start':
      return start(turn, request)
    case 'Stop':
      return { ...respond(turn, stateOf(turn, 'Stopped')), told: [OPEN], facts: { output: false } }
    case 'Standby':
      return standby(turn)
    case 'ScheduleRenegotiation':
      return renegotiate(turn, request)
  }
}
