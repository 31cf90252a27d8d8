import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import type { FastifySchemaCompiler } from 'fastify'
import type { FieldError } from './problems.ts'
import { NAMED } from './schemas/ref.ts'

type JsonSchema = { readonly [key: string]: unknown }
const isSchema = (value: unknown): value is JsonSchema => typeof value === 'object' && value !== null && !Array.isArray(value)

/** Refuses what a schema does not name, at every level: a `role` that slips into a body is an error, not ignored. */
export const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed)
  if (!isSchema(schema)) return schema
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]))
  return isSchema(inner.properties) && inner.additionalProperties === undefined ? { ...inner, additionalProperties: false } : inner
}

const compiler = (coerceTypes: boolean | 'array') => {
  let ajv: Ajv | undefined
  return () => {
    if (ajv) return ajv
    ajv = new Ajv({ coerceTypes, useDefaults: true, removeAdditional: false, allErrors: false, strict: false })
    addFormats.default(ajv)
    for (const schema of NAMED) ajv.addSchema(closed(schema) as JsonSchema)
    return ajv
  }
}
/** Text from an address becomes what it should be; JSON is taken as it is. */
const forText = compiler('array')
const forJson = compiler(false)

/** Compiles at a schema's first use, so that the server starts at once. */
export const validatorCompiler: FastifySchemaCompiler<unknown> = ({ schema, httpPart }) => {
  let validate: ValidateFunction | undefined
  return (data: unknown) => {
    validate ??= (httpPart === 'body' ? forJson() : forText()).compile(closed(schema) as JsonSchema)
    return validate(data) ? { value: data } : { error: (validate.errors ?? []).map((error) => ({ ...error })) as never }
  }
}

interface SchemaError {
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

const PARTS: Readonly<Record<string, string>> = { body: 'body', querystring: 'query', params: 'params', headers: 'headers' }

/** What is wrong and where, as `body.evses.0.maxPowerW`. */
export const fieldErrors = (part: string, errors: readonly SchemaError[]): readonly FieldError[] =>
  errors.map(({ instancePath, keyword, params, message }) => {
    const named =
      keyword === 'required' ? params.missingProperty : keyword === 'additionalProperties' ? params.additionalProperty : undefined
    const path = [PARTS[part] ?? part, ...instancePath.split('/').slice(1), ...(typeof named === 'string' ? [named] : [])].join('.')
    if (keyword === 'required') return { path, message: 'is missing' }
    if (keyword === 'additionalProperties') return { path, message: 'is not known here' }
    if (keyword === 'enum' && Array.isArray(params.allowedValues))
      return { path, message: `must be one of ${params.allowedValues.join(', ')}` }
    return { path, message: message ?? 'is not valid' }
  })
