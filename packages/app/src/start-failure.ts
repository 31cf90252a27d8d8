import type { Config } from './config.ts'

/** The server could not start for a reason that a setting answers: the message names the setting. */
export class StartFailure extends Error {
  readonly advice: string

  constructor(message: string, advice: string, cause: unknown) {
    super(message, { cause })
    this.advice = advice
  }
}

const wordsOf = (error: unknown): string => (error instanceof Error ? error.message || String(Reflect.get(error, 'code')) : String(error))

/** What kept the database from being opened. */
export const databaseFailure = (error: unknown, { databaseUrl, dataDirectory }: Config): StartFailure =>
  databaseUrl === undefined
    ? new StartFailure(
        `The embedded database in ${dataDirectory} (VOLTWAY_DATA_DIRECTORY) could not be started: ${wordsOf(error)}`,
        'give a folder that can be written with --data, or a PostgreSQL server with DATABASE_URL; voltway doctor says more',
        error,
      )
    : new StartFailure(
        `The database of DATABASE_URL cannot be used: ${wordsOf(error)}`,
        'check that it runs, and its host, name, user and password; or leave DATABASE_URL out for the embedded one',
        error,
      )

/** What kept contracts from being issued. */
export const contractsFailure = (error: unknown, directory: string): StartFailure =>
  new StartFailure(
    `The contract authority in ${directory} (VOLTWAY_CONTRACTS_DIRECTORY) cannot be used: ${wordsOf(error)}`,
    'give the folder with its certificates and keys, or leave VOLTWAY_CONTRACTS_DIRECTORY out to issue no contracts',
    error,
  )

/** What kept the server from listening; an error of another kind is given back as it is. */
export const listenFailure = (error: unknown, { host, port }: Config): unknown => {
  const code = error instanceof Error ? Reflect.get(error, 'code') : undefined
  if (code === 'EADDRINUSE')
    return new StartFailure(`VOLTWAY_PORT ${port} is in use on ${host}.`, 'end the other program, or give a free port with --port', error)
  if (code === 'EACCES')
    return new StartFailure(`VOLTWAY_PORT ${port} may not be opened by this user.`, 'give one above 1023 with --port', error)
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return new StartFailure(`VOLTWAY_HOST ${host} is not an address of this machine.`, 'give one with --host, as 127.0.0.1', error)
  return error
}
