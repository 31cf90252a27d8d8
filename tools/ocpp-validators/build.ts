/**
 * Compiles the OCPP message schemas of the `typed-ocpp` package into validators for `packages/wire`.
 * The output embeds the schemas, which the OCA licenses as CC BY-ND 4.0, so it is generated and never committed.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Ajv } from 'ajv'
import standalone from 'ajv/dist/standalone/index.js'
import formats from 'ajv-formats'
import { buildSync } from 'esbuild'
import type { JsonSchema } from '../../packages/wire/src/ocpp/compiled-schemas.ts'

/** Generated file -> namespace of the dependency. OCPP 2.1 is one more line here: `['v21', 'OCPP21']`. */
const VERSIONS = [
  ['v16', 'OCPP16'],
  ['v201', 'OCPP20'],
] as const

const OUTPUT = new URL('../../packages/wire/src/ocpp/generated/', import.meta.url)
const DECLARATION = `import type { CompiledSchemas } from '../compiled-schemas.ts'
export declare const validators: CompiledSchemas['validators']
export declare const messages: CompiledSchemas['messages']
export declare const definitions: CompiledSchemas['definitions']
`

type Published = JsonSchema & { readonly definitions?: Readonly<Record<string, JsonSchema>> }
interface Schemas {
  readonly messages: Record<string, JsonSchema>
  readonly definitions: Record<string, JsonSchema>
}

/** One copy of each definition for the whole version: a copy per message would be thirteen times the code. */
function gather(published: Readonly<Record<string, Published>>): Schemas {
  const messages: Record<string, JsonSchema> = {}
  const definitions: Record<string, JsonSchema> = {}
  for (const [name, { definitions: own = {}, ...message }] of Object.entries(published)) {
    messages[name] = message
    for (const [key, definition] of Object.entries(own)) {
      const known = definitions[key]
      if (known && JSON.stringify(known) !== JSON.stringify(definition)) throw new Error(`two definitions of ${key}`)
      definitions[key] = definition
    }
  }
  return { messages, definitions }
}

/** The dependency allows 2048; OCPP 1.6 section 7.10 says 500 (CiString500Type), and this message goes out only. */
function tighten({ messages }: Schemas) {
  const { ChangeConfigurationRequest: message } = messages
  const value = message?.properties?.value
  if (value?.maxLength !== 2048 || !message?.properties) return
  messages.ChangeConfigurationRequest = { ...message, properties: { ...message.properties, value: { ...value, maxLength: 500 } } }
}

/** Integers that a JavaScript number cannot hold are refused, since they would be stored as other integers. */
const safeIntegers = (_: string, value: unknown) =>
  typeof value === 'object' && value !== null && 'type' in value && value.type === 'integer'
    ? { minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER, ...value }
    : value

function compile({ messages, definitions }: Schemas): string {
  const ajv = new Ajv({
    strict: false,
    strictNumbers: true,
    inlineRefs: false,
    allErrors: true,
    multipleOfPrecision: 6,
    code: { source: true, esm: true },
  })
  formats.default(ajv)
  const shared = Object.fromEntries(Object.entries(messages).map(([name, message]) => [`message:${name}`, message]))
  ajv.addSchema(JSON.parse(JSON.stringify({ $id: 'ocpp', definitions: { ...definitions, ...shared } }, safeIntegers)))
  const names = Object.keys(messages)
  const code = standalone.default(ajv, Object.fromEntries(names.map((name) => [name, `ocpp#/definitions/message:${name}`])))
  const literal = (value: object) => `JSON.parse(${JSON.stringify(JSON.stringify(value))})`
  return `${code}
export const validators = { ${names.join(', ')} }
export const messages = ${literal(messages)}
export const definitions = ${literal(definitions)}
`
}

/** Ajv's output asks for its helpers with `require`; they are put inside. */
function bundle(contents: string): string {
  const result = buildSync({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'js' },
    bundle: true,
    format: 'esm',
    target: 'esnext',
    minifyWhitespace: true,
    write: false,
    legalComments: 'none',
  })
  return result.outputFiles[0]!.text
}

/** Changes whenever the output would. */
function stampOf(): string {
  const require = createRequire(import.meta.url)
  const versions = ['ajv', 'ajv-formats', 'esbuild'].map((name) => require(`${name}/package.json`).version)
  const dependency = new URL('../../node_modules/typed-ocpp/package.json', import.meta.url)
  const parts = [readFileSync(import.meta.filename), readFileSync(dependency), ...versions]
  return parts
    .reduce((hash, part) => hash.update(part), createHash('sha256'))
    .digest('hex')
    .slice(0, 16)
}

const target = (name: string) => new URL(name, OUTPUT)

/** A reader never sees half a file. */
function write(name: string, text: string) {
  const temporary = target(`.${name}.${process.pid}`)
  writeFileSync(temporary, text)
  renameSync(temporary, target(name))
}

function isFresh(stamp: string): boolean {
  try {
    return VERSIONS.every(
      ([name]) => existsSync(target(`${name}.d.ts`)) && readFileSync(target(`${name}.js`), 'utf8').startsWith(`// ${stamp}\n`),
    )
  } catch {
    return false
  }
}

async function build(stamp: string): Promise<string> {
  const dependency = await import('typed-ocpp')
  mkdirSync(OUTPUT, { recursive: true })
  const built = VERSIONS.map(([name, namespace]) => {
    const schemas = gather(dependency[namespace].schemas)
    tighten(schemas)
    write(`${name}.js`, `// ${stamp}\n${bundle(compile(schemas))}`)
    write(`${name}.d.ts`, DECLARATION)
    return `${name} ${Object.keys(schemas.messages).length}`
  })
  return built.join(', ')
}

const stamp = stampOf()
console.log(`ocpp validators: ${isFresh(stamp) ? 'up to date' : `built (${await build(stamp)} messages)`}`)
