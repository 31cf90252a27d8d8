/** One option of a verb, as `--name` or `--name <value>`. */
export interface Option {
  readonly type: 'string' | 'boolean'
  readonly summary: string
  /** What the value is, for the help text: `url`, `n`. */
  readonly value?: string
}

export interface Positional {
  readonly name: string
  readonly summary: string
  readonly optional?: boolean
}

export type Environment = Readonly<Record<string, string | undefined>>

/** What a verb is given; it reads nothing else from its surroundings. */
export interface CommandContext {
  readonly values: Readonly<Record<string, string | boolean | undefined>>
  readonly positionals: readonly string[]
  readonly env: Environment
  /** The folder of this clone. */
  readonly root: string
  /** Prints a line of the answer. */
  readonly out: (text: string) => void
  /** Prints a line about the work: progress and failures. */
  readonly note: (text: string) => void
}

/** One verb: a file under `verbs/` and a line in `registry.ts`; the help is made from it. */
export interface Verb {
  /** What the verb acts on; undefined for the program's own verbs such as `doctor`. */
  readonly noun: string | undefined
  readonly verb: string
  readonly summary: string
  readonly positionals?: readonly Positional[]
  readonly options: Readonly<Record<string, Option>>
  readonly examples?: readonly string[]
  /** @returns the exit code, see exit-codes.ts */
  readonly run: (context: CommandContext) => Promise<number>
}

/** How the verb is called: `station list`, `doctor`. */
export const nameOf = ({ noun, verb }: Pick<Verb, 'noun' | 'verb'>): string => (noun === undefined ? verb : `${noun} ${verb}`)
