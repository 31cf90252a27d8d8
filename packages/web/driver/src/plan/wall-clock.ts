const DAY = 86_400_000

/** An instant at a place's wall clock; a time skipped by daylight saving is read an hour later. */
export const instantAt = (day: string, time: string, timeZone: string): string =>
  Temporal.PlainDateTime.from(`${day}T${time}`).toZonedDateTime(timeZone).toInstant().toString({ fractionalSecondDigits: 0 })

/** The day and time of an instant at a place, as inputs write them. */
export const wallOf = (instant: number, timeZone: string) => {
  const wall = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
  return { day: wall.toPlainDate().toString(), time: wall.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

/** When a place's clock next shows a time, after an instant. */
export const nextAt = (time: string, after: number, timeZone: string): string => {
  const same = instantAt(wallOf(after, timeZone).day, time, timeZone)
  return Date.parse(same) > after ? same : instantAt(wallOf(after + DAY, timeZone).day, time, timeZone)
}
