import type { JsonSchema } from './compiled-schemas.ts'

export interface ObjectShape {
  readonly kind: 'object'
  readonly properties: ReadonlyMap<string, { readonly shape: Shape; readonly required: boolean }>
  /** No properties but these are allowed. */
  readonly closed: boolean
}
export interface ArrayShape {
  readonly kind: 'array'
  readonly items: Shape
  readonly minItems: number
}
export interface StringShape {
  readonly kind: 'string'
  readonly maxLength: number
  readonly isTime: boolean
  /** Lower-case form -> the allowed value. */
  readonly values: ReadonlyMap<string, string> | undefined
}
export interface PlainShape {
  readonly kind: 'number' | 'integer' | 'boolean' | 'any'
}

/** A JSON Schema made quick to walk: references followed, properties in a map. */
export type Shape = ObjectShape | ArrayShape | StringShape | PlainShape

/** A builder of shapes that shares those of the definitions. OCPP's definitions are not recursive. */
export function shapesOf(definitions: Readonly<Record<string, JsonSchema>>): (schema: JsonSchema) => Shape {
  const known = new Map<string, Shape>()
  const build = (schema: JsonSchema): Shape => {
    const { $ref: reference, type = 'any', properties = {}, items = {}, minItems = 0 } = schema
    if (reference !== undefined) return referred(reference)
    if (type === 'string') return stringShape(schema)
    if (type === 'array') return { kind: 'array', items: build(items), minItems }
    if (type !== 'object') return { kind: type }
    const { required = [], additionalProperties = true } = schema
    const entries = Object.entries(properties).map(
      ([name, property]) => [name, { shape: build(property), required: required.includes(name) }] as const,
    )
    return { kind: 'object', properties: new Map(entries), closed: !additionalProperties }
  }
  const referred = (reference: string): Shape => {
    const shape = known.get(reference) ?? build(definitions[reference.slice('#/definitions/'.length)] ?? {})
    known.set(reference, shape)
    return shape
  }
  return build
}

const stringShape = ({ maxLength = Number.POSITIVE_INFINITY, format, enum: values }: JsonSchema): StringShape => ({
  kind: 'string',
  maxLength,
  isTime: format === 'date-time',
  values: values && new Map(values.map((value) => [value.toLowerCase(), value])),
})
