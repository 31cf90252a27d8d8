import type { JsonSchema } from '../compiled-schemas.ts'

type Random = () => number
type Json = Readonly<Record<string, unknown>>

const LETTERS = 'abcXYZ019-_'
const pick = <T>(items: readonly T[], random: Random): T | undefined => items[Math.floor(random() * items.length)]
const text = (length: number, random: Random) => Array.from({ length }, () => pick([...LETTERS], random)).join('')

/** A payload that is valid by a schema without references, with about half of its optional properties. */
export function samplePayload(schema: JsonSchema, random: Random): unknown {
  const { type, items = {}, minItems = 0, maxItems = minItems + 2 } = schema
  switch (type) {
    case 'object':
      return sampleObject(schema, random)
    case 'array':
      return Array.from({ length: Math.min(maxItems, minItems + Math.floor(random() * 2)) }, () => samplePayload(items, random))
    case 'string':
      return sampleText(schema, random)
    case 'integer':
    case 'number':
      return sampleNumber(schema, random)
    case 'boolean':
      return random() < 0.5
    default:
      return text(5, random)
  }
}

const sampleObject = ({ properties = {}, required = [] }: JsonSchema, random: Random) =>
  Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => required.includes(name) || random() < 0.5)
      .map(([name, property]) => [name, samplePayload(property, random)]),
  )

function sampleText({ enum: values, format, maxLength = 30 }: JsonSchema, random: Random): string {
  if (values) return pick(values, random) ?? ''
  if (format === 'date-time') return pick(['2026-01-01T00:00:00Z', '2025-06-30T23:59:59.999+02:00'], random) ?? ''
  if (format === 'uri') return 'https://example.org/a'
  return text(Math.floor(random() * (Math.min(maxLength, 30) + 1)), random)
}

function sampleNumber({ type, minimum = 0, maximum = 1_000_000, multipleOf }: JsonSchema, random: Random): number {
  const value = minimum + random() * (Math.min(maximum, 1_000_000) - minimum)
  return type === 'integer' || multipleOf !== undefined ? Math.round(value) : value
}

const WRONG: readonly unknown[] = [{}, [], '', 'text', 5, 1.5, true, null, 'x'.repeat(20_000), Number.POSITIVE_INFINITY, -1]

/** A payload with one thing about it changed: left out, of another type, over-long or added. */
export function mutatePayload(payload: unknown, random: Random): unknown {
  if (Array.isArray(payload) && payload.length > 0 && random() < 0.8) {
    const at = Math.floor(random() * payload.length)
    return payload.map((item, index) => (index === at ? mutatePayload(item, random) : item))
  }
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return pick(WRONG, random)
  const names = Object.keys(payload)
  const name = pick(names, random)
  if (name === undefined || random() < 0.2) return { ...payload, [`extra${Math.floor(random() * 9)}`]: pick(WRONG, random) }
  const object: Json = { ...payload }
  if (random() < 0.2) return Object.fromEntries(Object.entries(object).filter(([key]) => key !== name))
  return { ...object, [name]: mutatePayload(object[name], random) }
}
