export interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly format?: string
  readonly maxLength?: number
  readonly items?: Schema
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly $ref?: string
  readonly definitions?: Readonly<Record<string, Schema>>
}
type Payload = Readonly<Record<string, unknown>>

const followed = (schema: Schema, root: Schema): Schema =>
  schema.$ref === undefined ? schema : (root.definitions?.[schema.$ref.split('/').at(-1) ?? ''] ?? {})

/** The least value that a schema calls valid. */
export const leastValue = (given: Schema, root: Schema = given): unknown => {
  const schema = followed(given, root)
  if (schema.enum) return schema.enum[0]
  switch (schema.type) {
    case 'array':
      return [leastValue(schema.items ?? {}, root)]
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    case 'string':
      return schema.format === 'date-time' ? new Date().toISOString() : 'x'
    default:
      return Object.fromEntries((schema.required ?? []).map((name) => [name, leastValue(schema.properties?.[name] ?? {}, root)]))
  }
}

const WRONG: readonly unknown[] = [
  null,
  '',
  'text',
  -1,
  1.5,
  2 ** 31,
  2 ** 40,
  2 ** 53 + 2,
  1e300,
  true,
  [],
  {},
  [null],
  [[]],
  { a: { b: [] } },
  '\0',
  '\ud800',
  'x'.repeat(20_000),
]

/** What is no payload of anything. */
export const NONE: readonly unknown[] = [{}, [], null, 'text', 7]

/** A valid payload spoiled in one place each: empty, missing, wrong and over-long fields, and one that is too many. */
export const spoiledPayloads = (schema: Schema): readonly unknown[] => {
  const good = leastValue(schema) as Payload
  const names = Object.keys(schema.properties ?? {})
  return [
    ...NONE,
    { ...good, nobodyKnows: 'this' },
    ...names.flatMap((name) => [
      Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)),
      ...WRONG.map((value) => ({ ...good, [name]: value })),
    ]),
  ]
}
