import { sourceText } from './source-text.ts'
import type { SourceFile } from './unread-modules.ts'

export interface SourceViolation {
  readonly rule: string
  readonly file: string
  readonly line: number
  /** What to do instead. */
  readonly instead: string
}

interface SourceRule {
  readonly name: string
  readonly instead: string
  readonly applies: (path: string) => boolean
  readonly part: 'code' | 'strings' | 'all' | 'sql'
  readonly pattern: RegExp
}

export const LONGEST_FILE = 400

const isTest = (path: string): boolean => /\.test\.(tsx?|mjs)$/.test(path) || path.includes('/testing/')
/** Where time, chance and the environment come in: clock adapters, and each program's main and config. */
const isDoor = (path: string): boolean => /(^|\/)(clock|main|config)\.ts$/.test(path)
const RUNS_ON_ARGUMENTS = /^packages\/(units|wire|domain|pki|store|app|vehicle|mobility|sim|cli)\/.*\.ts$/
const takesArguments = (path: string): boolean => RUNS_ON_ARGUMENTS.test(path) && !isTest(path) && !isDoor(path)
const isCode = (path: string): boolean => /\.(tsx?|mjs)$/.test(path)
const SQL_TIME =
  /(?<![.\w])(?:now|clock_timestamp|statement_timestamp|transaction_timestamp)\s*\(\s*\)|\b(?:current_timestamp|current_date|current_time|localtimestamp|localtime)\b/gi

const RULES: readonly SourceRule[] = [
  {
    name: 'time-is-an-argument',
    instead: 'take the clock, or the moment, as an argument; only clock.ts, main.ts and config.ts read the time',
    applies: takesArguments,
    part: 'code',
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|\bTemporal\.Now\b|\bperformance\.now\b/g,
  },
  {
    name: 'waiting-is-an-argument',
    instead: "use the injected clock's timers; only clock.ts sets real ones",
    applies: takesArguments,
    part: 'code',
    pattern: /(?<![.\w])(?:globalThis\.)?(?:setTimeout|setInterval)\s*\(/g,
  },
  {
    name: 'chance-is-an-argument',
    instead: 'take the source of randomness as an argument',
    applies: takesArguments,
    part: 'code',
    pattern: /\bMath\.random\b|\bcrypto\.(?:getRandomValues|randomUUID)\b/g,
  },
  {
    name: 'environment-is-configuration',
    instead: 'add the setting to config.ts and take it as an argument',
    applies: takesArguments,
    part: 'code',
    pattern: /\bprocess\.env\b/g,
  },
  {
    name: 'no-time-in-sql',
    instead: 'pass the moment as a parameter: the database clock is not ours',
    applies: (path) => /^packages\/store\/.*\.ts$/.test(path) && !isTest(path),
    part: 'strings',
    pattern: SQL_TIME,
  },
  {
    name: 'no-time-in-sql',
    instead: 'pass the moment as a parameter: the database clock is not ours',
    // The tables of the identity library are written by its generator, not by us.
    applies: (path) => path.endsWith('.sql') && !path.endsWith('-auth.sql'),
    part: 'sql',
    pattern: SQL_TIME,
  },
  {
    name: 'queries-live-in-store',
    instead: 'write the query as a function in packages/store and call it',
    applies: (path) => /^packages\/(?!store\/).*\.tsx?$/.test(path) && !isTest(path),
    part: 'code',
    pattern: /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\s*\(|(?<![.\w])sql(?:<[^`]*>)?`/g,
  },
  {
    name: 'types-are-not-escaped',
    instead: 'describe the value with a type, or check it at the door',
    applies: isCode,
    part: 'code',
    pattern: /\bas unknown as\b|\bas any\b/g,
  },
  {
    name: 'checks-are-not-silenced',
    instead: 'mend what the compiler says',
    applies: (path) => isCode(path) && !path.startsWith('tools/rules/'),
    part: 'all',
    pattern: /@ts-(?:ignore|nocheck|expect-error)/g,
  },
  {
    name: 'all-tests-run',
    instead: 'remove `only`: the rest of the file would not run',
    applies: (path) => /\.test\.(tsx?|mjs)$/.test(path),
    part: 'code',
    pattern: /\b(?:test|it|describe|suite)\.only\b|\bonly:\s*true\b/g,
  },
]

/** The names of all rules on source text. */
export const sourceRuleNames = [...new Set(RULES.map(({ name }) => name)), 'files-are-short']

const withoutSqlComments = (text: string): string => text.replaceAll(/--[^\n]*|'(?:[^']|'')*'/g, (part) => part.replaceAll(/[^\n]/g, ' '))

const lineOf = (text: string, index: number): number => text.slice(0, index).split('\n').length

const tooLong = ({ path, text }: SourceFile): readonly SourceViolation[] => {
  const lines = text.trimEnd().split('\n').length
  if (lines <= LONGEST_FILE || path.endsWith('.sql')) return []
  const instead = `${lines} lines: a file with two ideas is two files (at most ${LONGEST_FILE} lines)`
  return [{ rule: 'files-are-short', file: path, line: LONGEST_FILE + 1, instead }]
}

/** What is wrong with one source file, in the order of its lines. Paths are relative to the root, with slashes. */
export const checkSource = (file: SourceFile): readonly SourceViolation[] => {
  const { path, text } = file
  const rules = RULES.filter(({ applies }) => applies(path))
  if (rules.length === 0) return tooLong(file)
  const parts = { ...sourceText(text), all: text, sql: withoutSqlComments(text) }
  const found = rules.flatMap(({ name, instead, part, pattern }) =>
    [...parts[part].matchAll(pattern)].map((match) => ({ rule: name, file: path, line: lineOf(text, match.index), instead })),
  )
  return [...found, ...tooLong(file)].sort((a, b) => a.line - b.line)
}
