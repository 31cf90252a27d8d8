import { amperes, type EpochMs, volts, type Watts, watts } from '@voltway/units'
import type { Requests } from '../message.ts'
import { optional, type Rational, rational, rationalAmperes, rationalVolts, rationalWatts } from '../rational.ts'
import { chargePower, dcCharge, dcDischarge, dischargePower, energyOf, limitsOf } from './parameter-requests.ts'
import type { CarView, EvccSession } from './state.ts'

export const presentVoltage = ({ voltage }: CarView): Rational => rationalVolts(voltage ?? volts(0))
/** What the output has to come to before the contactor may close. */
export const preChargeVolts = ({ voltage, targetVoltage }: CarView) => voltage ?? targetVoltage ?? volts(0)
export const preChargeVoltage = (car: CarView): Rational => rationalVolts(preChargeVolts(car))

export const display = ({ car }: EvccSession): Pick<Requests['AC_ChargeLoop'], 'DisplayParameters'> => {
  const { soc, needs, timeToFull } = car
  if (soc === undefined) return {}
  return {
    DisplayParameters: {
      PresentSOC: Math.round(soc),
      ...optional('TargetSOC', needs.targetSoc, Math.round),
      ...optional('RemainingTimeToMaximumSOC', timeToFull, Math.round),
      ChargingComplete: soc >= (needs.targetSoc ?? 100),
      ...optional('BatteryEnergyCapacity', needs.capacity, (capacity) => rational(capacity)),
    },
  }
}

/** What is drawn: measured by the car, or else what it follows. */
export const presentPower = ({ car, facts, name }: EvccSession, at: EpochMs): Watts => {
  if (name !== 'charging') return watts(0)
  if (car.power !== undefined) return car.power
  if (facts.setPoint !== undefined) return facts.setPoint
  const elapsed = (at - (facts.profileSince ?? at)) / 1_000
  return facts.profile?.entries.findLast(({ start }) => start <= elapsed)?.power ?? watts(0)
}

export const acLoop = (session: EvccSession, at: EpochMs): Requests['AC_ChargeLoop'] => {
  const { energy } = session.facts
  const common = { ...display(session), MeterInfoRequested: true }
  const present = { EVPresentActivePower: rationalWatts(presentPower(session, at)) }
  if (energy?.control === 'dynamic') {
    const mode = { ...energyOf(session), ...chargePower(session), ...present, EVPresentReactivePower: rational(0) }
    return energy.bidirectional
      ? { ...common, BPT_Dynamic_AC_CLReqControlMode: { ...mode, ...dischargePower(session) } }
      : { ...common, Dynamic_AC_CLReqControlMode: mode }
  }
  const mode = { ...energyOf(session), ...present }
  return energy?.bidirectional ? { ...common, BPT_Scheduled_AC_CLReqControlMode: mode } : { ...common, Scheduled_AC_CLReqControlMode: mode }
}

/** Nothing is drawn in standby, whatever the battery would take. */
const targets = ({ car, name }: EvccSession) => ({
  EVTargetCurrent: rationalAmperes(name === 'charging' ? (car.targetCurrent ?? amperes(0)) : amperes(0)),
  EVTargetVoltage: rationalVolts(car.targetVoltage ?? car.voltage ?? volts(0)),
})

export const dcLoop = (session: EvccSession): Requests['DC_ChargeLoop'] => {
  const { facts, car, name } = session
  const common = { ...display(session), MeterInfoRequested: true, EVPresentVoltage: presentVoltage(car) }
  if (facts.energy?.control === 'dynamic') {
    const charge = dcCharge(session)
    const mode = { ...energyOf(session), ...charge, ...(name === 'charging' ? {} : { EVMaximumChargePower: rational(0) }) }
    return facts.energy.bidirectional
      ? { ...common, BPT_Dynamic_DC_CLReqControlMode: { ...mode, ...dcDischarge(session) } }
      : { ...common, Dynamic_DC_CLReqControlMode: mode }
  }
  const limits = limitsOf(session)
  const mode = {
    ...targets(session),
    ...optional('EVMaximumChargePower', limits.maxPower, rationalWatts),
    ...optional('EVMaximumChargeCurrent', limits.maxCurrent, rationalAmperes),
    ...optional('EVMaximumVoltage', limits.maxVoltage, rationalVolts),
  }
  return facts.energy?.bidirectional
    ? { ...common, BPT_Scheduled_DC_CLReqControlMode: mode }
    : { ...common, Scheduled_DC_CLReqControlMode: mode }
}
