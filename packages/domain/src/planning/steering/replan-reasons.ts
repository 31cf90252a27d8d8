import { type EpochMs, epochMs, HOUR, MINUTE } from '@voltway/units'
import { promisedRest } from './promised-parts.ts'
import { energyWithin } from './set-point-schedule.ts'
import type { SpanPower, SpanPrice, SteeredCar, SteeredSite, Surroundings } from './steered-site.ts'

/** What a plan was made from, kept beside it. */
export interface PlanBasis {
  readonly at: EpochMs
  readonly limit: number | null
  readonly caps?: readonly SpanPower[] | undefined
  readonly stationLimits: readonly (number | null)[]
  readonly loads: readonly { readonly station: number; readonly power: number }[]
  readonly prices: readonly SpanPrice[]
  /** Phases, peak and pauses, as text: they change together with the limit. */
  readonly terms?: string | undefined
  readonly surroundings?: Surroundings | undefined
  readonly cars: readonly {
    readonly key: string
    readonly wish: string
    readonly delivered: number
    readonly maxPower: number
    readonly isResting: boolean
  }[]
}

/** What happened since. */
export type ReplanReason =
  | 'first'
  | 'arrival'
  | 'departure'
  | 'wish'
  | 'limit'
  | 'price'
  | 'forecast'
  | 'load'
  | 'power'
  | 'meter'
  | 'untold'
  | 'slot'

const SLOT = 15 * MINUTE
/** What is forecast of later times for the first time is no reason: it is planned anew every quarter of an hour. */
const LOOKS_AHEAD = HOUR
const BAND_WH = 250
const BAND_SHARE = 0.15
/** A reading may be this old when a plan is made. */
const READING_AGE_HOURS = 1 / 60
/** A promise that lacks so much is mended, but not more often than this. */
const LACKS_WH = 60
const MENDS_AFTER = 5 * MINUTE
/** Loads that cannot be steered may vary so much. */
const LOAD_BAND_SHARE = 0.05

/** What is wished, without what time alone changes. */
const wishText = ({ wish }: SteeredCar): string =>
  wish.kind === 'promise' ? `${wish.departure}:${wish.parts.map(({ energy, perKwh }) => `${energy}@${perKwh}`).join(',')}` : 'walkIn'

/** What beside limits in W decides; nothing where a site has none of it. */
const termsText = ({ phaseLimits, stations, demandCharge, mostPauses }: SteeredSite): string | undefined => {
  const fuses = stations.map(({ phaseLimit }) => phaseLimit ?? null)
  const all = [phaseLimits, fuses.some((fuse) => fuse !== null) ? fuses : undefined, demandCharge, mostPauses]
  return all.every((one) => one === undefined) ? undefined : JSON.stringify(all)
}

export const planBasis = (site: SteeredSite): PlanBasis => basisOf(site, termsText(site))

const basisOf = ({ now, limit, caps, prices, stations, cars, loads, surroundings }: SteeredSite, terms: string | undefined): PlanBasis => ({
  at: now,
  limit: limit ?? null,
  caps,
  stationLimits: stations.map((station) => station.limit ?? null),
  loads,
  prices,
  terms,
  surroundings,
  cars: cars.map((car) => ({
    key: car.key,
    wish: wishText(car),
    delivered: car.delivered,
    maxPower: car.maxPower,
    isResting: car.isResting,
  })),
})

interface Span {
  readonly from: EpochMs
  readonly to: EpochMs
}

const valueAt = <One extends Span>(spans: readonly One[], at: number, reads: (span: One) => number): number | undefined => {
  const found = spans.find(({ from, to }) => from <= at && at < to)
  return found && reads(found)
}

/** Whether two series say something else of some time in [from, until). */
const spansDiffer = <One extends Span>(
  before: readonly One[],
  after: readonly One[],
  { from, until, reads }: { readonly from: number; readonly until: number; readonly reads: (span: One) => number },
): boolean =>
  [from, ...[...before, ...after].flatMap((span) => [span.from, span.to])]
    .filter((at) => at >= from && at < until)
    .some((at) => valueAt(before, at, reads) !== valueAt(after, at, reads))

const endOf = (spans: readonly Span[]): number => Math.max(...spans.map(({ to }) => to), 0)

/** Whether a price that was known then, and is still to come, is another now. */
const pricesDiffer = (before: readonly SpanPrice[], after: readonly SpanPrice[], now: EpochMs): boolean =>
  spansDiffer(before, after, { from: now, until: endOf(before), reads: ({ perKwh }) => perKwh })

/** The same of powers, where a gap says something too: nothing was forecast of a time that is near, and now something is. */
const powersDiffer = (before: readonly SpanPower[], after: readonly SpanPower[], now: EpochMs): boolean =>
  spansDiffer(before, after, { from: now, until: Math.max(now + LOOKS_AHEAD, endOf(before)), reads: ({ power }) => power })

const forecastDiffers = (before: Surroundings | undefined, after: Surroundings | undefined, now: EpochMs): boolean => {
  if (!before || !after) return before !== after
  if (before.feedInPerKwh !== after.feedInPerKwh) return true
  return powersDiffer(before.load, after.load, now) || powersDiffer(before.solar, after.solar, now)
}

/** Whether a car took much more or less than its station allowed since the plan was made. */
const deviates = (car: SteeredCar, before: PlanBasis['cars'][number], since: EpochMs): boolean => {
  const { inForce, delivered, deliveredAt, maxPower } = car
  if (!inForce || deliveredAt <= since) return false
  const expected = energyWithin(inForce, epochMs(Math.max(since, inForce.start)), deliveredAt)
  const band = Math.max(BAND_WH, BAND_SHARE * expected, maxPower * READING_AGE_HOURS)
  return Math.abs(delivered - before.delivered - expected) > band
}

/** Whether the readings show that a promise will not be kept as things stand, although there is time to mend it. */
const willLack = ({ inForce, wish, delivered, deliveredAt, isResting }: SteeredCar, now: EpochMs, since: EpochMs): boolean => {
  if (!inForce || wish.kind === 'walkIn' || isResting || deliveredAt <= since || now - since < MENDS_AFTER) return false
  const owed = [...promisedRest(wish.parts, delivered).values()].reduce((sum, wh) => sum + wh, 0)
  return wish.departure - now > MENDS_AFTER && owed - energyWithin(inForce, deliveredAt, wish.departure) > LACKS_WH
}

const loadsDiffer = (before: PlanBasis['loads'], after: PlanBasis['loads']): boolean =>
  before.length !== after.length ||
  before.some(({ station, power }, index) => {
    const now = after[index]!
    return now.station !== station || Math.abs(now.power - power) > Math.max(500, LOAD_BAND_SHARE * power)
  })

/** Why a site must be planned anew; empty while its plan holds. */
export const replanReasons = (basis: PlanBasis | undefined, site: SteeredSite): readonly ReplanReason[] => {
  if (!basis) return ['first']
  const now = planBasis(site)
  const before = new Map(basis.cars.map((car) => [car.key, car]))
  const keys = new Set(now.cars.map(({ key }) => key))
  const stayed = site.cars.flatMap((car, index) => {
    const was = before.get(car.key)
    return was ? [{ car, was, is: now.cars[index]! }] : []
  })
  const happened: Readonly<Record<Exclude<ReplanReason, 'first'>, boolean>> = {
    arrival: now.cars.some(({ key }) => !before.has(key)),
    departure: basis.cars.some(({ key }) => !keys.has(key)),
    wish: stayed.some(({ was, is }) => was.wish !== is.wish),
    limit:
      basis.limit !== now.limit ||
      powersDiffer(basis.caps ?? [], site.caps ?? [], site.now) ||
      basis.terms !== now.terms ||
      JSON.stringify(basis.stationLimits) !== JSON.stringify(now.stationLimits),
    // Where nobody is left, prices matter to nobody and may not even have been read.
    price: site.cars.length > 0 && pricesDiffer(basis.prices, site.prices, site.now),
    forecast: forecastDiffers(basis.surroundings, site.surroundings, site.now),
    load: loadsDiffer(basis.loads, now.loads),
    power: stayed.some(({ was, is }) => was.isResting !== is.isResting || Math.abs(was.maxPower - is.maxPower) > 0.1 * was.maxPower),
    meter: stayed.some(({ car, was }) => deviates(car, was, basis.at) || willLack(car, site.now, basis.at)),
    untold: stayed.some(({ car }) => !car.isExpected && (car.inForce === undefined || car.awaitsPlan === true)),
    slot: Math.floor(basis.at / SLOT) !== Math.floor(site.now / SLOT),
  }
  return (Object.keys(happened) as (keyof typeof happened)[]).filter((reason) => happened[reason])
}
