import { amperes, percent, seconds, volts, wattHours, watts } from '@voltway/units'
import type { CarWord } from '../machine/car-words.ts'
import type { StationWord } from '../machine/station-words.ts'
import { DC_LIMITS, OFFER } from './peers.ts'

type Random = () => number
const pick = <Thing>(random: Random, things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)]!
/** Plausible numbers, and some that no device should say. */
const numberOf = (random: Random): number =>
  random() < 0.9 ? Math.round(random() * 4_000) / 10 : pick(random, [0, -5, 1e9, -1e9, Number.NaN, Number.POSITIVE_INFINITY, 0.05])

const STATION: readonly ((random: Random) => StationWord)[] = [
  () => ({ word: 'authorised' }),
  () => ({ word: 'authorised' }),
  (random) => ({ word: 'refused', reason: pick(random, ['unknown', 'certificateRevoked']) }),
  () => ({ word: 'waitingForCustomer' }),
  (random) => ({
    word: 'offer',
    schedules: pick(random, [[OFFER], [OFFER], [], [{ id: 1, power: [] }], [{ id: 300, power: OFFER.power }]]),
  }),
  (random) => ({ word: 'limits', limits: { ...DC_LIMITS, charge: { ...DC_LIMITS.charge, maxCurrent: amperes(numberOf(random)) } } }),
  (random) => ({ word: 'setPoint', power: watts(numberOf(random)) }),
  (random) => ({
    word: 'measured',
    voltage: volts(numberOf(random)),
    current: amperes(numberOf(random)),
    meter: { meterId: pick(random, ['m', 'm'.repeat(50)]), energy: wattHours(numberOf(random)) },
  }),
  (random) => ({ word: 'cableChecked', isolation: pick(random, ['valid', 'valid', 'valid', 'warning', 'fault']) }),
  (random) => ({ word: 'contactor', closed: random() < 0.7 }),
  (random) => ({ word: 'residualCurrent', tripped: random() < 0.5 }),
  (random) => ({ word: 'stop', within: seconds(numberOf(random)) }),
  (random) => ({ word: 'pause', within: seconds(numberOf(random)) }),
  (random) => ({ word: 'renegotiate', within: seconds(numberOf(random)) }),
  () => ({ word: 'receiptWanted' }),
  (random) => ({ word: 'certificate', exiResponse: pick(random, [undefined, Uint8Array.of(0x80)]) }),
]

/** Anything that a station can say; an emergency now and then. */
export const randomStationWord = (random: Random): StationWord =>
  random() < 0.01 ? { word: 'emergency', cause: 'chance' } : pick(random, STATION)(random)

const CAR: readonly ((random: Random) => CarWord)[] = [
  (random) => ({
    word: 'battery',
    soc: percent(numberOf(random)),
    targetVoltage: volts(numberOf(random)),
    targetCurrent: amperes(numberOf(random)),
    timeToFull: seconds(numberOf(random)),
  }),
  (random) => ({ word: 'needs', needs: { energy: wattHours(numberOf(random)), departure: seconds(numberOf(random)), maxSchedules: 300 } }),
  (random) => ({
    word: 'choose',
    profile: { scheduleId: pick(random, [1, 1, 1, 0, 900]), entries: [{ start: seconds(0), power: watts(numberOf(random)) }] },
  }),
  () => ({ word: 'stop' }),
  () => ({ word: 'pause' }),
  () => ({ word: 'renegotiate' }),
]

/** Anything that a car can say; an emergency now and then. */
export const randomCarWord = (random: Random): CarWord =>
  random() < 0.01 ? { word: 'emergency', cause: 'chance' } : pick(random, CAR)(random)
