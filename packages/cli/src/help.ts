import { EXIT_MEANINGS } from './exit-codes.ts'
import { nameOf, type Option, type Verb } from './verb.ts'

const aligned = (rows: readonly (readonly [left: string, right: string])[]): readonly string[] => {
  const width = Math.max(0, ...rows.map(([left]) => left.length))
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`)
}

const JSON_OPTION: Option = { type: 'boolean', summary: 'print the answer as JSON, for programs' }

const signature = ({ positionals = [] }: Verb): string =>
  positionals.map(({ name, optional }) => (optional ? ` [${name}]` : ` <${name}>`)).join('')

/** The page of `voltway help`. */
export const overview = (verbs: readonly Verb[]): string =>
  [
    'voltway: the charging platform, from the command line',
    '',
    'Usage: voltway <noun> <verb> [arguments] [--json]',
    '',
    ...aligned(verbs.map((verb) => [`${nameOf(verb)}${signature(verb)}`, verb.summary] as const)),
    '',
    'voltway help <noun> <verb> says more about one of them.',
    'Verbs that speak to a server read VOLTWAY_URL and VOLTWAY_API_KEY, or --url and --api-key.',
    '',
    'Exit codes:',
    ...aligned(EXIT_MEANINGS.map(([code, meaning]) => [String(code), meaning] as const)),
  ].join('\n')

/** The page of one verb. */
export const pageOf = (verb: Verb): string => {
  const options = Object.entries({ ...verb.options, json: JSON_OPTION })
  const arguments_ = (verb.positionals ?? []).map(({ name, summary }) => [name, summary] as const)
  return [
    verb.summary,
    '',
    `Usage: voltway ${nameOf(verb)}${signature(verb)} [options]`,
    ...(arguments_.length > 0 ? ['', 'Arguments:', ...aligned(arguments_)] : []),
    '',
    'Options:',
    ...aligned(options.map(([name, { value, summary }]) => [`--${name}${value ? ` <${value}>` : ''}`, summary] as const)),
    ...(verb.examples ? ['', 'Examples:', ...verb.examples.map((example) => `  ${example}`)] : []),
  ].join('\n')
}
