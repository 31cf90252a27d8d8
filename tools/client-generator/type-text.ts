import type { Schema } from './open-api.ts'

const NAMES: Readonly<Record<string, string>> = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean', null: 'null' }
const keyText = (key: string) => (/^[A-Za-z_$][\w$]*$/.test(key) ? key : JSON.stringify(key))
const bracketed = (text: string) => (text.includes(' | ') || text.includes(' & ') ? `(${text})` : text)

const objectText = ({ properties = {}, required = [], patternProperties = {}, additionalProperties }: Schema): string => {
  const fields = Object.entries(properties).map(
    ([key, schema]) => `readonly ${keyText(key)}${required.includes(key) ? '' : '?'}: ${typeText(schema)}`,
  )
  if (fields.length > 0) return `{ ${fields.join('; ')} }`
  const values = Object.values(patternProperties)[0] ?? (typeof additionalProperties === 'object' ? additionalProperties : undefined)
  if (values) return `Readonly<Record<string, ${typeText(values)}>>`
  return additionalProperties === true ? 'JsonObject' : 'Readonly<Record<string, never>>'
}

/** A JSON schema as a TypeScript type. */
export const typeText = (schema: Schema): string => {
  if (schema.$ref !== undefined) return schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' | ')
  if (schema.anyOf) return schema.anyOf.map(typeText).join(' | ')
  if (Array.isArray(schema.type)) return schema.type.map((type: string) => NAMES[type] ?? 'unknown').join(' | ')
  if (schema.type === 'array') return `readonly ${bracketed(typeText(schema.items ?? {}))}[]`
  if (schema.type === 'object' || schema.properties) return objectText(schema)
  return typeof schema.type === 'string' ? (NAMES[schema.type] ?? 'unknown') : 'unknown'
}
