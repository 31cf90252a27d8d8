import { seconds, type Watts, wattHours, watts } from '@voltway/units'
import type { commonMessages } from '@voltway/wire/iso15118'
import type { CarTold } from '../../../machine/car-words.ts'
import type { MeterReading } from '../../../machine/charging.ts'
import { PRE_CHARGE_TOLERANCE_V } from '../../../machine/pre-charge.ts'
import type { Responses } from '../../message.ts'
import { amountOf, amperesOf, numberOf, optional, phasesOf, voltsOf, wattsOf } from '../../rational.ts'
import type { Answer, Handler } from '../answer.ts'
import { preChargeVolts } from '../loop-requests.ts'
import { profileAnchor } from '../requests.ts'
import type { EvccFacts, EvccSession } from '../state.ts'

export const cableCheck: Handler<'DC_CableCheck'> = (_, { EVSEProcessing }) =>
  EVSEProcessing === 'Finished' ? { next: 'preCharge' } : { next: 'cableCheck' }

/** Below this nothing is dangerous to touch. */
const LOW_VOLTS = 60

export const preCharge: Handler<'DC_PreCharge'> = ({ session }, { EVSEPresentVoltage }) => {
  if (session.facts.preCharged) return { next: 'powerOn' }
  const near = Math.abs(numberOf(EVSEPresentVoltage) - preChargeVolts(session.car)) <= PRE_CHARGE_TOLERANCE_V
  return { next: 'preCharge', facts: { preCharged: near } }
}

const closed = (session: EvccSession): readonly CarTold[] => (session.facts.connected ? [] : [{ told: 'closeContactor' }])
const OPENED: readonly CarTold[] = [
  { told: 'openContactor', urgent: false },
  { told: 'controlPilot', state: 'B' },
]

type Notice = Pick<Answer, 'told' | 'facts' | 'forget'>
const WISHES = {
  Terminate: 'stop',
  Pause: 'pause',
  ScheduleRenegotiation: 'renegotiate',
  ServiceRenegotiation: 'renegotiate',
} as const

/** What the station asks for, told once and followed. */
export const noticed = (session: EvccSession, status: commonMessages.EVSEStatusType | undefined): Notice => {
  if (status === undefined) return { forget: ['notified'] }
  const { EVSENotification: wish, NotificationMaxDelay } = status
  const isDeaf = wish === 'Terminate' && session.options.policy.stopNotice === 'ignore'
  if (wish === session.facts.notified || wish === 'MeteringConfirmation' || isDeaf) return {}
  const facts: Partial<EvccFacts> =
    wish === 'Terminate'
      ? { leaving: 'stop' }
      : wish === 'Pause'
        ? { leaving: 'pause' }
        : wish === 'ServiceRenegotiation'
          ? { leaving: 'services' }
          : wish === 'ScheduleRenegotiation'
            ? { renegotiation: 'asked' }
            : { standby: false }
  const told: readonly CarTold[] =
    wish === 'ExitStandby' ? [] : [{ told: 'notified', wish: WISHES[wish], within: seconds(NotificationMaxDelay) }]
  return { told, facts: { ...facts, notified: wish } }
}

export const powerDelivery: Handler<'PowerDelivery'> = ({ session, at }, { ResponseCode, EVSEStatus }) => {
  const notice = noticed(session, EVSEStatus)
  const { facts, car, name, proposed } = session
  const settled = car.choice === proposed ? (['choice'] as const) : []
  switch (name) {
    case 'powerOff': {
      const told = [...OPENED, ...(notice.told ?? [])]
      return {
        next: facts.energy?.family === 'dc' ? 'weldingDetection' : 'sessionStop',
        told,
        facts: { connected: false, lowVoltage: false, statusAsked: false },
      }
    }
    case 'toStandby':
      if (ResponseCode === 'WARNING_StandbyNotAllowed') return { next: 'charging', ...notice, facts: { ...notice.facts, standby: false } }
      return {
        next: 'standby',
        ...notice,
        told: [...OPENED, ...(notice.told ?? [])],
        facts: { ...notice.facts, connected: false, preCharged: false },
      }
    case 'renegotiation': {
      if (proposed === undefined) return { next: 'scheduleExchange', ...notice, forget: ['renegotiation'] }
      return {
        next: 'charging',
        ...notice,
        facts: { ...notice.facts, profile: proposed, profileSince: facts.offersAt },
        forget: ['renegotiation', ...settled],
      }
    }
    default: {
      if (proposed === undefined) return { next: 'powerOn', ongoing: 'station', ...notice }
      return {
        next: 'charging',
        ...notice,
        told: [...closed(session), ...(notice.told ?? [])],
        facts: { ...notice.facts, connected: true, profile: proposed, profileSince: profileAnchor(session, at) },
        forget: settled,
      }
    }
  }
}

export const readingOf = (meter: commonMessages.MeterInfoType): MeterReading => ({
  meterId: meter.MeterID,
  energy: wattHours(Number(meter.ChargedEnergyReadingWh)),
  ...optional('dischargedEnergy', meter.BPT_DischargedEnergyReadingWh, (value) => wattHours(Number(value))),
  ...optional('signature', meter.MeterSignature, (signature) => signature),
  ...optional('status', meter.MeterStatus, (status) => status),
  ...optional('at', meter.MeterTimestamp, (time) => seconds(Number(time))),
})

type Looped = Pick<Responses['AC_ChargeLoop'], 'EVSEStatus' | 'MeterInfo'>

/** What both loops have in common: the wish of the station, and a reading that is to be confirmed. */
export const looped = (
  session: EvccSession,
  { EVSEStatus, MeterInfo }: Looped,
  more: { readonly told: readonly CarTold[]; readonly setPoint?: Watts },
): Answer => {
  const notice = noticed(session, EVSEStatus)
  const asked = EVSEStatus?.EVSENotification === 'MeteringConfirmation' && MeterInfo !== undefined
  const known = session.facts.confirm !== undefined || session.aside === 'metering'
  return {
    next: session.name,
    ...notice,
    told: [...more.told, ...(notice.told ?? [])],
    facts: {
      ...notice.facts,
      ...optional('setPoint', more.setPoint, (power) => power),
      ...(asked && !known ? { confirm: MeterInfo } : {}),
    },
  }
}

export const acChargeLoop: Handler<'AC_ChargeLoop'> = ({ session }, response) => {
  const dynamic = response.BPT_Dynamic_AC_CLResControlMode ?? response.Dynamic_AC_CLResControlMode
  const scheduled = response.BPT_Scheduled_AC_CLResControlMode ?? response.Scheduled_AC_CLResControlMode
  const mode = session.facts.energy?.control === 'dynamic' ? dynamic : scheduled
  if (mode === undefined) return { next: 'ended', end: { code: 'incompatible', detail: 'another control mode than the one selected' } }
  const target =
    mode.EVSETargetActivePower && phasesOf(mode.EVSETargetActivePower, mode.EVSETargetActivePower_L2, mode.EVSETargetActivePower_L3)
  const told: readonly CarTold[] = [
    { told: 'measured', ...optional('meter', response.MeterInfo, readingOf) },
    ...(dynamic !== undefined && target !== undefined ? [{ told: 'setPoint', power: target } as const] : []),
    ...(dynamic === undefined && target !== undefined ? [{ told: 'measured', maxPower: target } as const] : []),
  ]
  return looped(session, response, { told, ...(dynamic === undefined ? {} : optional('setPoint', target, (power) => power)) })
}

export const dcChargeLoop: Handler<'DC_ChargeLoop'> = ({ session }, response) => {
  const both = response.BPT_Dynamic_DC_CLResControlMode ?? response.BPT_Scheduled_DC_CLResControlMode
  const dynamic = response.BPT_Dynamic_DC_CLResControlMode ?? response.Dynamic_DC_CLResControlMode
  const scheduled = response.BPT_Scheduled_DC_CLResControlMode ?? response.Scheduled_DC_CLResControlMode
  const mode = session.facts.energy?.control === 'dynamic' ? dynamic : scheduled
  if (mode === undefined) return { next: 'ended', end: { code: 'incompatible', detail: 'another control mode than the one selected' } }
  const give = both?.EVSEMaximumDischargePower === undefined ? 0 : amountOf(both.EVSEMaximumDischargePower)
  const take = mode.EVSEMaximumChargePower && wattsOf(mode.EVSEMaximumChargePower)
  const measured: CarTold = {
    told: 'measured',
    voltage: voltsOf(response.EVSEPresentVoltage),
    current: amperesOf(response.EVSEPresentCurrent),
    ...optional('maxPower', mode.EVSEMaximumChargePower, wattsOf),
    ...optional('maxCurrent', mode.EVSEMaximumChargeCurrent, amperesOf),
    ...optional('meter', response.MeterInfo, readingOf),
  }
  if (dynamic === undefined || take === undefined) return looped(session, response, { told: [measured] })
  // A station that lets nothing in and something out wants it out.
  const setPoint = take === 0 && give > 0 ? watts(-give) : take
  return looped(session, response, { told: [measured, { told: 'setPoint', power: setPoint }], setPoint })
}

export const weldingDetection: Handler<'DC_WeldingDetection'> = ({ session }, { EVSEPresentVoltage }) => {
  if (session.facts.lowVoltage) return { next: session.facts.energy?.automatic ? 'disconnect' : 'sessionStop' }
  return { next: 'weldingDetection', ongoing: 'station', facts: { lowVoltage: numberOf(EVSEPresentVoltage) < LOW_VOLTS } }
}

export const meteringConfirmation: Handler<'MeteringConfirmation'> = ({ session }) => ({ next: session.name, forget: ['confirm'] })

export const sessionStop: Handler<'SessionStop'> = ({ session }) => {
  const { facts, sessionId } = session
  if (facts.endWith !== undefined) return { next: 'ended', end: facts.endWith }
  if (facts.leaving === 'services') return { next: 'serviceDiscovery', forget: ['leaving', 'energy', 'choice', 'notified'] }
  const { energy, payments, profile } = facts
  if (facts.leaving !== 'pause' || energy === undefined) return { next: 'ended', end: { code: 'finished' } }
  const paused = {
    protocol: 'iso15118-20',
    sessionId,
    payment: payments[0] ?? 'eim',
    transfer: energy.transfer,
    service: { id: energy.service, parameterSet: energy.parameterSet },
    control: energy.control,
    ...optional('scheduleId', profile?.scheduleId, (id) => id),
  } as const
  return { next: 'ended', told: [{ told: 'paused', session: paused }], end: { code: 'paused' } }
}
