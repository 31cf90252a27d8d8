import { type Amperes, amperes, type Volts, volts, type Watts, wattHours, watts } from '@voltway/units'
import type { PowerLimits } from '../../machine/charging.ts'
import type { Requests } from '../message.ts'
import { optional, type Rational, rational, rationalAmperes, rationalVolts, rationalWatts } from '../rational.ts'
import type { EvccSession } from './state.ts'

type Rationals<Names extends string> = Readonly<Record<Names, Rational>>

const powerOf = ({ maxPower, maxCurrent, maxVoltage }: PowerLimits): Watts => maxPower ?? watts((maxCurrent ?? 0) * (maxVoltage ?? 0))
const currentOf = ({ maxPower, maxCurrent, maxVoltage }: PowerLimits): Amperes =>
  maxCurrent ?? amperes(maxVoltage ? (maxPower ?? 0) / maxVoltage : 0)
const noVolts = volts(0)
const noAmperes = amperes(0)
const noWatts = watts(0)

/** The limits of a car by now: what it said of its battery last, over what it said of its needs. */
export const limitsOf = ({ car }: EvccSession): PowerLimits => ({ ...car.needs.charge, ...car.limits })

export const chargePower = (session: EvccSession): Rationals<'EVMaximumChargePower' | 'EVMinimumChargePower'> => ({
  EVMaximumChargePower: rationalWatts(powerOf(limitsOf(session))),
  EVMinimumChargePower: rationalWatts(limitsOf(session).minPower ?? noWatts),
})

export const dischargePower = ({ car }: EvccSession): Rationals<'EVMaximumDischargePower' | 'EVMinimumDischargePower'> => ({
  EVMaximumDischargePower: rationalWatts(powerOf({ ...pickVoltage(car.needs.charge), ...car.needs.discharge })),
  EVMinimumDischargePower: rationalWatts(car.needs.discharge?.minPower ?? noWatts),
})

const pickVoltage = ({ maxVoltage }: PowerLimits): PowerLimits => optional('maxVoltage', maxVoltage, (value): Volts => value)

export const dcCharge = (
  session: EvccSession,
): ReturnType<typeof chargePower> & Rationals<'EVMaximumChargeCurrent' | 'EVMaximumVoltage' | 'EVMinimumVoltage'> => {
  const limits = limitsOf(session)
  return {
    ...chargePower(session),
    EVMaximumChargeCurrent: rationalAmperes(currentOf(limits)),
    EVMaximumVoltage: rationalVolts(limits.maxVoltage ?? noVolts),
    EVMinimumVoltage: rationalVolts(limits.minVoltage ?? noVolts),
  }
}

export const dcDischarge = (session: EvccSession): ReturnType<typeof dischargePower> & Rationals<'EVMaximumDischargeCurrent'> => ({
  ...dischargePower(session),
  EVMaximumDischargeCurrent: rationalAmperes(currentOf({ ...pickVoltage(session.car.needs.charge), ...session.car.needs.discharge })),
})

export const acParameters = (session: EvccSession): Requests['AC_ChargeParameterDiscovery'] => {
  const mode = chargePower(session)
  return session.facts.energy?.bidirectional
    ? { BPT_AC_CPDReqEnergyTransferMode: { ...mode, ...dischargePower(session) } }
    : { AC_CPDReqEnergyTransferMode: mode }
}

export const dcParameters = (session: EvccSession): Requests['DC_ChargeParameterDiscovery'] => {
  const { needs } = session.car
  const mode = {
    ...dcCharge(session),
    EVMinimumChargeCurrent: rationalAmperes(limitsOf(session).minCurrent ?? noAmperes),
    ...optional('TargetSOC', needs.targetSoc, Math.round),
  }
  return session.facts.energy?.bidirectional
    ? {
        BPT_DC_CPDReqEnergyTransferMode: {
          ...mode,
          ...dcDischarge(session),
          EVMinimumDischargeCurrent: rationalAmperes(needs.discharge?.minCurrent ?? noAmperes),
        },
      }
    : { DC_CPDReqEnergyTransferMode: mode }
}

/** Energies as -20 has them: what a car may take at most is what fits in, where it says no more. */
export const energyOf = ({
  car,
}: EvccSession): Rationals<'EVTargetEnergyRequest' | 'EVMaximumEnergyRequest' | 'EVMinimumEnergyRequest'> => {
  const { energy = wattHours(0), minEnergy, maxEnergy } = car.needs
  return {
    EVTargetEnergyRequest: rational(energy),
    EVMaximumEnergyRequest: rational(maxEnergy ?? energy),
    EVMinimumEnergyRequest: rational(minEnergy ?? 0),
  }
}

const MOST_POINTS = 1_024
const DAY_SECONDS = 86_400

export const scheduleRequest = (session: EvccSession): Requests['ScheduleExchange'] => {
  const { needs } = session.car
  const departure = optional('DepartureTime', needs.departure, Math.round)
  if (session.facts.energy?.control === 'dynamic')
    return {
      MaximumSupportingPoints: MOST_POINTS,
      Dynamic_SEReqControlMode: {
        DepartureTime: DAY_SECONDS,
        ...departure,
        ...optional('TargetSOC', needs.targetSoc, Math.round),
        ...energyOf(session),
      },
    }
  return { MaximumSupportingPoints: MOST_POINTS, Scheduled_SEReqControlMode: { ...departure, ...energyOf(session) } }
}
