import { Text } from '@mantine/core'
import type { OcppSchema } from '../../../command-types.ts'
import { t } from '../../../text.ts'
import { shownProperties, withProperty } from './initial-value.ts'
import { SchemaField } from './schema-field.tsx'

export interface SchemaFormProps {
  readonly schema: OcppSchema
  readonly value: Readonly<Record<string, unknown>>
  readonly onChange: (value: Readonly<Record<string, unknown>>) => void
}

/** A form made from the message schema of an action: nothing is written by hand per action. */
export const SchemaForm = ({ schema, value, onChange }: SchemaFormProps) => {
  const properties = shownProperties(schema)
  if (properties.length === 0) return <Text size="sm">{t('form.nothing')}</Text>
  return (
    <div className="c-schema">
      {properties.map(({ name, schema: property, required }) => (
        <SchemaField
          key={name}
          name={name}
          schema={property}
          required={required}
          value={value[name]}
          onChange={(next) => onChange(withProperty(value, name, next))}
        />
      ))}
    </div>
  )
}
