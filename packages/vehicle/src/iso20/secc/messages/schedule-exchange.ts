import { type Percent, type Seconds, seconds, type WattHours } from '@voltway/units'
import type { ChargingNeeds, ScheduleOffer } from '../../../machine/charging.ts'
import type { Requests } from '../../message.ts'
import { priceParts } from '../../price-parts.ts'
import { optional, wattHoursOf } from '../../rational.ts'
import { pricesOf, tuplesOf } from '../../schedules.ts'
import type { Answer, Handler } from '../answer.ts'
import { currentBounds } from '../charge-parameters.ts'
import type { SeccSession, Turn } from '../state.ts'
import type { SeccStateName } from '../table.ts'

type Request = Requests['ScheduleExchange']

const needsOf = (
  needs: ChargingNeeds,
  { Dynamic_SEReqControlMode: dynamic, Scheduled_SEReqControlMode: scheduled }: Request,
): ChargingNeeds => ({
  ...needs,
  ...optional('departure', dynamic?.DepartureTime ?? scheduled?.DepartureTime, (time): Seconds => seconds(time)),
  ...optional('energy', (dynamic ?? scheduled)?.EVTargetEnergyRequest, (value): WattHours => wattHoursOf(value)),
  ...optional('minEnergy', (dynamic ?? scheduled)?.EVMinimumEnergyRequest, (value): WattHours => wattHoursOf(value)),
  ...optional('maxEnergy', (dynamic ?? scheduled)?.EVMaximumEnergyRequest, (value): WattHours => wattHoursOf(value)),
  ...optional('targetSoc', dynamic?.TargetSOC, (soc) => soc as Percent),
})

/** One schedule of a day at full power: where a schedule must be named and none is offered. */
export const plainOffer = (session: SeccSession): ScheduleOffer => {
  const bounds = currentBounds(session)
  return {
    id: 1,
    power: [
      {
        start: seconds(0),
        duration: seconds(86_400),
        maxPower: (bounds?.charge.maxPower ?? 0) as ScheduleOffer['power'][number]['maxPower'],
        ...(session.facts.energy?.bidirectional && bounds ? { maxDischargePower: bounds.discharge.maxPower } : {}),
      },
    ],
  }
}

/** Where the car goes when it has its schedule: a contactor that is still closed needs no cable check. */
const nextOf = ({ facts }: SeccSession): SeccStateName => {
  if (facts.energy?.family === 'ac') return 'acReady'
  if (facts.energy?.family === 'wpt') return 'wptReady'
  return facts.output ? 'preCharging' : 'cableCheck'
}

/** Prices in a currency that a contract is billed by are signed; levels carry no signature. */
const signatureOf = ({ facts, options }: SeccSession, schedules: Parameters<typeof priceParts>[0]) => {
  const sign = facts.payment === 'contract' ? options.crypto?.signTariff : undefined
  const parts = sign && priceParts(schedules)
  return parts && sign(parts)
}

const finished = ({ session, at }: Turn, next: SeccStateName, offered: readonly ScheduleOffer[]): Answer<'ScheduleExchange'> => {
  const dynamic = session.facts.energy?.control === 'dynamic'
  const [first] = offered
  const schedules = dynamic
    ? { Dynamic_SEResControlMode: first?.prices === undefined ? {} : pricesOf(first, at) }
    : { Scheduled_SEResControlMode: tuplesOf(offered, at) }
  return {
    kind: 'respond',
    response: {
      ResponseCode: 'OK',
      EVSEProcessing: 'Finished',
      ...(session.station.wish?.notification === 'Pause' ? { GoToPause: true } : {}),
      ...schedules,
    },
    signature: signatureOf(session, schedules),
    next,
    facts: { offered: offered.slice(0, 3), offeredAt: at, scheduleAsked: false },
    // A wish to renegotiate is fulfilled; any other stands.
    forget: session.station.wish?.notification === 'ScheduleRenegotiation' ? ['offers', 'wish'] : ['offers'],
  }
}

/** Until the station has a schedule the car is kept waiting; where the station steers, it need not have one. */
export const scheduleExchange: Handler<'ScheduleExchange'> = (turn, request) => {
  const { session, incoming } = turn
  const { energy, needs, scheduleAsked } = session.facts
  if (energy === undefined || needs === undefined) return { kind: 'fail', code: 'FAILED_SequenceError', detail: 'no parameters yet' }
  const mode = energy.control === 'dynamic' ? request.Dynamic_SEReqControlMode : request.Scheduled_SEReqControlMode
  if (mode === undefined) return { kind: 'fail', code: 'FAILED_WrongChargeParameter', detail: 'another control mode than the one selected' }
  const next = incoming.stream === 'main' ? nextOf(session) : session.name
  const all = needsOf(needs, request)
  const asked: Pick<Answer<'ScheduleExchange'>, 'told'> = scheduleAsked
    ? {}
    : {
        told: [
          { told: 'needs', needs: all },
          { told: 'scheduleWanted', needs: all },
        ],
      }
  const offers = session.station.offers
  if (energy.control === 'dynamic') {
    const done = finished(turn, next, offers ?? [])
    return { ...done, ...asked, facts: { ...done.facts, needs: all } }
  }
  if (offers !== undefined && offers.length > 0) {
    const done = finished(turn, next, offers)
    return { ...done, ...asked, facts: { ...done.facts, needs: all } }
  }
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', EVSEProcessing: 'Ongoing', Scheduled_SEResControlMode: tuplesOf([plainOffer(session)], turn.at) },
    next: session.name === 'acReady' || session.name === 'wptReady' ? 'scheduleExchange' : session.name,
    facts: { scheduleAsked: true, needs: all },
    ...asked,
  }
}
