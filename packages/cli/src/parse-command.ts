import { type ParseArgsConfig, parseArgs } from 'node:util'
import { fail, ok, type Result } from '@voltway/units'
import { overview, pageOf } from './help.ts'
import { type CommandContext, nameOf, type Verb } from './verb.ts'

/** What a command line asks for: a text to print, or a verb with its arguments. */
export type Command =
  | { readonly kind: 'help'; readonly text: string }
  | { readonly kind: 'run'; readonly verb: Verb; readonly values: CommandContext['values']; readonly positionals: readonly string[] }

const find = (verbs: readonly Verb[], [first, second]: readonly string[]): { readonly verb: Verb; readonly length: number } | undefined => {
  const pair = verbs.find(({ noun, verb }) => noun !== undefined && noun === first && verb === second)
  if (pair) return { verb: pair, length: 2 }
  const single = verbs.find(({ noun, verb }) => noun === undefined && verb === first)
  return single && { verb: single, length: 1 }
}

const unknown = (verbs: readonly Verb[], [first, second]: readonly string[]): string => {
  const ofNoun = verbs.filter(({ noun }) => noun === first).map(({ verb }) => verb)
  if (ofNoun.length > 0)
    return `${second === undefined ? `What about the ${first}?` : `There is no "${first} ${second}".`} There is: ${ofNoun.join(', ')}.`
  const words = new Set(verbs.map(({ noun, verb }) => noun ?? verb))
  return `There is no "${first}". There is: ${[...words].join(', ')}.`
}

const wrongCount = (verb: Verb, given: number): string | undefined => {
  const all = verb.positionals ?? []
  const least = all.filter(({ optional }) => !optional).length
  if (given < least) return `"${nameOf(verb)}" needs ${all[given]?.name}: ${all[given]?.summary}.`
  return given > all.length
    ? `"${nameOf(verb)}" takes ${all.length === 0 ? 'no arguments' : `at most ${all.length}`}, not ${given}.`
    : undefined
}

const parseVerb = (verb: Verb, args: readonly string[]): Result<Command, string> => {
  const options: NonNullable<ParseArgsConfig['options']> = { json: { type: 'boolean' }, help: { type: 'boolean' } }
  for (const [name, { type }] of Object.entries(verb.options)) options[name] = { type }
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true })
    if (values.help === true) return ok({ kind: 'help', text: pageOf(verb) })
    const wrong = wrongCount(verb, positionals.length)
    // No option is repeatable, so no value is a list.
    const single = Object.fromEntries(
      Object.entries(values).filter((entry): entry is [string, string | boolean] => !Array.isArray(entry[1])),
    )
    return wrong === undefined ? ok({ kind: 'run', verb, values: single, positionals }) : fail(wrong)
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error))
  }
}

/**
 * Reads a command line.
 * @param argv without the program's own name
 * @returns what to do, or what is wrong with it and what exists instead
 */
export const parseCommand = (verbs: readonly Verb[], argv: readonly string[]): Result<Command, string> => {
  const [first, ...rest] = argv
  if (first === undefined || first === '--help' || first === '-h') return ok({ kind: 'help', text: overview(verbs) })
  const asked = first === 'help' ? rest : argv
  if (asked.length === 0) return ok({ kind: 'help', text: overview(verbs) })
  const found = find(verbs, asked)
  if (!found) return fail(unknown(verbs, asked))
  return first === 'help' ? ok({ kind: 'help', text: pageOf(found.verb) }) : parseVerb(found.verb, argv.slice(found.length))
}
