import {
  type EvseGroup,
  micros,
  microsPerHour,
  type NetworkDriver,
  type NetworkProblem,
  type NetworkStation,
} from '@voltway/domain/planning/network'
import { microsPerKwh } from '@voltway/domain/planning/site'
import { milliseconds, seeded, wattHours, watts } from '@voltway/units'
import type { Stay } from '../sessions.ts'

const SLOT_MINUTES = 5
/** From 06:00 to two hours after the next 06:00, so that late arrivals can be served. */
const SLOTS = (26 * 60) / SLOT_MINUTES
/** Starts at arrival and every 15 minutes after it, up to two hours. */
const DELAY_STEP = 3
const DELAYS = 8
const PLACES = 6
/** A station for each square of this side. */
const SPACING_KM = 3.5
const MINUTES_PER_KM = 2
/** EUR/km, there and back: 0.30 for the car, and 12 an hour for the driver. */
const DETOUR_PER_KM = 2 * (0.3 + (12 * MINUTES_PER_KM) / 60)
const WAITING_PER_HOUR = 12
const UNSERVED = 100

export interface NetworkKind {
  readonly drivers: number
  readonly stations: number
  readonly connectors: number
  /** Of the town: its stations and prices, and of its first day. */
  readonly seed: number
  /** Another day in the same town; 0 when left out. */
  readonly day?: number
}

interface Spot {
  readonly x: number
  readonly y: number
}

const plug = (standard: string, kW: number) => ({ standard, maxPower: watts(kW * 1_000) })
/** What EVSEs there are, with how often. */
const EVSES = [
  { share: 0.5, connectors: [plug('IEC_62196_T2_COMBO', 150)] },
  { share: 0.35, connectors: [plug('IEC_62196_T2_COMBO', 75), plug('CHADEMO', 50)] },
  { share: 0.15, connectors: [plug('IEC_62196_T2', 22)] },
] as const

const drawOf = <Kind extends { readonly share: number }>(kinds: readonly Kind[], dice: number): Kind =>
  kinds.find((_, index) => dice < kinds.slice(0, index + 1).reduce((sum, { share }) => sum + share, 0)) ?? kinds[0]!

/** Every station has one EVSE; the others are spread by chance. */
const drawStations = ({ stations, connectors }: NetworkKind, random: () => number): readonly NetworkStation[] => {
  const counts = Array.from({ length: stations }, () => EVSES.map(() => 0))
  for (let index = 0; index < connectors; index++) {
    const at = index < stations ? index : Math.floor(random() * stations)
    counts[at]![EVSES.indexOf(drawOf(EVSES, random()))]! += 1
  }
  return counts.map((count) => {
    const base = 390_000 + Math.floor(random() * 300_000)
    const evses = EVSES.flatMap(({ connectors: plugs }, kind): EvseGroup[] =>
      count[kind]! > 0 ? [{ connectors: plugs, count: count[kind]! }] : [],
    )
    // Every second station is cheaper before noon and dearer from 17:00 to 21:00.
    const hourly = Array.from({ length: SLOTS }, (_, slot) => {
      const clock = 6 + (slot * SLOT_MINUTES) / 60
      return microsPerKwh(base + (clock < 12 ? -50_000 : clock >= 17 && clock < 21 ? 80_000 : 0))
    })
    return { pricePerKwh: random() < 0.5 ? microsPerKwh(base) : hourly, evses }
  })
}

/** The car is charged with its recorded mean power, by what inlets it has. */
const drawCar = (stay: Stay, random: () => number) => {
  const kW = Math.max(10, (stay.kWh * 60) / stay.minutes)
  const wh = Math.max(500, Math.round(stay.kWh * 1_000))
  const dice = random()
  if (dice < 0.85) return { plugs: [plug('IEC_62196_T2_COMBO', kW), plug('IEC_62196_T2', 11)], energy: wattHours(wh) }
  if (dice < 0.93) return { plugs: [plug('CHADEMO', Math.min(50, kW)), plug('IEC_62196_T2', 7.4)], energy: wattHours(wh) }
  return { plugs: [plug('IEC_62196_T2', 22)], energy: wattHours(wh) }
}

const nearest = (from: Spot, spots: readonly Spot[]): readonly { readonly station: number; readonly km: number }[] =>
  spots
    .map(({ x, y }, station) => ({ station, km: Math.abs(x - from.x) + Math.abs(y - from.y) }))
    .sort((a, b) => a.km - b.km || a.station - b.station)
    .slice(0, PLACES)

/**
 * A town for one day from 06:00 in slots of 5 minutes: stays drawn with a jitter of 15 minutes, drivers anywhere, the 6 nearest
 * stations in reach of each, 9 starts at each of them.
 */
export const generateNetwork = (stays: readonly Stay[], kind: NetworkKind): NetworkProblem => {
  const random = seeded(kind.seed)
  const side = SPACING_KM * Math.sqrt(kind.stations)
  const spot = (): Spot => ({ x: random() * side, y: random() * side })
  const spots = Array.from({ length: kind.stations }, spot)
  const stations = drawStations(kind, random)
  const chance = kind.day ? seeded(1_000 * kind.seed + kind.day) : random
  const home = (): Spot => ({ x: chance() * side, y: chance() * side })
  const drivers = Array.from({ length: kind.drivers }, (): NetworkDriver => {
    const stay = stays[Math.floor(chance() * stays.length)]!
    const asks = Math.max(0, stay.arrival + 30 * chance() - 15)
    return {
      ...drawCar(stay, chance),
      places: nearest(home(), spots).map(({ station, km }) => ({
        station,
        arriveSlot: Math.floor((asks + MINUTES_PER_KM * km) / SLOT_MINUTES),
        detour: micros(Math.round(DETOUR_PER_KM * km * 1e6)),
      })),
      mostDelaySlots: DELAY_STEP * DELAYS,
      waitingPerHour: microsPerHour(WAITING_PER_HOUR * 1e6),
    }
  })
  return {
    slotLength: milliseconds(SLOT_MINUTES * 60_000),
    slots: SLOTS,
    delayStep: DELAY_STEP,
    unservedCost: micros(UNSERVED * 1e6),
    stations,
    drivers,
  }
}
