import { amperes, volts, watts } from '@voltway/units'
import type { ac, dc } from '@voltway/wire/iso15118'
import type { CarTold } from '../../../machine/car-words.ts'
import type { PowerLimits, ScheduleOffer, SupplyLimits } from '../../../machine/charging.ts'
import type { Responses } from '../../message.ts'
import { absolutePricesIn, priceParts } from '../../price-parts.ts'
import { amountOf, amperesOf, numberOf, phasesOf, type Rational, voltsOf, wattsOf } from '../../rational.ts'
import { offersOf, readPrices } from '../../schedules.ts'
import type { Answer, Handler } from '../answer.ts'
import type { Turn } from '../state.ts'

const wrong = (detail: string): Answer => ({ next: 'sessionStop', facts: { endWith: { code: 'incompatible', detail } } })

const amount = (...phases: readonly (Rational | undefined)[]) => watts(Math.abs(phasesOf(...phases)))

const acSupply = (mode: ac.AC_CPDResEnergyTransferModeType, both: ac.BPT_AC_CPDResEnergyTransferModeType | undefined): SupplyLimits => ({
  charge: {
    maxPower: phasesOf(mode.EVSEMaximumChargePower, mode.EVSEMaximumChargePower_L2, mode.EVSEMaximumChargePower_L3),
    minPower: phasesOf(mode.EVSEMinimumChargePower, mode.EVSEMinimumChargePower_L2, mode.EVSEMinimumChargePower_L3),
  },
  ...(both === undefined
    ? {}
    : {
        discharge: {
          maxPower: amount(both.EVSEMaximumDischargePower, both.EVSEMaximumDischargePower_L2, both.EVSEMaximumDischargePower_L3),
          minPower: amount(both.EVSEMinimumDischargePower, both.EVSEMinimumDischargePower_L2, both.EVSEMinimumDischargePower_L3),
        },
      }),
  nominalFrequencyHz: numberOf(mode.EVSENominalFrequency),
})

export const acChargeParameters: Handler<'AC_ChargeParameterDiscovery'> = ({ session }, response) => {
  const { AC_CPDResEnergyTransferMode: plain, BPT_AC_CPDResEnergyTransferMode: both } = response
  const mode = session.facts.energy?.bidirectional ? both : plain
  if (mode === undefined) return wrong('parameters of another service')
  return {
    next: 'scheduleExchange',
    told: [{ told: 'limits', limits: acSupply(mode, session.facts.energy?.bidirectional ? both : undefined) }],
  }
}

const dcCharge = (mode: dc.DC_CPDResEnergyTransferModeType): PowerLimits => ({
  maxPower: wattsOf(mode.EVSEMaximumChargePower),
  minPower: wattsOf(mode.EVSEMinimumChargePower),
  maxCurrent: amperesOf(mode.EVSEMaximumChargeCurrent),
  minCurrent: amperesOf(mode.EVSEMinimumChargeCurrent),
  maxVoltage: voltsOf(mode.EVSEMaximumVoltage),
  minVoltage: voltsOf(mode.EVSEMinimumVoltage),
})

const dcDischarge = (mode: dc.BPT_DC_CPDResEnergyTransferModeType): PowerLimits => ({
  maxPower: watts(amountOf(mode.EVSEMaximumDischargePower)),
  minPower: watts(amountOf(mode.EVSEMinimumDischargePower)),
  maxCurrent: amperes(amountOf(mode.EVSEMaximumDischargeCurrent)),
  minCurrent: amperes(amountOf(mode.EVSEMinimumDischargeCurrent)),
})

export const dcChargeParameters: Handler<'DC_ChargeParameterDiscovery'> = ({ session }, response) => {
  const { DC_CPDResEnergyTransferMode: plain, BPT_DC_CPDResEnergyTransferMode: both } = response
  const bidirectional = session.facts.energy?.bidirectional === true
  const mode = bidirectional ? both : plain
  if (mode === undefined) return wrong('parameters of another service')
  const limits: SupplyLimits = { charge: dcCharge(mode), ...(bidirectional && both ? { discharge: dcDischarge(both) } : {}) }
  if ((limits.charge.maxVoltage ?? 0) < (session.car.needs.charge.minVoltage ?? volts(0)))
    return wrong(`the battery needs more than ${limits.charge.maxVoltage} V`)
  return { next: 'scheduleExchange', told: [{ told: 'limits', limits }] }
}

type Schedules = Responses['ScheduleExchange']

/** What the car may choose from, or why it may not. */
const offersIn = ({ session, at }: Turn, { Scheduled_SEResControlMode, Dynamic_SEResControlMode }: Schedules) => {
  if (session.facts.energy?.control === 'dynamic') {
    if (Dynamic_SEResControlMode === undefined) return undefined
    const prices = readPrices(Dynamic_SEResControlMode, at)
    return prices === undefined ? [] : [{ id: 1, power: [], prices }]
  }
  if (Scheduled_SEResControlMode === undefined) return undefined
  const offers = offersOf(Scheduled_SEResControlMode.ScheduleTuple, at)
  const priced = offers.every(({ prices }) => prices !== undefined)
  return priced || session.options.policy.missingPrices === 'accept' ? offers : undefined
}

/** Prices in a currency count for a contract only where its operator signed them; levels are hints, and unsigned. */
const pricesRefused = ({ session, signature }: Turn, response: Schedules): readonly CarTold[] => {
  const verify = session.facts.payments[0] === 'contract' ? session.options.crypto?.verifyTariff : undefined
  if (verify === undefined || absolutePricesIn(response).length === 0) return []
  if (signature === undefined) return [{ told: 'pricesRefused', why: 'unsigned' }]
  const parts = priceParts(response)
  return parts !== undefined && verify(signature, parts) ? [] : [{ told: 'pricesRefused', why: 'wrongSignature' }]
}

const withoutPrices = ({ prices: _, ...offer }: ScheduleOffer): ScheduleOffer => offer

export const scheduleExchange: Handler<'ScheduleExchange'> = (turn, response) => {
  const { session, stream } = turn
  const here = session.name
  const beside = stream === 'schedule'
  if (response.EVSEProcessing !== 'Finished') return beside ? { next: here } : { next: 'scheduleExchange', ongoing: 'station' }
  const whole = offersIn(turn, response)
  const refused = pricesRefused(turn, response)
  const offers = refused.length > 0 ? whole?.map(withoutPrices) : whole
  if (offers === undefined)
    return beside ? { next: here, forget: ['renegotiation'] } : wrong('no schedule with prices that fits the control mode')
  const dynamic = session.facts.energy?.control === 'dynamic'
  const told: readonly CarTold[] = [...refused, ...(offers.length === 0 ? [] : ([{ told: 'offers', schedules: offers }] as const))]
  if (beside)
    return dynamic
      ? { next: here, told, forget: ['renegotiation'], facts: { offers, offersAt: turn.at } }
      : { next: here, told, forget: ['choice'], facts: { offers, offersAt: turn.at, renegotiation: 'offered' } }
  if (response.GoToPause === true) return { next: 'sessionStop', told, facts: { offers, leaving: 'pause' } }
  const { family } = session.facts.energy ?? { family: 'ac' }
  const direct = family === 'dc' && !session.facts.connected
  return {
    next: direct ? 'cableCheck' : 'powerOn',
    // The pilot asks for energy before the cable check, or before delivery where there is none.
    told: [...told, { told: 'controlPilot', state: 'C' }],
    facts: { offers, offersAt: turn.at, preCharged: false },
    forget: ['choice', 'renegotiation', 'profile'],
  }
}
