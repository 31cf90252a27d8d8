import { Button, Fieldset, NativeSelect, NumberInput, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import type { OcppSchema } from '../../../command-types.ts'
import { t } from '../../../text.ts'
import { initialValue, isObjectSchema, shownProperties, withProperty } from './initial-value.ts'

export interface SchemaFieldProps {
  readonly name: string
  readonly schema: OcppSchema
  readonly required: boolean
  readonly value: unknown
  readonly onChange: (value: unknown) => void
}

/** Descriptions begin with the model's URNs, which tell an operator nothing. */
const hintOf = ({ description = '' }: OcppSchema) => {
  const text = description
    .split(/\r?\n/)
    .filter((line) => !/urn:x-/.test(line))
    .join(' ')
    .trim()
  return text.length > 0 && text.length <= 180 ? text : undefined
}

const ObjectField = ({ name, schema, required, value, onChange }: SchemaFieldProps) => {
  if (value === undefined)
    return (
      <div className="c-schema-add">
        <Button size="xs" variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => onChange(initialValue(schema))}>
          {t('form.add', { name })}
        </Button>
      </div>
    )
  return (
    <Fieldset legend={name} className="c-schema-group">
      <div className="c-schema">
        {shownProperties(schema).map((property) => (
          <SchemaField
            key={property.name}
            {...property}
            value={typeof value === 'object' && value !== null ? Reflect.get(value, property.name) : undefined}
            onChange={(next) => onChange(withProperty(value, property.name, next))}
          />
        ))}
      </div>
      {!required && (
        <Button size="compact-xs" variant="subtle" mt="sm" onClick={() => onChange(undefined)}>
          {t('form.remove', { name })}
        </Button>
      )}
    </Fieldset>
  )
}

const ArrayField = ({ name, schema, required, value, onChange }: SchemaFieldProps) => {
  const items: readonly unknown[] = Array.isArray(value) ? value : []
  const { items: itemSchema = {}, minItems = 0, maxItems = Infinity } = schema
  const put = (next: readonly unknown[]) => onChange(next.length === 0 && !required ? undefined : next)
  return (
    <Fieldset legend={name} className="c-schema-group">
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name but their place
        <div key={index} className="c-schema-item">
          <SchemaField
            name={`${name}[${index}]`}
            schema={itemSchema}
            required
            value={item ?? undefined}
            onChange={(next) => put(items.map((old, at) => (at === index ? (next ?? null) : old)))}
          />
          {items.length > minItems && (
            <Button
              size="compact-xs"
              variant="subtle"
              aria-label={t('form.removeItem', { index: index + 1 })}
              onClick={() => put(items.filter((_, at) => at !== index))}
            >
              {t('do.remove')}
            </Button>
          )}
        </div>
      ))}
      {items.length < maxItems && (
        <Button
          size="xs"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => put([...items, initialValue(itemSchema) ?? null])}
        >
          {t('form.addItem')}
        </Button>
      )}
    </Fieldset>
  )
}

const ChoiceField = ({ name, schema, required, value, onChange }: SchemaFieldProps) => {
  const isFlag = schema.type === 'boolean'
  const options = isFlag
    ? [
        { value: 'true', label: 'true' },
        { value: 'false', label: 'false' },
      ]
    : (schema.enum ?? []).map((word) => ({ value: word, label: word }))
  return (
    <NativeSelect
      label={name}
      description={hintOf(schema)}
      required={required}
      value={value === undefined ? '' : String(value)}
      onChange={({ currentTarget: { value: next } }) => onChange(next === '' ? undefined : isFlag ? next === 'true' : next)}
      data={[{ value: '', label: required ? '' : t('form.unset') }, ...options]}
    />
  )
}

const TextField = ({ name, schema, required, value, onChange }: SchemaFieldProps) => {
  const isTime = schema.format === 'date-time'
  return (
    <TextInput
      label={name}
      description={hintOf(schema)}
      required={required}
      {...(schema.maxLength !== undefined && { maxLength: schema.maxLength })}
      {...(isTime && { placeholder: '2026-01-31T12:00:00Z' })}
      value={typeof value === 'string' ? value : ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
      rightSectionWidth={isTime ? 56 : undefined}
      rightSection={
        isTime && (
          <Button size="compact-xs" variant="subtle" onClick={() => onChange(Temporal.Now.instant().toString({ smallestUnit: 'second' }))}>
            {t('form.now')}
          </Button>
        )
      }
    />
  )
}

/** One property of a payload, by what its schema says it is. */
export const SchemaField = (props: SchemaFieldProps) => {
  const { name, schema, required, value, onChange } = props
  if (schema.enum || schema.type === 'boolean') return <ChoiceField {...props} />
  if (isObjectSchema(schema)) return <ObjectField {...props} />
  if (schema.type === 'array') return <ArrayField {...props} />
  if (schema.type === 'integer' || schema.type === 'number')
    return (
      <NumberInput
        label={name}
        description={hintOf(schema)}
        required={required}
        allowDecimal={schema.type === 'number'}
        hideControls
        value={typeof value === 'number' ? value : ''}
        onChange={(next) => onChange(next === '' || next === '-' ? undefined : Number(next))}
      />
    )
  return <TextField {...props} />
}
