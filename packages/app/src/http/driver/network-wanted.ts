import { micros, microsPerHour, type NetworkDriver, type Plug } from '@voltway/domain/planning/network'
import { CONNECTOR_STANDARDS } from '@voltway/domain/stations'
import type { SiteRow, VehicleRow } from '@voltway/store'
import { DAY, type EpochMs, epochMs, HOUR, isoOf, type WattHours, wattHours, watts } from '@voltway/units'
import { Problem } from '../problems.ts'
import { distanceM } from '../public/distance.ts'
import { instant } from '../views/times.ts'
import { energyOf, type NetworkWish, type WishBody } from './charge-wish.ts'
import { MOST_MICROS, plugName } from './network-supply.ts'

/** Without a departure: how long the day is, and how long a driver would wait in it. */
const LOOKS_AHEAD = DAY
const WAITS = 4 * HOUR
const WAITING_MICROS_PER_HOUR = 1_000_000
const WAY_MICROS_PER_KM = 300_000
/** The most that a car is planned for at a network. */
const MOST_WH = 1_000_000

/** A wish of one driver in a network, its gaps filled. */
export interface Wanted {
  readonly body: NetworkWish
  readonly vehicle: VehicleRow | undefined
  readonly energy: WattHours
  readonly arrival: EpochMs
  /** Before which charging must be over. */
  readonly until: EpochMs
  readonly distanceTo: (site: SiteRow) => number | undefined
  readonly waitingPerHour: number
  readonly wayPerKm: number
}

/** The inlets of the car, or of any. */
export const plugsOf = ({ body, vehicle }: Wanted): readonly Plug[] => {
  const told = vehicle?.connectorStandards ?? body.standards ?? []
  const standards = told.length > 0 ? told : CONNECTOR_STANDARDS
  const powers = { AC: vehicle ? vehicle.maxAcW : MOST_MICROS, DC: vehicle ? (vehicle.maxDcW ?? 0) : MOST_MICROS }
  return (['AC', 'DC'] as const).flatMap((currentType) =>
    powers[currentType] > 0
      ? standards.map((standard) => ({ standard: plugName(currentType, standard), maxPower: watts(powers[currentType]) }))
      : [],
  )
}

/** @throws Problem naming the field */
export const wantedOf = (
  body: NetworkWish,
  { now, vehicle }: { readonly now: EpochMs; readonly vehicle: VehicleRow | undefined },
): Wanted => {
  const { near } = body
  const arrival = epochMs(Math.max(now, body.arrival === undefined ? now : instant(body.arrival, 'body.arrival')))
  const invalid = (path: string, message: string) =>
    new Problem('REQUEST_INVALID', `${path} ${message}.`, { errors: [{ path: `body.${path}`, message }] })
  if (arrival > now + 90 * DAY) throw invalid('arrival', 'must be within 90 days')
  const until = body.departure === undefined ? epochMs(arrival + LOOKS_AHEAD) : instant(body.departure, 'body.departure')
  if (until <= arrival || until > arrival + 7 * DAY) throw invalid('departure', 'must be after arrival, within a week')
  const within = (text: string | undefined, other: number, most: number) =>
    text === undefined ? other : Math.max(0, Math.min(most, Number(text)))
  const energy = wattHours(energyOf(body, { vehicle, power: 0 }))
  if (energy > MOST_WH) throw invalid('energyWh', `must be at most ${MOST_WH}`)
  return {
    body,
    vehicle,
    energy,
    arrival,
    until,
    distanceTo: (site) => near && distanceM(site, near),
    waitingPerHour: within(body.waitingMicrosPerHour, WAITING_MICROS_PER_HOUR, 1e9),
    wayPerKm: within(body.wayMicrosPerKm, WAY_MICROS_PER_KM, 1e9),
  }
}

/** Micros. */
export const wayCost = ({ distanceTo, wayPerKm }: Wanted, site: SiteRow): number =>
  Math.min(MOST_MICROS, Math.round(((distanceTo(site) ?? 0) / 1_000) * wayPerKm))

/** After arriving. */
export const longestWait = ({ body, arrival, until }: Wanted): number => (body.departure === undefined ? WAITS : until - arrival)

/** What a wish is to the network's planner, but for its places and slots. */
export const networkDriver = (wanted: Wanted): Pick<NetworkDriver, 'plugs' | 'energy' | 'waitingPerHour' | 'priceCap'> => {
  const { body, energy, waitingPerHour } = wanted
  return {
    plugs: plugsOf(wanted),
    energy,
    waitingPerHour: microsPerHour(Math.round(waitingPerHour)),
    ...(body.priceCapMicros !== undefined && { priceCap: micros(Math.max(0, Math.min(MOST_MICROS, Number(body.priceCapMicros)))) }),
  }
}

/** The same wish at one EVSE of those that fit. */
export const wishAt = (
  { body: { vehicleId, priceCapMicros }, energy }: Wanted,
  { evseCode, from, to }: { readonly evseCode: string; readonly from: EpochMs; readonly to: EpochMs },
): WishBody => ({
  ...(vehicleId !== undefined && { vehicleId }),
  ...(priceCapMicros !== undefined && { priceCapMicros }),
  evseCode,
  arrival: isoOf(from),
  departure: isoOf(to),
  energyWh: energy,
})
