import type { PublicEvse, PublicSite, Vehicle } from '../api/types.ts'
import { estimateOf, fits } from './estimate.ts'

export interface Filters {
  readonly myPlug: boolean
  readonly freeNow: boolean
  readonly power: PowerClass
}
export type PowerClass = 'any' | 'rapid' | 'ultra'
export const NO_FILTERS: Filters = { myPlug: false, freeNow: false, power: 'any' }
/** Least W of a class; standard is what is slower than rapid. */
const LEAST: Readonly<Record<PowerClass, number>> = { any: 0, rapid: 43_000, ultra: 150_000 }

export interface Position {
  readonly latitude: number
  readonly longitude: number
}
export interface FoundSite {
  readonly site: PublicSite
  /** Those that the filters leave. */
  readonly evses: readonly PublicEvse[]
  readonly free: number
  /** The oldest of the facts behind the count of free ones. */
  readonly statusAt: string | undefined
  readonly metres: number | undefined
  readonly micros: string | undefined
}

const EARTH = 6_371_000
const radians = (degrees: number) => (degrees * Math.PI) / 180

/** Great-circle distance in metres (haversine). */
export const metresBetween = (a: Position, b: Position) => {
  const half = (x: number) => Math.sin(radians(x) / 2) ** 2
  const h = half(b.latitude - a.latitude) + Math.cos(radians(a.latitude)) * Math.cos(radians(b.latitude)) * half(b.longitude - a.longitude)
  return 2 * EARTH * Math.asin(Math.sqrt(h))
}

const passes = (evse: PublicEvse, { myPlug, freeNow, power }: Filters, vehicle: Vehicle | undefined) =>
  evse.maxPowerW >= LEAST[power] && (!freeNow || evse.status === 'available') && (!myPlug || !vehicle || fits(evse, vehicle))

const least = (values: readonly string[]) =>
  values.reduce<string | undefined>((a, b) => (a === undefined || Number(b) < Number(a) ? b : a), undefined)
const oldest = (evses: readonly PublicEvse[]) =>
  evses
    .map(({ statusAt }) => statusAt)
    .filter((at) => at !== undefined)
    .sort()[0]

/** What the filters leave, nearest first when the position is known, else by free connectors and name. */
export const chooseSites = (
  sites: readonly PublicSite[],
  filters: Filters,
  { vehicle, position }: { readonly vehicle: Vehicle | undefined; readonly position: Position | undefined },
): readonly FoundSite[] =>
  sites
    .map((site): FoundSite => {
      const evses = site.evses.filter((evse) => passes(evse, filters, vehicle))
      const free = evses.filter(({ status }) => status === 'available')
      return {
        site,
        evses,
        free: free.length,
        statusAt: oldest(free.length > 0 ? free : evses),
        metres: position && metresBetween(position, site),
        micros: least(evses.flatMap((evse) => estimateOf(evse, vehicle)?.micros ?? [])),
      }
    })
    .filter(({ evses }) => evses.length > 0)
    .sort((a, b) => (a.metres ?? 0) - (b.metres ?? 0) || Number(b.free > 0) - Number(a.free > 0) || a.site.name.localeCompare(b.site.name))
