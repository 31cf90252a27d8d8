import { DAY, type EpochMs, epochMs, instantOf, isoOf } from '@voltway/units'

/** No station that speaks OCPP 1.6 or later is older; a clock that says so was never set. */
const EARLIEST = 1_420_070_400_000 // 2015-01-01T00:00:00Z
/** Stands for a time that cannot be read where the schema asks for one; `stationTime` does not accept it. */
export const NO_CLOCK = '1970-01-01T00:00:00Z'

/** Properties that say when something happened; other times, such as the ends of a schedule, may lie anywhere. */
export const EVENT_TIMES: ReadonlySet<string> = new Set(['timestamp', 'generatedAt'])

export type TimestampFlaw = 'timestampWithoutZone' | 'timestampForm'

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/
const LOOSE =
  /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})[Tt\s]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d+))?)?\s*(?:(Z|UTC|GMT)|([+-])(\d{1,2})(?::?(\d{2}))?)?$/i
const EPOCH_SECONDS = /^\d{10}$/
const EPOCH_MILLISECONDS = /^\d{13}$/

/**
 * A station's way of writing a time as RFC 3339: without zone (read as UTC), with a short offset, a space instead
 * of T, a comma before the fraction, or as seconds or milliseconds since 1970. Undefined when it is no time at all.
 */
export function readTimestamp(
  written: string | number,
): { readonly text: string; readonly at: EpochMs; readonly flaw?: TimestampFlaw } | undefined {
  const text = String(written).trim()
  if (text === written && RFC_3339.test(text)) {
    const at = instantOf(text)
    return at === undefined ? undefined : { text, at }
  }
  const at = EPOCH_SECONDS.test(text) ? epochMs(Number(text) * 1000) : EPOCH_MILLISECONDS.test(text) ? epochMs(Number(text)) : undefined
  return at === undefined ? readLoose(text) : { text: isoOf(at), at, flaw: 'timestampForm' }
}

function readLoose(text: string) {
  const [, year, month, day, hour, minute, second = '00', fraction = '0', utc, sign, zoneHour, zoneMinute = '00'] = LOOSE.exec(text) ?? []
  if (year === undefined) return undefined
  const two = (digits = '') => digits.padStart(2, '0')
  const zone = sign === undefined ? 'Z' : `${sign}${two(zoneHour)}:${zoneMinute}`
  const at = instantOf(`${year}-${two(month)}-${two(day)}T${two(hour)}:${minute}:${second}.${fraction.slice(0, 9)}${zone}`)
  const flaw: TimestampFlaw = utc === undefined && sign === undefined ? 'timestampWithoutZone' : 'timestampForm'
  return at === undefined ? undefined : { text: isoOf(at), at, flaw }
}

/** Whether a station's clock can be believed: not before 2015, nor more than a day ahead of ours. */
export const isPlausible = (at: EpochMs, now: EpochMs) => at >= EARLIEST && at <= now + DAY

/** A station's time where it can be read and believed; the caller falls back on the time of receipt. */
export function stationTime(text: string | undefined, now: EpochMs): EpochMs | undefined {
  const read = text === undefined ? undefined : readTimestamp(text)
  return read && isPlausible(read.at, now) ? read.at : undefined
}
