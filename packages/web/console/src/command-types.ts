export interface OcppAction {
  readonly action: string
  readonly direction: string
}
/** JSON Schema as far as the OCPP schemas use it. */
export interface OcppSchema {
  readonly type?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, OcppSchema>>
  readonly required?: readonly string[]
  readonly items?: OcppSchema
  readonly enum?: readonly string[]
  readonly format?: string
  readonly default?: unknown
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly maxLength?: number
}
