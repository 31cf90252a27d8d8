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

/** Reads an RFC 3339 instant, which must carry its offset; undefined when it is none. */
export const instantOf = (text: string): EpochMs | undefined => {
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
