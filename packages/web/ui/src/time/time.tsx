import { formatAge, formatDateTime, formatExact, formatTime } from '../format.ts'

export interface TimeProps {
  /** ISO 8601. */
  readonly at: string
  readonly timeZone?: string | undefined
  /** Only the time of day, where the day is clear from the place. */
  readonly short?: boolean
}

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone

/** An instant in the place's zone; hovering gives all of it. */
export const Time = ({ at, timeZone = here(), short = false }: TimeProps) => (
  <time dateTime={at} title={formatExact(at, timeZone)} style={{ whiteSpace: 'nowrap', fontVariantNumeric: 'tabular-nums' }}>
    {short ? formatTime(at, timeZone) : formatDateTime(at, timeZone)}
  </time>
)

/** How long ago something was heard; hovering gives the instant. */
export const Age = ({ at, now, timeZone }: { readonly at: string; readonly now: number; readonly timeZone?: string | undefined }) => (
  <time dateTime={at} title={formatExact(at, timeZone)} style={{ whiteSpace: 'nowrap' }}>
    {formatAge(at, now)}
  </time>
)
