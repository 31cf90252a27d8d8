import { TextInput } from '@mantine/core'

export interface PriceFieldProps {
  readonly label: string
  readonly currency: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error: string | undefined
  readonly required?: boolean
}

/** A price as a decimal text with its currency; numbers are read without passing through a float. */
export const PriceField = ({ label, currency, value, onChange, error, required = false }: PriceFieldProps) => (
  <TextInput
    label={label}
    inputMode="decimal"
    required={required}
    value={value}
    rightSection={<span className="vw-unit c-sub">{currency}</span>}
    rightSectionWidth={44}
    onChange={({ currentTarget }) => onChange(currentTarget.value)}
    error={error}
  />
)
