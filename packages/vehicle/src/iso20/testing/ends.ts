import { amperes, percent, seconds, volts, wattHours, watts } from '@voltway/units'
import type { CarTold, CarWord } from '../../machine/car-words.ts'
import type { EnergyTransfer, ScheduleOffer } from '../../machine/charging.ts'
import type { EvccOptions, SeccOptions } from '../../machine/options.ts'
import { EVCC_POLICY, SECC_POLICY } from '../../machine/policy.ts'
import type { StationTold, StationWord } from '../../machine/station-words.ts'
import { iso20Evcc, iso20Secc } from '../protocols.ts'
import type { Ends, Says } from './cable.ts'

export const SESSION_ID = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const CHALLENGE = new Uint8Array(16).fill(7)

/** A station of 50 kW at 500 V and 125 A, or of 22 kW where the current is alternating. */
export const seccOptions = (transfers: readonly EnergyTransfer[], more: Partial<SeccOptions> = {}): SeccOptions => ({
  link: { security: 'tls1.3', peerCertificate: Uint8Array.of(1, 2, 3) },
  protocols: [iso20Secc],
  policy: SECC_POLICY,
  evseId: 'DE*VOL*E1',
  sessionId: SESSION_ID,
  challenge: CHALLENGE,
  payments: ['eim'],
  freeService: false,
  transfers,
  limits: transfers.some((transfer) => transfer.startsWith('DC'))
    ? {
        charge: { maxPower: watts(50_000), maxCurrent: amperes(125), maxVoltage: volts(500), minVoltage: volts(150) },
        discharge: { maxPower: watts(10_000), maxCurrent: amperes(25) },
      }
    : { charge: { maxPower: watts(22_000) }, discharge: { maxPower: watts(11_000) }, nominalVoltage: volts(230), nominalFrequencyHz: 50 },
  valueAdded: [],
  certificateService: false,
  paused: [],
  ...more,
})

/** A car with a battery of 400 V that takes 100 A, or 11 kW of alternating current. */
export const evccOptions = (transfer: EnergyTransfer, more: Partial<EvccOptions> = {}): EvccOptions => ({
  link: { security: 'tls1.3' },
  protocols: [iso20Evcc],
  policy: EVCC_POLICY,
  evccId: Uint8Array.of(0x02, 0, 0, 0, 0, 1),
  transfers: [transfer],
  payments: ['eim'],
  needs: {
    transfer,
    control: 'scheduled',
    departure: seconds(7_200),
    energy: wattHours(20_000),
    charge: transfer.startsWith('DC')
      ? { maxPower: watts(40_000), maxCurrent: amperes(100), maxVoltage: volts(420), minVoltage: volts(300) }
      : { maxPower: watts(11_000), minPower: watts(1_400) },
    ...(transfer.endsWith('BPT')
      ? { discharge: transfer.startsWith('DC') ? { maxPower: watts(8_000), maxCurrent: amperes(20) } : { maxPower: watts(7_000) } }
      : {}),
    maxSchedules: 3,
    prices: [],
  },
  valueAdded: [],
  certificate: 'none',
  pace: 200,
  ...more,
})

export const OFFER: ScheduleOffer = { id: 1, power: [{ start: seconds(0), duration: seconds(7_200), maxPower: watts(11_000) }] }

/** A station that does at once what it is asked. */
export const obligingStation =
  (offers: readonly ScheduleOffer[] = [OFFER]) =>
  (told: StationTold): Says<StationWord> => {
    switch (told.told) {
      case 'authoriseWanted':
        return [[300, { word: 'authorised' }]]
      case 'scheduleWanted':
        return [[300, { word: 'offer', schedules: offers }]]
      case 'cableCheckWanted':
        return [[1_000, { word: 'cableChecked', isolation: 'valid' }]]
      case 'positionWanted':
        return [[400, { word: 'positioned', step: told.step, done: true }]]
      case 'preCharge':
        return [[100, { word: 'measured', voltage: told.voltage, current: amperes(0) }]]
      case 'closeContactor':
        return [[200, { word: 'contactor', closed: true }]]
      case 'target':
        return told.voltage === undefined || told.current === undefined
          ? []
          : [[20, { word: 'measured', voltage: told.voltage, current: told.current }]]
      case 'openContactor':
        return [[100, { word: 'measured', voltage: volts(0), current: amperes(0) }]]
      default:
        return []
    }
  }

/** A car that takes the first schedule as it is, and what the battery asks where the current is direct. */
export const obligingCar = (told: CarTold): Says<CarWord> => {
  switch (told.told) {
    case 'sessionBegan':
      return [[0, { word: 'battery', soc: percent(40), voltage: volts(400), targetVoltage: volts(400), targetCurrent: amperes(20) }]]
    case 'offers': {
      const [first] = told.schedules
      if (first === undefined || first.power.length === 0) return []
      const entries = first.power.map(({ start, maxPower }) => ({ start, power: maxPower }))
      return [[100, { word: 'choose', profile: { scheduleId: first.id, entries } }]]
    }
    default:
      return []
  }
}

/** Two ends that get on with each other; the car stops after ten seconds of delivery. */
export const obligingEnds = (transfer: EnergyTransfer, more: Partial<Ends> = {}): Ends => ({
  secc: seccOptions([transfer]),
  evcc: evccOptions(transfer),
  station: obligingStation(),
  car: (told) => (told.told === 'closeContactor' ? [[10_000, { word: 'stop' }]] : obligingCar(told)),
  ...more,
})
