import { type EpochMs, seconds, type Watts, watts } from '@voltway/units'
import type { commonMessages } from '@voltway/wire/iso15118'
import type { AbsolutePrices, ChargingProfile, Interval, PriceLevels, ScheduleOffer } from '../machine/charging.ts'
import { amountOf, numberOf, optional, rationalWatts, wattsOf } from './rational.ts'

/** How long what has no end lasts: durations are always said here. */
const DAY_SECONDS = 86_400
const MOST_ENTRIES = 1_024
const PRICE_ALGORITHM = 'urn:iso:std:iso:15118:-20:PriceAlgorithm:1-Power'

export const unixSeconds = (at: EpochMs): bigint => BigInt(Math.max(0, Math.floor(at / 1_000)))

/** Intervals one after another with their durations: gaps are filled, what overlaps ends where the next begins. */
const inSequence = <Entry extends Interval>(
  entries: readonly Entry[],
  gap: Entry | undefined,
): readonly (Entry & { readonly Duration: number })[] => {
  const sorted = [...entries].sort((a, b) => a.start - b.start)
  return sorted
    .flatMap((entry, index) => {
      const next = sorted[index + 1]?.start
      const own = entry.duration === undefined ? (next === undefined ? DAY_SECONDS : next - entry.start) : entry.duration
      const end = next === undefined ? entry.start + own : Math.min(next, entry.start + own)
      const before = index === 0 && entry.start > 0 && gap ? [{ ...gap, Duration: Math.round(entry.start) }] : []
      const after = next !== undefined && next > end && gap ? [{ ...gap, Duration: Math.round(next - end) }] : []
      return [...before, { ...entry, Duration: Math.round(end - entry.start) }, ...after]
    })
    .filter(({ Duration }) => Duration > 0)
    .slice(0, MOST_ENTRIES)
}

/** Durations one after another as intervals from now. */
const fromSequence = <Entry extends { readonly Duration: number }>(
  entries: readonly Entry[],
  shift: number,
): readonly (Entry & Interval)[] => {
  let start = shift
  return entries.map((entry) => {
    const interval = { ...entry, start: seconds(start), duration: seconds(entry.Duration) }
    start += entry.Duration
    return interval
  })
}

/** Anchors far from now are no clock of the other end's: cars and stations in the field send zero or microseconds. */
const shiftOf = (anchor: bigint, at: EpochMs): number => {
  const shift = Number(anchor - unixSeconds(at))
  return Math.abs(shift) > DAY_SECONDS ? 0 : shift
}

const powerScheduleOf = (entries: readonly (Interval & { readonly power: Watts })[], at: EpochMs): commonMessages.PowerScheduleType => ({
  TimeAnchor: unixSeconds(at),
  PowerScheduleEntries: {
    PowerScheduleEntry: inSequence(entries, { start: seconds(0), power: watts(0) }).map(({ Duration, power }) => ({
      Duration,
      Power: rationalWatts(power),
    })),
  },
})

const levelsOf = (prices: PriceLevels, at: EpochMs): commonMessages.PriceLevelScheduleType => ({
  TimeAnchor: unixSeconds(at),
  PriceScheduleID: prices.id,
  ...optional('PriceScheduleDescription', prices.description, (text) => text.slice(0, 160)),
  NumberOfPriceLevels: prices.levels,
  PriceLevelScheduleEntries: {
    PriceLevelScheduleEntry: inSequence(prices.entries, undefined).map(({ Duration, level }) => ({ Duration, PriceLevel: level ?? 0 })),
  },
})

/** The least that may be said about prices: all is one level. V2G20-2176 wants a price with every schedule. */
const noPrices = (id: number, at: EpochMs) => levelsOf({ form: 'levels', id, levels: 1, entries: [{ start: seconds(0), level: 0 }] }, at)

const fee = ({ value, exponent }: { readonly value: number; readonly exponent: number }) => ({ Exponent: exponent, Value: value })

const ruleOf = (entry: AbsolutePrices['entries'][number]): commonMessages.PriceRuleType => ({
  EnergyFee: fee(entry.energyFee),
  ...optional('ParkingFee', entry.parkingFee, fee),
  ...optional('ParkingFeePeriod', entry.parkingFeePeriod, Math.round),
  PowerRangeStart: rationalWatts(entry.startPower ?? watts(0)),
})

const absoluteOf = (prices: AbsolutePrices, at: EpochMs, Id: string): commonMessages.AbsolutePriceScheduleType => {
  const stacks = [...Map.groupBy(prices.entries, ({ start }) => start)].map(([start, rules]) => ({
    start,
    ...optional('duration', rules[0]?.duration, (duration) => duration),
    PriceRule: rules.slice(0, 8).map(ruleOf),
  }))
  return {
    Id,
    TimeAnchor: unixSeconds(at),
    PriceScheduleID: prices.id,
    ...optional('PriceScheduleDescription', prices.description, (text) => text.slice(0, 160)),
    Currency: prices.currency.slice(0, 3),
    Language: prices.language.slice(0, 3),
    PriceAlgorithm: PRICE_ALGORITHM,
    PriceRuleStacks: { PriceRuleStack: inSequence(stacks, undefined).map(({ Duration, PriceRule }) => ({ Duration, PriceRule })) },
  }
}

/** Prices of an offer in the form that was agreed, or the least that may be said. */
export const pricesOf = (
  { id, prices }: Pick<ScheduleOffer, 'id' | 'prices'>,
  at: EpochMs,
  direction: 'charging' | 'discharging' = 'charging',
) => {
  if (prices === undefined || prices.entries.length === 0) return { PriceLevelSchedule: noPrices(id, at) }
  return prices.form === 'levels'
    ? { PriceLevelSchedule: levelsOf(prices, at) }
    : { AbsolutePriceSchedule: absoluteOf(prices, at, `${direction}${id}`) }
}

const tupleOf = (offer: ScheduleOffer, at: EpochMs): commonMessages.ScheduleTupleType => {
  const discharging = offer.power.flatMap(({ maxDischargePower, ...interval }) =>
    maxDischargePower === undefined ? [] : [{ ...interval, power: maxDischargePower }],
  )
  const charging = offer.power.map(({ maxPower, ...interval }) => ({ ...interval, power: maxPower }))
  const prices = pricesOf(offer, at)
  return {
    ScheduleTupleID: offer.id,
    ChargingSchedule: { PowerSchedule: powerScheduleOf(charging, at), ...prices },
    ...(discharging.length === 0
      ? {}
      : { DischargingSchedule: { PowerSchedule: powerScheduleOf(discharging, at), ...pricesOf(offer, at, 'discharging') } }),
  }
}

/** What a car may choose from; at most three tuples. */
export const tuplesOf = (offers: readonly ScheduleOffer[], at: EpochMs): commonMessages.Scheduled_SEResControlModeType => ({
  ScheduleTuple: offers.slice(0, 3).map((offer) => tupleOf(offer, at)),
})

const readLevels = (schedule: commonMessages.PriceLevelScheduleType, at: EpochMs): PriceLevels => ({
  form: 'levels',
  id: schedule.PriceScheduleID,
  ...optional('description', schedule.PriceScheduleDescription, (text) => text),
  levels: schedule.NumberOfPriceLevels,
  entries: fromSequence(schedule.PriceLevelScheduleEntries.PriceLevelScheduleEntry, shiftOf(schedule.TimeAnchor, at)).map(
    ({ start, duration, PriceLevel }) => ({ start, ...optional('duration', duration, (own) => own), level: PriceLevel }),
  ),
})

const readFee = ({ Exponent, Value }: { readonly Exponent: number; readonly Value: number }) => ({ value: Value, exponent: Exponent })

const readAbsolute = (schedule: commonMessages.AbsolutePriceScheduleType, at: EpochMs): AbsolutePrices => ({
  form: 'absolute',
  id: schedule.PriceScheduleID,
  ...optional('description', schedule.PriceScheduleDescription, (text) => text),
  currency: schedule.Currency,
  language: schedule.Language,
  entries: fromSequence(schedule.PriceRuleStacks.PriceRuleStack, shiftOf(schedule.TimeAnchor, at)).flatMap(
    ({ start, duration, PriceRule }) =>
      PriceRule.map((rule) => ({
        start,
        ...optional('duration', duration, (own) => own),
        energyFee: readFee(rule.EnergyFee),
        ...optional('parkingFee', rule.ParkingFee, readFee),
        ...optional('parkingFeePeriod', rule.ParkingFeePeriod, seconds),
        startPower: wattsOf(rule.PowerRangeStart),
      })),
  ),
})

interface PriceSchedules {
  readonly AbsolutePriceSchedule?: commonMessages.AbsolutePriceScheduleType
  readonly PriceLevelSchedule?: commonMessages.PriceLevelScheduleType
}

export const readPrices = (
  { AbsolutePriceSchedule, PriceLevelSchedule }: PriceSchedules,
  at: EpochMs,
): PriceLevels | AbsolutePrices | undefined => {
  if (AbsolutePriceSchedule !== undefined) return readAbsolute(AbsolutePriceSchedule, at)
  return PriceLevelSchedule === undefined ? undefined : readLevels(PriceLevelSchedule, at)
}

const dischargeAt = (schedule: commonMessages.PowerScheduleType | undefined, moment: number, at: EpochMs): Watts | undefined => {
  if (schedule === undefined) return undefined
  const entries = fromSequence(schedule.PowerScheduleEntries.PowerScheduleEntry, shiftOf(schedule.TimeAnchor, at))
  const found = entries.find(({ start, Duration }) => start <= moment && moment < start + Duration)
  return found && watts(amountOf(found.Power))
}

/** What a car was offered, in seconds from now. */
export const offersOf = (tuples: readonly commonMessages.ScheduleTupleType[], at: EpochMs): readonly ScheduleOffer[] =>
  tuples.map(({ ScheduleTupleID, ChargingSchedule, DischargingSchedule }) => {
    const { TimeAnchor, PowerScheduleEntries } = ChargingSchedule.PowerSchedule
    return {
      id: ScheduleTupleID,
      power: fromSequence(PowerScheduleEntries.PowerScheduleEntry, shiftOf(TimeAnchor, at)).map(
        ({ start, duration, Power, Power_L2, Power_L3 }) => ({
          start,
          ...optional('duration', duration, (own) => own),
          maxPower: watts([Power, Power_L2, Power_L3].reduce((sum, phase) => sum + (phase === undefined ? 0 : numberOf(phase)), 0)),
          ...optional('maxDischargePower', dischargeAt(DischargingSchedule?.PowerSchedule, start, at), (power) => power),
        }),
      ),
      ...optional('prices', readPrices(ChargingSchedule, at), (prices) => prices),
    }
  })

/** EVPowerProfile of what a car chose. */
export const wireProfileOf = (
  profile: ChargingProfile,
  control: 'scheduled' | 'dynamic',
  at: EpochMs,
): commonMessages.EVPowerProfileType => ({
  TimeAnchor: unixSeconds(at),
  ...(control === 'dynamic'
    ? { Dynamic_EVPPTControlMode: {} }
    : {
        Scheduled_EVPPTControlMode: { SelectedScheduleTupleID: profile.scheduleId, PowerToleranceAcceptance: 'PowerToleranceNotConfirmed' },
      }),
  EVPowerProfileEntries: {
    EVPowerProfileEntry: inSequence(profile.entries.length > 0 ? profile.entries : [{ start: seconds(0), power: watts(0) }], {
      start: seconds(0),
      power: watts(0),
    }).map(({ Duration, power }) => ({ Duration, Power: rationalWatts(power) })),
  },
})

export const profileOf = (profile: commonMessages.EVPowerProfileType, at: EpochMs): ChargingProfile => ({
  scheduleId: profile.Scheduled_EVPPTControlMode?.SelectedScheduleTupleID ?? 0,
  entries: fromSequence(profile.EVPowerProfileEntries.EVPowerProfileEntry, shiftOf(profile.TimeAnchor, at)).map(
    ({ start, Power, Power_L2, Power_L3 }) => ({
      start,
      power: watts([Power, Power_L2, Power_L3].reduce((sum, phase) => sum + (phase === undefined ? 0 : numberOf(phase)), 0)),
    }),
  ),
})

/** Whether a profile stays below the schedule it belongs to, at the start of each of its entries and of each of the schedule's. */
export const fitsSchedule = ({ entries }: ChargingProfile, { power }: ScheduleOffer): boolean => {
  const at = (moment: number) =>
    power.findLast(({ start, duration }) => start <= moment && (duration === undefined || moment < start + duration))
  const drawn = (moment: number) => entries.findLast(({ start }) => start <= moment)?.power ?? 0
  // A second of slack: both ends round their anchors to whole seconds.
  return [...entries, ...power].every(({ start }) => {
    const power = drawn(start)
    const allowed = [at(start - 1), at(start), at(start + 1)].filter((entry) => entry !== undefined)
    const most = Math.max(0, ...allowed.map(({ maxPower }) => maxPower))
    const least = Math.min(0, ...allowed.map(({ maxDischargePower = 0 }) => -maxDischargePower))
    return power <= most && power >= least
  })
}
