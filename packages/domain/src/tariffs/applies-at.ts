import { DAY, type EpochMs, MINUTE } from '@voltway/units'
import type { TariffRestriction, Weekday } from './tariff.ts'
import { zoneSpanAt } from './zone-spans.ts'

/** Where an instant stands on the wall clock of a zone: days since 1970-01-01 there, and milliseconds into the day. */
export interface WallMoment {
  readonly day: number
  readonly timeMs: number
}

export const wallMomentOf = (at: EpochMs, offsetMs: number): WallMoment => {
  const local = at + offsetMs
  const day = Math.floor(local / DAY)
  return { day, timeMs: local - day * DAY }
}

// 1970-01-01 was a Thursday.
const WEEKDAYS: readonly Weekday[] = ['THURSDAY', 'FRIDAY', 'SATURDAY', 'SUNDAY', 'MONDAY', 'TUESDAY', 'WEDNESDAY']
const weekdayOf = (day: number) => WEEKDAYS[((day % 7) + 7) % 7]!

const monthDays = new Map<number, string>()
const monthDayOf = (day: number): string => {
  const known = monthDays.get(day)
  if (known !== undefined) return known
  const text = Temporal.PlainDate.from('1970-01-01').add({ days: day }).toString().slice(-5)
  if (monthDays.size > 4_000) monthDays.clear()
  monthDays.set(day, text)
  return text
}

/** 'HH:MM' as milliseconds into the day. */
export const timeOfDay = (text: string) => (Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))) * MINUTE

const onDay = (restriction: TariffRestriction, day: number): boolean => {
  if (restriction.weekdays && !restriction.weekdays.includes(weekdayOf(day))) return false
  const { seasonStart, seasonEnd } = restriction
  if (seasonStart === undefined && seasonEnd === undefined) return true
  const date = monthDayOf(day)
  const [first, last] = [seasonStart ?? '01-01', seasonEnd ?? '12-31']
  return first <= last ? first <= date && date <= last : first <= date || date <= last
}

/** Whether a restriction holds at a moment of the wall clock. A window over midnight belongs to the day on which it starts. */
export const appliesAtMoment = (restriction: TariffRestriction | undefined, { day, timeMs }: WallMoment): boolean => {
  if (!restriction) return true
  const start = restriction.startTime === undefined ? 0 : timeOfDay(restriction.startTime)
  const end = restriction.endTime === undefined ? DAY : timeOfDay(restriction.endTime)
  if (start < end) return start <= timeMs && timeMs < end && onDay(restriction, day)
  return (timeMs >= start && onDay(restriction, day)) || (timeMs < end && onDay(restriction, day - 1))
}

/** Whether a restriction holds at an instant, on the wall clock of the site's zone. */
export const appliesAt = (restriction: TariffRestriction | undefined, timeZone: string, at: EpochMs): boolean =>
  !restriction || appliesAtMoment(restriction, wallMomentOf(at, zoneSpanAt(timeZone, at).offsetMs))
