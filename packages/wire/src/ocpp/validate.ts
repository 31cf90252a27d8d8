import { fail, ok, type Result } from '@voltway/units'
import type { SchemaError } from './compiled-schemas.ts'
import type { ErrorCode } from './error-code.ts'
import type { MessageKind, Protocol } from './protocol.ts'

export interface Issue {
  /** A JSON pointer into the payload; a missing or superfluous property is named itself. */
  readonly path: string
  /** The JSON Schema keyword that was not met. */
  readonly keyword: string
  readonly message: string
}

export interface ValidationFailure {
  /** What a CALLERROR says. */
  readonly code: ErrorCode
  /** One line for the CALLERROR's description. */
  readonly description: string
  /** The first 20. */
  readonly issues: readonly Issue[]
}

/** A payload to look at, by the name of its action. */
export interface Payload {
  readonly kind: MessageKind
  readonly action: string
  readonly payload: unknown
}

const MAX_ISSUES = 20
const CODES: ReadonlyMap<string, ErrorCode> = new Map([
  ['required', 'OccurrenceConstraintViolation'],
  ['minItems', 'OccurrenceConstraintViolation'],
  ['maxItems', 'OccurrenceConstraintViolation'],
  ['type', 'TypeConstraintViolation'],
  ['additionalProperties', 'FormatViolation'],
  ['additionalItems', 'FormatViolation'],
])

/** Checks a payload against the schema of its version; `forgive` may overlook single errors. */
export function validate(
  protocol: Protocol,
  { kind, action, payload }: Payload,
  { forgive = never }: Forgiving = {},
): Result<object, ValidationFailure> {
  const message = protocol.messages.get(action)?.[kind]
  if (!message) return fail({ code: 'NotImplemented', description: `${protocol.version} has no action ${action.slice(0, 64)}`, issues: [] })
  if (message.validator(payload) && isObject(payload)) return ok(payload)
  const errors = (message.validator.errors ?? []).filter((error) => !forgive(error, payload))
  return errors.length === 0 && isObject(payload) ? ok(payload) : fail(failureOf(errors))
}

interface Forgiving {
  readonly forgive?: (error: SchemaError, payload: unknown) => boolean
}
const never = () => false

function failureOf(errors: readonly SchemaError[]): ValidationFailure {
  const issues = errors.slice(0, MAX_ISSUES).map(issueOf)
  const [first] = issues
  if (!first) return { code: 'FormatViolation', description: 'the payload is not an object', issues }
  const malformed = first.path === '' && first.keyword === 'type'
  return {
    code: malformed ? 'FormatViolation' : (CODES.get(first.keyword) ?? 'PropertyConstraintViolation'),
    description: `${first.path || 'the payload'} ${first.message}`,
    issues,
  }
}

function issueOf({ instancePath, keyword, params, message = 'is not valid' }: SchemaError): Issue {
  const { missingProperty: missing, additionalProperty: additional, allowedValues } = params
  if (typeof missing === 'string') return { path: `${instancePath}/${missing}`, keyword, message: 'is missing' }
  if (typeof additional === 'string') return { path: `${instancePath}/${pointer(additional)}`, keyword, message: 'is not known here' }
  if (Array.isArray(allowedValues))
    return { path: instancePath, keyword, message: `must be one of ${allowedValues.slice(0, 12).join(', ')}` }
  return { path: instancePath, keyword, message }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null && !Array.isArray(value)

/** A stranger's key as a step of a JSON pointer (RFC 6901), cut to a length that can be shown. */
const pointer = (key: string) => key.slice(0, 64).replaceAll('~', '~0').replaceAll('/', '~1')
