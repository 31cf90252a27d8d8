import { CommandFailure } from './command-failure.ts'
import { EXIT } from './exit-codes.ts'
import { parseCommand } from './parse-command.ts'
import type { CommandContext, Verb } from './verb.ts'

/** Where a command runs and prints. */
export type Surroundings = Pick<CommandContext, 'env' | 'root' | 'out' | 'note'>

/**
 * Runs one command line to its end.
 * @returns the exit code; a failure that a verb throws is printed with what to do
 */
export const runCommand = async (verbs: readonly Verb[], argv: readonly string[], surroundings: Surroundings): Promise<number> => {
  const parsed = parseCommand(verbs, argv)
  if (!parsed.ok) {
    surroundings.note(`${parsed.failure}\nvoltway help shows everything.`)
    return EXIT.usage
  }
  const command = parsed.value
  if (command.kind === 'help') {
    surroundings.out(command.text)
    return EXIT.done
  }
  try {
    return await command.verb.run({ ...surroundings, values: command.values, positionals: command.positionals })
  } catch (error) {
    if (!(error instanceof CommandFailure)) throw error
    surroundings.note(error.message)
    if (error.advice) surroundings.note(`  What to do: ${error.advice}`)
    return error.exitCode
  }
}
