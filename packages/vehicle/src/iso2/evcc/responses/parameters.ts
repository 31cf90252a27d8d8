import { seconds, watts } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import type { CarTold } from '../../../machine/car-words.ts'
import { isDirectCurrent, type ScheduleOffer, type SupplyLimits } from '../../../machine/charging.ts'
import { PRE_CHARGE_TOLERANCE_V } from '../../../machine/pre-charge.ts'
import type { Responses } from '../../message.ts'
import { amperesOf, optional, voltsOf, wattHoursOf, wattsOf } from '../../physical.ts'
import { offersOf } from '../../schedules.ts'
import { tariffParts } from '../../tariff-parts.ts'
import type { Arrival, Handler } from '../handler.ts'
import { noticed } from '../notice.ts'
import type { CarFacts, EvccSession, Move } from '../state.ts'
import { finished, ongoing } from './contract.ts'

const acSupply = ({ EVSENominalVoltage, EVSEMaxCurrent }: iso2.AC_EVSEChargeParameterType): SupplyLimits => ({
  charge: { maxCurrent: amperesOf(EVSEMaxCurrent) },
  nominalVoltage: voltsOf(EVSENominalVoltage),
})

const dcSupply = (parameter: iso2.DC_EVSEChargeParameterType): SupplyLimits => ({
  charge: {
    maxCurrent: amperesOf(parameter.EVSEMaximumCurrentLimit),
    maxPower: wattsOf(parameter.EVSEMaximumPowerLimit),
    maxVoltage: voltsOf(parameter.EVSEMaximumVoltageLimit),
    minCurrent: amperesOf(parameter.EVSEMinimumCurrentLimit),
    minVoltage: voltsOf(parameter.EVSEMinimumVoltageLimit),
  },
  peakCurrentRipple: amperesOf(parameter.EVSEPeakCurrentRipple),
  ...optional('currentRegulationTolerance', parameter.EVSECurrentRegulationTolerance, amperesOf),
  ...optional('energyToBeDelivered', parameter.EVSEEnergyToBeDelivered, wattHoursOf),
})

const supplyOf = ({ AC_EVSEChargeParameter, DC_EVSEChargeParameter }: Responses['ChargeParameterDiscovery']): SupplyLimits | undefined =>
  (DC_EVSEChargeParameter && dcSupply(DC_EVSEChargeParameter)) ?? (AC_EVSEChargeParameter && acSupply(AC_EVSEChargeParameter))

/** What a station can deliver as a schedule of a day. */
const plainOffer = (limits: SupplyLimits | undefined): readonly ScheduleOffer[] => {
  const { maxPower, maxCurrent = 0 } = limits?.charge ?? {}
  const power = maxPower ?? watts(maxCurrent * (limits?.nominalVoltage ?? 0))
  return [{ id: 1, power: [{ start: seconds(0), duration: seconds(86_400), maxPower: power }] }]
}

/** Where a car goes that wants power next: its choice among the schedules comes first. */
const beforePower = ({ car }: EvccSession) => (car.profile === undefined ? 'choosing' : 'powerOn')

/** Prices of a contract count only where its operator signed them; else it is as if there were none (record 27). */
const pricesRefused = ({ session, signature }: Arrival, list: iso2.SAScheduleListType): readonly CarTold[] => {
  const verify = session.facts.payment === 'contract' ? session.options.crypto?.verifyTariff : undefined
  if (verify === undefined || list.SAScheduleTuple.every(({ SalesTariff }) => SalesTariff === undefined)) return []
  if (signature === undefined) return [{ told: 'pricesRefused', why: 'unsigned' }]
  const parts = tariffParts(list)
  return parts !== undefined && verify(signature, parts) ? [] : [{ told: 'pricesRefused', why: 'wrongSignature' }]
}

const withoutPrices = ({ prices: _, ...offer }: ScheduleOffer): ScheduleOffer => offer

export const chargeParameterDiscovery: Handler<'ChargeParameterDiscovery'> = (arrival, response): Move => {
  const { session } = arrival
  const { EVSEProcessing, SAScheduleList, DC_EVSEChargeParameter, AC_EVSEChargeParameter } = response
  const limits = supplyOf(response)
  const notice = noticed(session, DC_EVSEChargeParameter?.DC_EVSEStatus ?? AC_EVSEChargeParameter?.AC_EVSEStatus)
  const told: readonly CarTold[] = limits === undefined ? notice.told : [...notice.told, { told: 'limits', limits }]
  if (EVSEProcessing !== 'Finished')
    return {
      next: 'chargeParameters',
      told,
      car: notice.car,
      facts: { ongoing: true },
      timers: ongoing(session, 'ChargeParameterDiscovery'),
    }
  const direct = isDirectCurrent(session.facts.transfer)
  const refused = SAScheduleList === undefined ? [] : pricesRefused(arrival, SAScheduleList)
  const whole = SAScheduleList === undefined ? [] : offersOf(SAScheduleList)
  const offered = refused.length > 0 ? whole.map(withoutPrices) : whole
  const offers = offered.length === 0 && session.options.policy.missingSchedule === 'accept' ? plainOffer(limits) : offered
  const settled = { ongoing: false, offers, supply: limits?.charge ?? {} } satisfies Partial<CarFacts>
  if (offers.length === 0 || (direct ? DC_EVSEChargeParameter : AC_EVSEChargeParameter) === undefined) {
    const endAs = { code: 'incompatible', detail: 'no schedule, or parameters of another energy transfer' } as const
    return { next: 'sessionStop', told, facts: { ...settled, endAs }, timers: finished(session) }
  }
  return {
    next: direct ? 'cableCheck' : 'choosing',
    told: [...told, ...refused, { told: 'offers', schedules: offers }, { told: 'controlPilot', state: 'C' }],
    facts: settled,
    car: { ...notice.car, profile: undefined },
    timers: finished(session),
  }
}

export const cableCheck: Handler<'CableCheck'> = ({ session }, { EVSEProcessing, DC_EVSEStatus }): Move => {
  const notice = noticed(session, DC_EVSEStatus)
  if (EVSEProcessing !== 'Finished') return { next: 'cableCheck', told: notice.told, car: notice.car }
  const { EVSEIsolationStatus = 'Invalid' } = DC_EVSEStatus
  const uncertain = EVSEIsolationStatus === 'Invalid' || EVSEIsolationStatus === 'No_IMD'
  if (EVSEIsolationStatus === 'Fault' || (uncertain && session.options.policy.isolationNotValid === 'refuse')) {
    const endAs = { code: 'incompatible', detail: `isolation is ${EVSEIsolationStatus}` } as const
    return { next: 'sessionStop', told: notice.told, facts: { endAs } }
  }
  return { next: 'preCharge', told: notice.told, car: notice.car }
}

export const preCharge: Handler<'PreCharge'> = ({ session }, { DC_EVSEStatus, EVSEPresentVoltage }): Move => {
  const notice = noticed(session, DC_EVSEStatus)
  const voltage = voltsOf(EVSEPresentVoltage)
  const told: readonly CarTold[] = [...notice.told, { told: 'measured', voltage }]
  if (Math.abs(voltage - session.car.targetVoltage) > PRE_CHARGE_TOLERANCE_V) return { next: 'preCharge', told, car: notice.car }
  return { next: beforePower(session), told, car: notice.car }
}
