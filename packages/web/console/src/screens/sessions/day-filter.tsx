import { TextInput } from '@mantine/core'

export interface DayFilterProps {
  readonly label: string
  /** The instant that the day begins with, or ends with, in the browser's zone. */
  readonly value: string | undefined
  readonly onChange: (instant: string | undefined) => void
  /** The end of the day instead of its beginning. */
  readonly last?: boolean
}

const zone = () => Temporal.Now.timeZoneId()
const dayOf = (instant: string | undefined, last: boolean) => {
  if (!instant) return ''
  const at = Temporal.Instant.from(instant).toZonedDateTimeISO(zone())
  return (last ? at.subtract({ milliseconds: 1 }) : at).toPlainDate().toString()
}

/** One day, as the browser lets one choose it. */
export const DayFilter = ({ label, value, onChange, last = false }: DayFilterProps) => (
  <TextInput
    type="date"
    size="xs"
    w={138}
    aria-label={label}
    title={label}
    value={dayOf(value, last)}
    onChange={({ currentTarget: { value: day } }) => {
      if (day === '') return onChange(undefined)
      const date = Temporal.PlainDate.from(day)
      onChange((last ? date.add({ days: 1 }) : date).toZonedDateTime(zone()).toInstant().toString())
    }}
  />
)
