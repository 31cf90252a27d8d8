import { milliseconds, wattHours, watts } from '@voltway/units'
import { microsPerKwh } from '../../site/site-problem.ts'
import { type EvseGroup, micros, microsPerHour, type NetworkDriver, type NetworkProblem, type NetworkStation } from '../network-problem.ts'

type Random = () => number
const whole = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1))
const times = <Value>(count: number, make: (index: number) => Value): Value[] => Array.from({ length: count }, (_, index) => make(index))

const STANDARDS = ['IEC_62196_T2', 'IEC_62196_T2_COMBO', 'CHADEMO']
const POWERS = [11_000, 50_000, 50_000, 150_000]
const randomPlug = (random: Random) => ({ standard: STANDARDS[whole(random, 0, 2)]!, maxPower: watts(POWERS[whole(random, 0, 3)]!) })

const randomGroup = (random: Random, slots: number): EvseGroup => {
  const count = () => whole(random, 0, 2)
  return { connectors: times(whole(random, 1, 2), () => randomPlug(random)), count: random() < 0.7 ? count() : times(slots, count) }
}

const randomStation = (random: Random, slots: number): NetworkStation => {
  const price = () => microsPerKwh(whole(random, 0, 800_000))
  return {
    pricePerKwh: random() < 0.5 ? price() : times(slots, price),
    evses: times(whole(random, 1, 3), () => randomGroup(random, slots)),
  }
}

/** A driver at a network of so many stations and slots. */
export const randomDriver = (random: Random, stations: number, slots: number): NetworkDriver => {
  const places = times(stations, (station) => ({
    station,
    arriveSlot: whole(random, 0, Math.floor(slots / 2)),
    detour: micros(whole(random, 0, 4_000_000)),
  })).filter(() => random() < 0.7)
  return {
    plugs: times(whole(random, 1, 2), () => randomPlug(random)),
    energy: wattHours(whole(random, 1, 30_000)),
    places,
    mostDelaySlots: whole(random, 0, 8),
    ...(random() < 0.3 && places.length > 0
      ? { departSlot: whole(random, Math.max(...places.map((place) => place.arriveSlot)) + 1, slots) }
      : {}),
    waitingPerHour: microsPerHour(whole(random, 0, 20_000_000)),
    ...(random() < 0.2 ? { priceCap: micros(whole(random, 0, 15_000_000)) } : {}),
  }
}

/** A small network that is scarce in places: mixed plugs, prices and counts that change with time or not, caps, drivers with nowhere to go. */
export const randomNetwork = (random: Random): NetworkProblem => {
  const slots = whole(random, 2, 24)
  const stations = times(whole(random, 1, 4), () => randomStation(random, slots))
  return {
    slotLength: milliseconds(60_000 * whole(random, 5, 20)),
    slots,
    delayStep: whole(random, 1, 3),
    unservedCost: micros(whole(random, 10, 60) * 1_000_000),
    stations,
    drivers: times(whole(random, 0, 14), () => randomDriver(random, stations.length, slots)),
  }
}
