import { CommandFailure } from '../command-failure.ts'
import { EXIT } from '../exit-codes.ts'
import { isObject, type Json } from '../json.ts'
import type { CommandContext, Verb } from '../verb.ts'
import { type Convert, type Converted, SCHEMA_NAMES } from './convert.ts'
import { linesOf, standardInput } from './read-input.ts'

/** What the two directions differ in. */
export interface Direction {
  readonly verb: 'decode' | 'encode'
  readonly summary: string
  readonly message: string
  readonly from: 'exi_hex' | 'xml'
  readonly to: 'exi_hex' | 'xml'
  readonly convert: Convert
  readonly examples: readonly string[]
}

const parsed = (line: string): Json => {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** One line of a stream to one line of the answer. */
const answerTo = (line: string, { convert, from, to }: Direction, values: CommandContext['values']): string => {
  const request = parsed(line)
  if (!isObject(request)) return JSON.stringify({ id: null, error: 'line', message: 'not a JSON object' })
  const { id = null, schema = values.schema ?? '', fragment = values.fragment === true, [from]: input } = request
  if (typeof input !== 'string') return JSON.stringify({ id, error: 'line', message: `${from} is missing` })
  const converted = convert({ schema: String(schema), fragment: fragment === true, input, strict: values.strict === true })
  if (converted.ok) return JSON.stringify({ id, [to]: converted.text, deviations: converted.deviations })
  const { ok: _, ...failure } = converted
  return JSON.stringify({ id, ...failure })
}

const convertStream = async (direction: Direction, { values, positionals, out }: CommandContext) => {
  try {
    for await (const line of linesOf(positionals[0])) out(answerTo(line, direction, values))
  } catch (error) {
    throw new CommandFailure(`${positionals[0] ?? 'standard input'} cannot be read: ${error instanceof Error ? error.message : error}`)
  }
}

const failureOf = (converted: Extract<Converted, { ok: false }>): CommandFailure => {
  const { error, message, bitOffset, path } = converted
  const place = path === undefined ? '' : ` (bit ${bitOffset}, ${path})`
  return new CommandFailure(`${error}: ${message}${place}`, undefined, error === 'schema' || error === 'hex' ? EXIT.usage : EXIT.failed)
}

const convertOne = async ({ convert, to }: Direction, { values, positionals, out, note }: CommandContext) => {
  if (typeof values.schema !== 'string') throw new CommandFailure('--schema is missing.', `name one of ${SCHEMA_NAMES}.`, EXIT.usage)
  const input = positionals[0] ?? (await standardInput())
  const converted = convert({ schema: values.schema, fragment: values.fragment === true, input, strict: values.strict === true })
  if (!converted.ok) throw failureOf(converted)
  const { text, deviations } = converted
  out(values.json === true ? JSON.stringify({ [to]: text, deviations }) : text)
  if (values.json !== true) for (const { path, message } of deviations ?? []) note(`${path}: ${message}`)
}

/** The verb of one direction. */
export const exiVerb = (direction: Direction): Verb => ({
  noun: 'exi',
  verb: direction.verb,
  summary: direction.summary,
  positionals: [{ name: 'message', summary: `${direction.message}, or with --jsonl a file; standard input when left out`, optional: true }],
  options: {
    schema: { type: 'string', value: 'name', summary: `one of ${SCHEMA_NAMES}` },
    fragment: { type: 'boolean', summary: 'one element with the fragment grammar: what signatures are computed over' },
    strict: {
      type: 'boolean',
      summary: 'refuse texts and binary values of a length that the schema does not allow, instead of telling of them',
    },
    jsonl: {
      type: 'boolean',
      summary: `a stream of {id, schema, ${direction.from}, fragment?}, answered by {id, ${direction.to}} or {id, error, message}, a line each`,
    },
  },
  examples: direction.examples,
  run: async (context) => {
    await (context.values.jsonl === true ? convertStream : convertOne)(direction, context)
    return EXIT.done
  },
})
