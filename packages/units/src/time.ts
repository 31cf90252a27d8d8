import type { Milliseconds } from './quantity.ts'

declare const epoch: unique symbol

/** An instant as whole milliseconds since 1970-01-01T00:00Z: what SQL and hot paths carry. */
export type EpochMs = number & { readonly [epoch]: 'EpochMs' }
export const epochMs = (value: number) => Math.trunc(value) as EpochMs

export const SECOND = 1_000 as Milliseconds
export const MINUTE = 60_000 as Milliseconds
export const HOUR = 3_600_000 as Milliseconds
export const DAY = 86_400_000 as Milliseconds

export const after = (instant: EpochMs, duration: number) => epochMs(instant + duration)
export const between = (from: EpochMs, to: EpochMs) => (to - from) as Milliseconds

/** ISO 8601 in UTC with milliseconds, as every API of ours writes an instant. */
export const isoOf = (instant: EpochMs) => Temporal.Instant.fromEpochMilliseconds(instant).toString({ fractionalSecondDigits: 3 })

const UTC_FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/
const two = (text: string, at: number) => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528

/** Days from 1970-01-01 to a day of the proleptic Gregorian calendar; years begin in March, so that a leap day is the last. */
const daysTo = (year: number, month: number, day: number): number => {
  const [years, months] = month > 2 ? [year, month - 3] : [year - 1, month + 9]
  const leaps = Math.floor(years / 4) - Math.floor(years / 100) + Math.floor(years / 400)
  return years * 365 + leaps + Math.floor((153 * months + 2) / 5) + day - 719_469
}

/** The form in which nearly every station writes: by arithmetic on its digits, a tenth of what Temporal takes. */
const plainUtc = (text: string): EpochMs | undefined => {
  if (!UTC_FORM.test(text)) return undefined
  const [month, day, hour, minute, second] = [two(text, 5), two(text, 8), two(text, 11), two(text, 14), two(text, 17)]
  // Ends of months and leap seconds are left to Temporal.
  if (month < 1 || month > 12 || day < 1 || day > 28 || hour > 23 || minute > 59 || second > 59) return undefined
  const days = daysTo(two(text, 0) * 100 + two(text, 2), month, day)
  const thousandths = text.length === 24 ? two(text, 20) * 10 + text.charCodeAt(22) - 48 : 0
  return epochMs(((days * 24 + hour) * 60 + minute) * MINUTE + second * SECOND + thousandths)
}

/** Reads an RFC 3339 instant, which must carry its offset; undefined when it is none. */
export const instantOf = (text: string): EpochMs | undefined => {
  const plain = plainUtc(text)
  if (plain !== undefined) return plain
  try {
    return epochMs(Temporal.Instant.from(text).epochMilliseconds)
  } catch {
    return undefined
  }
}

/** The wall clock of an IANA zone at an instant. */
export const wallClock = (instant: EpochMs, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)

/** The only way the rooms learn the time or wait for it; a test or a replay injects its own. */
export interface Clock {
  readonly now: () => EpochMs
  /** Calls back once after a duration of this clock; the answer cancels it. */
  readonly after: (duration: Milliseconds, callback: () => void) => () => void
}
