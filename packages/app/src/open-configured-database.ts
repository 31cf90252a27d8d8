import { type Database, openDatabase } from '@voltway/store'
import type { Clock } from '@voltway/units'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import { databaseFailure } from './start-failure.ts'

/** Opens and migrates the database that the settings name, or the embedded one. @throws StartFailure that names the setting */
export const openConfiguredDatabase = async (
  config: Config,
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<Database> => {
  const { databaseUrl, dataDirectory } = config
  const shared = { clock, log: (line: string) => log.warn(line, { part: 'database' }) }
  try {
    return await openDatabase(
      databaseUrl === undefined ? { ...shared, embedded: { dataDirectory, log: shared.log } } : { ...shared, url: databaseUrl },
    )
  } catch (error) {
    throw databaseFailure(error, config)
  }
}
