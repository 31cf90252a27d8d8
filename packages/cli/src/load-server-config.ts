import { type Config, loadConfig } from '@voltway/app'
import { CommandFailure } from './command-failure.ts'
import { EXIT } from './exit-codes.ts'
import { flagsOf } from './server-flags.ts'
import type { CommandContext } from './verb.ts'

/** The server's configuration from flags and environment. @throws CommandFailure naming every setting that is wrong */
export const loadServerConfig = (context: Pick<CommandContext, 'values' | 'env'>): Config => {
  const loaded = loadConfig(context.env, flagsOf(context))
  if (loaded.ok) return loaded.value
  const lines = loaded.failure.map(({ variable, problem, fix }) => `${variable} ${problem}. ${fix}`)
  throw new CommandFailure(lines.join('\n'), undefined, EXIT.usage)
}
