import { amperes, percent, seconds, volts, wattHours, watts } from '@voltway/units'
import type { CarTold, CarWord } from '../machine/car-words.ts'
import type { ChargingNeeds, ScheduleOffer, SupplyLimits } from '../machine/charging.ts'
import type { EvccOptions, SeccOptions } from '../machine/options.ts'
import { EVCC_POLICY, SECC_POLICY } from '../machine/policy.ts'
import type { StationTold, StationWord } from '../machine/station-words.ts'
import type { Reply } from './cable.ts'

export const AC_LIMITS: SupplyLimits = { charge: { maxCurrent: amperes(32), maxPower: watts(22_000) }, nominalVoltage: volts(230) }
export const DC_LIMITS: SupplyLimits = {
  charge: { maxCurrent: amperes(200), maxPower: watts(60_000), maxVoltage: volts(500), minCurrent: amperes(1), minVoltage: volts(150) },
  peakCurrentRipple: amperes(2),
}
export const OFFER: ScheduleOffer = { id: 1, power: [{ start: seconds(0), duration: seconds(86_400), maxPower: watts(11_000) }] }

export const SECC_OPTIONS: SeccOptions = {
  link: { security: 'none' },
  protocols: [],
  policy: SECC_POLICY,
  evseId: 'DE*VLT*E0001*1',
  sessionId: Uint8Array.fromHex('0102030405060708'),
  challenge: Uint8Array.fromHex('000102030405060708090a0b0c0d0e0f'),
  payments: ['eim'],
  freeService: false,
  transfers: ['AC_three_phase', 'AC_single_phase'],
  limits: AC_LIMITS,
  valueAdded: [],
  certificateService: false,
  paused: [],
}

export const AC_NEEDS: ChargingNeeds = {
  transfer: 'AC_three_phase',
  control: 'scheduled',
  departure: seconds(7_200),
  energy: wattHours(12_000),
  charge: { maxVoltage: volts(400), maxCurrent: amperes(16), minCurrent: amperes(6) },
  maxSchedules: 3,
  prices: ['levels'],
}
export const DC_NEEDS: ChargingNeeds = {
  transfer: 'DC',
  control: 'scheduled',
  energy: wattHours(30_000),
  capacity: wattHours(60_000),
  soc: percent(30),
  charge: { maxVoltage: volts(420), maxCurrent: amperes(150), maxPower: watts(50_000) },
  maxSchedules: 3,
  prices: ['levels'],
}

export const EVCC_OPTIONS: EvccOptions = {
  link: { security: 'none' },
  protocols: [],
  policy: EVCC_POLICY,
  evccId: Uint8Array.fromHex('020000000001'),
  transfers: ['AC_three_phase', 'AC_single_phase'],
  payments: ['eim'],
  needs: AC_NEEDS,
  valueAdded: [],
  certificate: 'none',
  pace: 200,
}

/** A station that does what it is asked to: the output follows at once, a person is authorised after half a second. */
export const willingStation =
  (offers: readonly ScheduleOffer[] = [OFFER]) =>
  (told: StationTold): readonly Reply<StationWord>[] => {
    switch (told.told) {
      case 'authoriseWanted':
        return [[{ word: 'authorised' }, 500]]
      case 'scheduleWanted':
        return [[{ word: 'offer', schedules: offers }, 300]]
      case 'cableCheckWanted':
        return [[{ word: 'cableChecked', isolation: 'valid' }, 700]]
      case 'preCharge':
        return [[{ word: 'measured', voltage: told.voltage, current: amperes(0) }, 400]]
      case 'closeContactor':
        return [[{ word: 'contactor', closed: true }, 100]]
      case 'openContactor':
        return [
          [{ word: 'contactor', closed: false }, 100],
          [{ word: 'measured', voltage: volts(0), current: amperes(0) }, 100],
        ]
      case 'target':
        return [{ word: 'measured', voltage: told.voltage ?? volts(0), current: told.current ?? amperes(0) }]
      default:
        return []
    }
  }

/** A car that takes the first schedule at its full power. */
export const willingCar = (told: CarTold): readonly Reply<CarWord>[] => {
  if (told.told !== 'offers') return []
  const [schedule] = told.schedules
  const entries = schedule?.power.map(({ start, maxPower }) => ({ start, power: maxPower })) ?? []
  return [[{ word: 'choose', profile: { scheduleId: schedule?.id ?? 1, entries } }, 50]]
}
