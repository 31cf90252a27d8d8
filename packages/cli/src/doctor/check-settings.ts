import { type ConfigFailure, loadConfig } from '@voltway/app'
import type { Environment } from '../verb.ts'
import { type Finding, failed, passed } from './check.ts'

const NAME = 'settings'

const findingOf = (failures: readonly ConfigFailure[]): Finding =>
  failures.length === 0
    ? passed(NAME, 'are in order')
    : failed(NAME, failures.map(({ variable, problem }) => `${variable} ${problem}`).join('; '), failures.map(({ fix }) => fix).join(' '))

/**
 * The settings that the server would start with, by flag before variable. Where one is wrong, that is the finding, and the other checks
 * look at what would be without any.
 */
export const checkSettings = (env: Environment, flags: Environment) => {
  const loaded = loadConfig(env, flags)
  const defaults = loadConfig({})
  if (loaded.ok) return { config: loaded.value, finding: findingOf([]) }
  if (!defaults.ok) throw new Error('the defaults of the configuration are no configuration')
  return { config: defaults.value, finding: findingOf(loaded.failure) }
}
