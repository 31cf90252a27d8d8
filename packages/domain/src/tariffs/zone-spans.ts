import { type EpochMs, epochMs } from '@voltway/units'

/** A stretch of [from, to) in which a zone keeps one offset: local time = UTC + offsetMs. */
export interface ZoneSpan {
  readonly from: EpochMs
  readonly to: EpochMs
  readonly offsetMs: number
}

const FOREVER = epochMs(8.64e15)
const known = new Map<string, readonly ZoneSpan[]>()

const spanAround = (timeZone: string, at: EpochMs): ZoneSpan => {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone)
  const next = local.getTimeZoneTransition('next')
  // 'previous' is strictly before, so a transition at this very millisecond is asked for one later.
  const previous = local.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
  return {
    from: epochMs(previous?.epochMilliseconds ?? -FOREVER),
    to: epochMs(next?.epochMilliseconds ?? FOREVER),
    offsetMs: local.offsetNanoseconds / 1e6,
  }
}

/** The zone's offset at an instant. Zone rules do not change while a program runs, so each stretch is looked up once. */
export const zoneSpanAt = (timeZone: string, at: EpochMs): ZoneSpan => {
  const spans = known.get(timeZone) ?? []
  const found = spans.find((span) => span.from <= at && at < span.to)
  if (found) return found
  const span = spanAround(timeZone, at)
  known.set(timeZone, [...spans, span])
  return span
}

/** The stretches of constant offset that cover [from, to), in order, not cut at its ends. */
export const zoneSpans = (timeZone: string, from: EpochMs, to: EpochMs): readonly ZoneSpan[] => {
  const spans: ZoneSpan[] = []
  for (let at = from; at < to; at = spans[spans.length - 1]!.to) spans.push(zoneSpanAt(timeZone, at))
  return spans
}
