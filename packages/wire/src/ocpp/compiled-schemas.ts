/** A JSON Schema (draft 6) as the OCA publishes them; only the keywords that OCPP uses. */
export interface JsonSchema {
  readonly $ref?: string
  readonly title?: string
  readonly description?: string
  readonly type?: 'object' | 'array' | 'string' | 'number' | 'integer' | 'boolean'
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean
  readonly items?: JsonSchema
  readonly additionalItems?: boolean
  readonly minItems?: number
  readonly maxItems?: number
  readonly enum?: readonly string[]
  readonly maxLength?: number
  readonly format?: string
  readonly minimum?: number
  readonly maximum?: number
  readonly multipleOf?: number
  readonly default?: string | number | boolean
}

export interface SchemaError {
  /** A JSON pointer into the payload. */
  readonly instancePath: string
  readonly keyword: string
  readonly params: Readonly<Record<string, unknown>>
  readonly message?: string
}

export interface Validator {
  (payload: unknown): boolean
  /** What the last call found: read it before the next call. */
  errors?: readonly SchemaError[] | null
}

/** What `tools/ocpp-validators` generates for one version; messages are named `BootNotificationRequest` and so on. */
export interface CompiledSchemas {
  readonly validators: Readonly<Record<string, Validator>>
  readonly messages: Readonly<Record<string, JsonSchema>>
  readonly definitions: Readonly<Record<string, JsonSchema>>
}
