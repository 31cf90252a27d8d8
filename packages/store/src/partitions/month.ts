import { type EpochMs, epochMs } from '@voltway/units'

/** A calendar month in UTC: from its first millisecond to that of the next. */
export interface Month {
  /** `2026_11` */
  readonly name: string
  readonly from: EpochMs
  readonly to: EpochMs
}

const startOf = (month: Temporal.PlainYearMonth) => epochMs(month.toPlainDate({ day: 1 }).toZonedDateTime('UTC').epochMilliseconds)

/** The month of an instant, moved by whole months. */
export const monthOf = (instant: EpochMs, offset = 0): Month => {
  const month = Temporal.Instant.fromEpochMilliseconds(instant)
    .toZonedDateTimeISO('UTC')
    .toPlainDate()
    .toPlainYearMonth()
    .add({ months: offset })
  return { name: month.toString().replace('-', '_'), from: startOf(month), to: startOf(month.add({ months: 1 })) }
}
