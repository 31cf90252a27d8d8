import { fail, ok, type Result } from '@voltway/units'
import type { Action, Direction } from './action.ts'
import type { CompiledSchemas, JsonSchema, Validator } from './compiled-schemas.ts'
import { type Shape, shapesOf } from './shape.ts'
import type { OcppVersion } from './version.ts'

export type MessageKind = 'request' | 'response'

export interface Message {
  readonly schema: JsonSchema
  readonly validator: Validator
  /** Built at first use. */
  readonly shape: () => Shape
}

/** What a version forgives in its own way; the rest of the leniency follows from the schemas. */
export interface Leniency {
  /** Required integers whose -1 means "unknown". */
  readonly unknownAsMinusOne: ReadonlySet<string>
  /** Integers that stations send with decimals although the fraction says nothing. */
  readonly rounded: ReadonlySet<string>
  readonly isReadableSample: (sample: Readonly<Record<string, unknown>>) => boolean
}

/** One version of OCPP: everything that shared code may ask it. */
export interface Protocol {
  readonly version: OcppVersion
  /** Every action of the version's schemas, built here or not. */
  readonly messages: ReadonlyMap<string, Readonly<Record<MessageKind, Message>>>
  /** The actions that are built. */
  readonly actions: ReadonlyMap<string, Action>
  readonly definitions: CompiledSchemas['definitions']
  readonly leniency: Leniency
}

interface ProtocolParts {
  readonly version: OcppVersion
  readonly schemas: CompiledSchemas
  readonly actions: readonly Action[]
  readonly leniency: Leniency
}

/** @throws Error when an action has no schema, which only a wrong registry can bring about */
export function protocol({ version, schemas, actions, leniency }: ProtocolParts): Protocol {
  const { messages, validators, definitions } = schemas
  const build = shapesOf(definitions)
  const messageOf = (name: string): Message => {
    const [schema, validator] = [messages[name], validators[name]]
    if (!schema || !validator) throw new Error(`${version} has no schema ${name}`)
    let shape: Shape | undefined
    return { schema, validator, shape: () => (shape ??= build(schema)) }
  }
  const pairOf = (name: string) => [name, { request: messageOf(`${name}Request`), response: messageOf(`${name}Response`) }] as const
  const names = Object.keys(messages).flatMap((name) => (name.endsWith('Request') ? [name.slice(0, -'Request'.length)] : []))
  for (const { name } of actions) if (!names.includes(name)) throw new Error(`${version} has no action ${name}`)
  return { version, definitions, leniency, messages: new Map(names.map(pairOf)), actions: new Map(actions.map((one) => [one.name, one])) }
}

/** The built action that a side may call, or the code of the CALLERROR that says why not. */
export function callableAction(of: Protocol, name: string, from: Direction): Result<Action, 'NotImplemented' | 'NotSupported'> {
  if (!of.messages.has(name)) return fail('NotImplemented')
  const found = of.actions.get(name)
  return found && (found.direction === from || found.direction === 'both') ? ok(found) : fail('NotSupported')
}
