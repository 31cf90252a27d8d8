import type { OcppSchema } from '../../../command-types.ts'

/** Extensions of vendors have no form of their own: they are written as JSON. */
const isShown = (name: string) => name !== 'customData'

/** The properties of an object schema that a form shows, those that must be there first. */
export const shownProperties = ({ properties = {}, required = [] }: OcppSchema) =>
  Object.entries(properties)
    .filter(([name]) => isShown(name))
    .map(([name, schema]) => ({ name, schema, required: required.includes(name) }))
    .sort((a, b) => Number(b.required) - Number(a.required))

export const isObjectSchema = ({ type, properties }: OcppSchema) => type === 'object' || properties !== undefined

/** What a form begins with: everything that must be there, empty where a person must say it. */
export const initialValue = (schema: OcppSchema): unknown => {
  if (isObjectSchema(schema)) {
    const entries = shownProperties(schema)
      .filter(({ required }) => required)
      .map(({ name, schema: property }) => [name, initialValue(property)] as const)
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined))
  }
  if (schema.type === 'array') return (schema.minItems ?? 0) > 0 && schema.items ? [initialValue(schema.items) ?? null] : []
  return schema.enum?.length === 1 ? schema.enum[0] : undefined
}

/** A copy of an object with one property set, or left out when the value is undefined. */
export const withProperty = (object: unknown, name: string, value: unknown): Readonly<Record<string, unknown>> => {
  const rest = typeof object === 'object' && object !== null ? { ...object } : {}
  if (value === undefined) return Object.fromEntries(Object.entries(rest).filter(([key]) => key !== name))
  return { ...rest, [name]: value }
}
