import { seconds } from '@voltway/units'
import type { iso2 } from '@voltway/wire/iso15118'
import type { ChargingProfile, ConsumptionCost, Interval, PriceLevels, ScheduleOffer } from '../machine/charging.ts'
import { optional, physicalWatts, wattsOf } from './physical.ts'

const COST_KINDS = {
  relativePricePercentage: 'relativePricePercentage',
  renewableGenerationPercentage: 'RenewableGenerationPercentage',
  carbonDioxideEmission: 'CarbonDioxideEmission',
} as const
const KINDS_OF_COST = {
  relativePricePercentage: 'relativePricePercentage',
  RenewableGenerationPercentage: 'renewableGenerationPercentage',
  CarbonDioxideEmission: 'carbonDioxideEmission',
} as const

/** A duration is a day at most: what lasts longer is said in pieces. */
const DAY_SECONDS = 86_400
const MOST_PIECES = 31
const inDays = <Entry extends Interval>(entry: Entry): readonly Entry[] => {
  const { start, duration } = entry
  if (duration === undefined || duration <= DAY_SECONDS) return [entry]
  return Array.from({ length: Math.min(MOST_PIECES, Math.ceil(duration / DAY_SECONDS)) }, (_, day) => ({
    ...entry,
    start: seconds(start + day * DAY_SECONDS),
    duration: seconds(Math.min(DAY_SECONDS, duration - day * DAY_SECONDS)),
  }))
}

const relative = ({ start, duration }: Interval): iso2.RelativeTimeIntervalType => ({
  start: Math.round(start),
  ...optional('duration', duration, Math.round),
})
/** An abstract interval, which the codec reads, says nothing: from the beginning. */
const intervalOf = (interval: iso2.RelativeTimeIntervalType | undefined): Interval => ({
  start: seconds(interval?.start ?? 0),
  ...optional('duration', interval?.duration, seconds),
})

const costOf = ({ startPower, costs }: ConsumptionCost): iso2.ConsumptionCostType => ({
  startValue: physicalWatts(startPower),
  Cost: costs.slice(0, 3).map(({ kind, value, exponent }) => ({
    costKind: COST_KINDS[kind],
    amount: value,
    ...optional('amountMultiplier', exponent, (power) => power),
  })),
})

const tariffOf = (prices: PriceLevels): iso2.SalesTariffType => ({
  Id: `id${prices.id}`,
  SalesTariffID: prices.id,
  ...optional('SalesTariffDescription', prices.description, (text) => text.slice(0, 32)),
  NumEPriceLevels: prices.levels,
  SalesTariffEntry: prices.entries.flatMap(inDays).map(({ level, costs, ...interval }) => ({
    RelativeTimeInterval: relative(interval),
    ...optional('EPriceLevel', level, (number) => number),
    ...optional('ConsumptionCost', costs, (list) => list.slice(0, 3).map(costOf)),
  })),
})

/** SAScheduleList of what a station offers; prices in a currency cannot be said in it and are left out. At most three schedules. */
export const scheduleListOf = (offers: readonly ScheduleOffer[]): iso2.SAScheduleListType => ({
  SAScheduleTuple: offers.slice(0, 3).map(({ id, power, prices }) => ({
    SAScheduleTupleID: id,
    PMaxSchedule: {
      PMaxScheduleEntry: power.flatMap(inDays).map(({ maxPower, ...interval }) => ({
        RelativeTimeInterval: relative(interval),
        PMax: physicalWatts(maxPower),
      })),
    },
    ...(prices?.form === 'levels' ? { SalesTariff: tariffOf(prices) } : {}),
  })),
})

const pricesOf = ({ SalesTariffID, SalesTariffDescription, NumEPriceLevels, SalesTariffEntry }: iso2.SalesTariffType): PriceLevels => ({
  form: 'levels',
  id: SalesTariffID,
  ...optional('description', SalesTariffDescription, (text) => text),
  levels: NumEPriceLevels ?? Math.max(0, ...SalesTariffEntry.map(({ EPriceLevel }) => EPriceLevel ?? 0)),
  entries: SalesTariffEntry.map(({ RelativeTimeInterval, EPriceLevel, ConsumptionCost }) => ({
    ...intervalOf(RelativeTimeInterval),
    ...optional('level', EPriceLevel, (level) => level),
    ...optional('costs', ConsumptionCost, (list) =>
      list.map(({ startValue, Cost }) => ({
        startPower: wattsOf(startValue),
        costs: Cost.map(({ costKind, amount, amountMultiplier }) => ({
          kind: KINDS_OF_COST[costKind],
          value: amount,
          ...optional('exponent', amountMultiplier, (power) => power),
        })),
      })),
    ),
  })),
})

/** What a car was offered. */
export const offersOf = ({ SAScheduleTuple }: iso2.SAScheduleListType): readonly ScheduleOffer[] =>
  SAScheduleTuple.map(({ SAScheduleTupleID, PMaxSchedule, SalesTariff }) => ({
    id: SAScheduleTupleID,
    power: PMaxSchedule.PMaxScheduleEntry.map(({ RelativeTimeInterval, PMax }) => ({
      ...intervalOf(RelativeTimeInterval),
      maxPower: wattsOf(PMax),
    })),
    ...optional('prices', SalesTariff, pricesOf),
  }))

/** ChargingProfile of what a car chose; 24 entries at most. */
export const wireProfileOf = ({ entries }: ChargingProfile): iso2.ChargingProfileType => ({
  ProfileEntry: entries.slice(0, 24).map(({ start, power, phases }) => ({
    ChargingProfileEntryStart: Math.round(start),
    ChargingProfileEntryMaxPower: physicalWatts(power),
    ...optional('ChargingProfileEntryMaxNumberOfPhasesInUse', phases, (number) => number),
  })),
})

export const profileOf = (scheduleId: number, profile: iso2.ChargingProfileType | undefined): ChargingProfile => ({
  scheduleId,
  entries: (profile?.ProfileEntry ?? []).map((entry) => ({
    start: seconds(entry.ChargingProfileEntryStart),
    power: wattsOf(entry.ChargingProfileEntryMaxPower),
    ...(entry.ChargingProfileEntryMaxNumberOfPhasesInUse === 1 || entry.ChargingProfileEntryMaxNumberOfPhasesInUse === 3
      ? { phases: entry.ChargingProfileEntryMaxNumberOfPhasesInUse }
      : {}),
  })),
})

/** Whether a profile stays below the schedule it belongs to, at the start of each of its entries and of each of the schedule's. */
export const fitsSchedule = ({ entries }: ChargingProfile, { power }: ScheduleOffer): boolean => {
  const steps = [...entries].sort((a, b) => a.start - b.start)
  const drawnAt = (moment: number) => steps.findLast(({ start }) => start <= moment)?.power ?? 0
  const allowedAt = (moment: number) =>
    power.findLast(({ start, duration }) => start <= moment && (duration === undefined || moment < start + duration))?.maxPower ?? 0
  return [...steps, ...power].every(({ start }) => drawnAt(start) <= allowedAt(start))
}
