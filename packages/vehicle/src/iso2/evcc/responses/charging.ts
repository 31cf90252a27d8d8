import { type Seconds, seconds, wattHours } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import type { CarTold } from '../../../machine/car-words.ts'
import { isDirectCurrent, type MeterReading, type PowerLimits } from '../../../machine/charging.ts'
import { amperesOf, optional, voltsOf, wattsOf } from '../../physical.ts'
import type { Handler } from '../handler.ts'
import { noticed } from '../notice.ts'
import type { EvccSession, Move } from '../state.ts'

/** Below this the output counts as without voltage. */
const SAFE_VOLTAGE_V = 60
const WELDING_TRIES = 3

const loopOf = ({ facts }: EvccSession) => (isDirectCurrent(facts.transfer) ? 'dcCharging' : 'acCharging')

const readingOf = ({ MeterID, MeterReading, SigMeterReading, MeterStatus, TMeter }: iso2.MeterInfoType): MeterReading => ({
  meterId: MeterID,
  ...optional('energy', MeterReading, (reading) => wattHours(Number(reading))),
  ...optional('signature', SigMeterReading, (bytes) => bytes),
  ...optional('status', MeterStatus, (status) => status),
  ...optional('at', TMeter, (unix): Seconds => seconds(Number(unix))),
})

const opened = ({ facts }: EvccSession): readonly CarTold[] => (facts.closed ? [{ told: 'openContactor', urgent: false }] : [])

/** PowerDelivery was asked for three reasons: the state says which. */
export const powerDelivery: Handler<'PowerDelivery'> = ({ session }, { AC_EVSEStatus, DC_EVSEStatus }): Move => {
  const notice = noticed(session, DC_EVSEStatus ?? AC_EVSEStatus)
  switch (session.name) {
    case 'powerOff':
      return {
        next:
          isDirectCurrent(session.facts.transfer) && session.options.policy.weldingDetection === 'ask' ? 'weldingDetection' : 'sessionStop',
        told: [...opened(session), { told: 'controlPilot', state: 'B' }],
        facts: { closed: false },
      }
    case 'renegotiating':
      return isDirectCurrent(session.facts.transfer)
        ? { next: 'chargeParameters', told: opened(session), facts: { closed: false } }
        : { next: 'chargeParameters' }
    default:
      return {
        next: loopOf(session),
        told: notice.told,
        car: notice.car,
        facts: { charged: true },
        timers: [{ kind: 'cancelTimer', timer: 'V2G_EVCC_ReadyToCharge_Timeout' }],
      }
  }
}

/** A receipt is due only where the car pays with a contract, whose key signs it. */
const afterLoop = (
  session: EvccSession,
  response: { readonly MeterInfo?: iso2.MeterInfoType; readonly ReceiptRequired?: boolean },
): Move => {
  const due = response.ReceiptRequired === true && session.facts.contract !== undefined ? response.MeterInfo : undefined
  return due === undefined ? { next: loopOf(session) } : { next: 'receipt', facts: { receiptFor: due } }
}

export const chargingStatus: Handler<'ChargingStatus'> = ({ session }, response): Move => {
  const notice = noticed(session, response.AC_EVSEStatus)
  const measured: CarTold = {
    told: 'measured',
    ...optional('maxCurrent', response.EVSEMaxCurrent, amperesOf),
    ...optional('meter', response.MeterInfo, readingOf),
  }
  return { ...afterLoop(session, response), told: [...notice.told, measured], car: notice.car }
}

export const currentDemand: Handler<'CurrentDemand'> = ({ session }, response): Move => {
  const notice = noticed(session, response.DC_EVSEStatus)
  const supply: PowerLimits = {
    ...session.facts.supply,
    ...optional('maxVoltage', response.EVSEMaximumVoltageLimit, voltsOf),
    ...optional('maxCurrent', response.EVSEMaximumCurrentLimit, amperesOf),
    ...optional('maxPower', response.EVSEMaximumPowerLimit, wattsOf),
  }
  const { facts, ...after } = afterLoop(session, response)
  const measured: CarTold = {
    told: 'measured',
    voltage: voltsOf(response.EVSEPresentVoltage),
    current: amperesOf(response.EVSEPresentCurrent),
    ...optional('maxCurrent', response.EVSEMaximumCurrentLimit, amperesOf),
    ...optional('maxPower', response.EVSEMaximumPowerLimit, wattsOf),
    ...optional('meter', response.MeterInfo, readingOf),
  }
  return { ...after, facts: { ...facts, supply }, told: [...notice.told, measured], car: notice.car }
}

export const meteringReceipt: Handler<'MeteringReceipt'> = ({ session }, { AC_EVSEStatus, DC_EVSEStatus }): Move => {
  const notice = noticed(session, DC_EVSEStatus ?? AC_EVSEStatus)
  return { next: loopOf(session), facts: { receiptFor: undefined }, told: notice.told, car: notice.car }
}

/** The car's contactors are open: voltage that stays tells that they are welded. Asked a few times, then the session ends anyway. */
export const weldingDetection: Handler<'WeldingDetection'> = ({ session }, { EVSEPresentVoltage }): Move => {
  const voltage = voltsOf(EVSEPresentVoltage)
  const weldingAsked = session.facts.weldingAsked + 1
  return {
    next: voltage > SAFE_VOLTAGE_V && weldingAsked < WELDING_TRIES ? 'weldingDetection' : 'sessionStop',
    facts: { weldingAsked },
    told: [{ told: 'measured', voltage }],
  }
}

export const sessionStop: Handler<'SessionStop'> = () => ({ next: 'ended' })
