import { type Amperes, amperes, type Percent, volts, type Watts, watts } from '@voltway/units'
import type { ac, dc } from '@voltway/wire/iso15118'
import type { ChargingNeeds, PowerLimits } from '../../../machine/charging.ts'
import type { MessageName } from '../../message.ts'
import { amountOf, amperesOf, optional, phasesOf, type Rational, voltsOf, wattsOf } from '../../rational.ts'
import { ENERGY_SERVICES, type EnergyMode } from '../../services.ts'
import type { Answer, Handler } from '../answer.ts'
import { boundsOf } from '../bounds.ts'
import { chargeParametersAc, chargeParametersDc } from '../charge-parameters.ts'
import { offeredModes } from '../offers.ts'
import type { SeccSession, SessionFacts } from '../state.ts'

/** The mode of a session that goes on after a pause is the one it was paused with, if it is still offered. */
export const energyOfSession = (session: SeccSession): EnergyMode | undefined => {
  const { resumed, facts } = session
  if (facts.energy !== undefined || resumed === undefined) return facts.energy
  const modes = offeredModes(session, resumed.service?.id ?? ENERGY_SERVICES[resumed.transfer].id)
  return modes.find(({ parameterSet }) => parameterSet === resumed.service?.parameterSet) ?? modes[0]
}

const needsOf = (energy: EnergyMode, charge: PowerLimits, discharge: PowerLimits | undefined): ChargingNeeds => ({
  transfer: energy.transfer,
  control: energy.control,
  charge,
  ...optional('discharge', discharge, (limits) => limits),
  maxSchedules: 3,
  prices: energy.prices === 'none' ? [] : [energy.prices],
})

/** What is settled once the car has said what it can do. */
export const settledNeeds = (session: SeccSession, energy: EnergyMode, charge: PowerLimits, discharge?: PowerLimits) => ({
  facts: {
    energy,
    needs: needsOf(energy, charge, discharge),
    announced: boundsOf(session.station.limits, energy),
    scheduleAsked: false,
    cableCheckAsked: false,
    offered: [],
  } satisfies Partial<SessionFacts>,
})

const amount = (value: Rational): Watts => watts(amountOf(value))
const amountOfCurrent = (value: Rational): Amperes => amperes(amountOf(value))

const acLimits = (mode: ac.AC_CPDReqEnergyTransferModeType): PowerLimits => ({
  maxPower: phasesOf(mode.EVMaximumChargePower, mode.EVMaximumChargePower_L2, mode.EVMaximumChargePower_L3),
  minPower: phasesOf(mode.EVMinimumChargePower, mode.EVMinimumChargePower_L2, mode.EVMinimumChargePower_L3),
})

const acDischarge = (mode: ac.BPT_AC_CPDReqEnergyTransferModeType): PowerLimits => ({
  maxPower: watts(Math.abs(phasesOf(mode.EVMaximumDischargePower, mode.EVMaximumDischargePower_L2, mode.EVMaximumDischargePower_L3))),
  minPower: watts(Math.abs(phasesOf(mode.EVMinimumDischargePower, mode.EVMinimumDischargePower_L2, mode.EVMinimumDischargePower_L3))),
})

const wrong = (detail: string): Answer<MessageName> & { kind: 'fail' } => ({ kind: 'fail', code: 'FAILED_WrongChargeParameter', detail })

export const acChargeParameterDiscovery: Handler<'AC_ChargeParameterDiscovery'> = ({ session }, request) => {
  const energy = energyOfSession(session)
  if (energy === undefined || energy.family !== 'ac')
    return { kind: 'fail', code: 'FAILED_SequenceError', detail: 'no service of this kind' }
  const { AC_CPDReqEnergyTransferMode: plain, BPT_AC_CPDReqEnergyTransferMode: both } = request
  const mode = energy.bidirectional ? both : plain
  if (mode === undefined) return wrong('parameters of another service')
  const { facts } = settledNeeds(session, energy, acLimits(mode), energy.bidirectional && both ? acDischarge(both) : undefined)
  const settled: SeccSession = { ...session, facts: { ...session.facts, energy } }
  return { kind: 'respond', response: { ResponseCode: 'OK', ...chargeParametersAc(settled) }, next: 'scheduleExchange', facts }
}

const dcLimits = (mode: dc.DC_CPDReqEnergyTransferModeType): PowerLimits => ({
  maxPower: wattsOf(mode.EVMaximumChargePower),
  minPower: wattsOf(mode.EVMinimumChargePower),
  maxCurrent: amperesOf(mode.EVMaximumChargeCurrent),
  minCurrent: amperesOf(mode.EVMinimumChargeCurrent),
  maxVoltage: voltsOf(mode.EVMaximumVoltage),
  minVoltage: voltsOf(mode.EVMinimumVoltage),
})

const dcDischarge = (mode: dc.BPT_DC_CPDReqEnergyTransferModeType): PowerLimits => ({
  maxPower: amount(mode.EVMaximumDischargePower),
  minPower: amount(mode.EVMinimumDischargePower),
  maxCurrent: amountOfCurrent(mode.EVMaximumDischargeCurrent),
  minCurrent: amountOfCurrent(mode.EVMinimumDischargeCurrent),
})

export const dcChargeParameterDiscovery: Handler<'DC_ChargeParameterDiscovery'> = ({ session }, request) => {
  const energy = energyOfSession(session)
  if (energy === undefined || energy.family !== 'dc')
    return { kind: 'fail', code: 'FAILED_SequenceError', detail: 'no service of this kind' }
  const { DC_CPDReqEnergyTransferMode: plain, BPT_DC_CPDReqEnergyTransferMode: both } = request
  const mode = energy.bidirectional ? both : plain
  if (mode === undefined) return wrong('parameters of another service')
  const limits = dcLimits(mode)
  const { maxVoltage = volts(0) } = session.station.limits.charge
  if ((limits.minVoltage ?? 0) > maxVoltage) return wrong(`the battery needs ${limits.minVoltage} V, there are ${maxVoltage} V`)
  const { facts } = settledNeeds(session, energy, limits, energy.bidirectional && both ? dcDischarge(both) : undefined)
  const needs: ChargingNeeds = { ...facts.needs, ...optional('targetSoc', mode.TargetSOC, (soc) => soc as Percent) }
  const settled: SeccSession = { ...session, facts: { ...session.facts, energy } }
  return {
    kind: 'respond',
    response: { ResponseCode: 'OK', ...chargeParametersDc(settled) },
    next: 'scheduleExchange',
    facts: { ...facts, needs },
  }
}
