import { EXIT } from '../exit-codes.ts'
import { SERVER_OPTIONS } from '../server-flags.ts'
import { starting } from '../starting.ts'
import type { Verb } from '../verb.ts'

const { data, 'database-url': databaseUrl, 'log-level': logLevel } = SERVER_OPTIONS

export const dbMigrate: Verb = {
  noun: 'db',
  verb: 'migrate',
  summary: 'bring the database up to date, as the start of the server does, and end',
  options: { data, 'database-url': databaseUrl, 'log-level': logLevel },
  run: async (context) => {
    const [{ loadServerConfig }, { createLog, openConfiguredDatabase, systemClock: clock }] = await Promise.all([
      import('../load-server-config.ts'),
      import('@voltway/app'),
    ])
    const config = loadServerConfig(context)
    const log = createLog({ level: config.logLevel, clock, write: (line) => context.note(line.trimEnd()) })
    const { migrated, close } = await starting(() => openConfiguredDatabase(config, { clock, log }))
    await close()
    if (context.values.json === true) context.out(JSON.stringify({ migrated }))
    else context.out(migrated.length === 0 ? 'The database was up to date.' : `Applied:\n${migrated.map((name) => `  ${name}`).join('\n')}`)
    return EXIT.done
  },
}
