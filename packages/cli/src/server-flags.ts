import type { CommandContext, Option } from './verb.ts'

/** The server's settings that the command line may give; the rest is the environment's. */
export const SERVER_OPTIONS = {
  port: { type: 'string', value: 'n', summary: 'the port to listen on (VOLTWAY_PORT; 8080)' },
  host: { type: 'string', value: 'address', summary: 'the address to listen on (VOLTWAY_HOST; 127.0.0.1)' },
  data: { type: 'string', value: 'folder', summary: 'where the embedded database and its secret lie (VOLTWAY_DATA_DIRECTORY)' },
  'database-url': { type: 'string', value: 'url', summary: 'a PostgreSQL 15 or newer instead of the embedded one (DATABASE_URL)' },
  'public-url': { type: 'string', value: 'url', summary: 'the address that people open (VOLTWAY_PUBLIC_URL)' },
  'log-level': { type: 'string', value: 'level', summary: 'debug, info, warn, error or silent (VOLTWAY_LOG_LEVEL)' },
} as const satisfies Readonly<Record<string, Option>>

/** The flags that were given, as texts: the configuration reads and checks them. */
export const flagsOf = ({ values }: Pick<CommandContext, 'values'>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
