import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, spawnChild } from '../../bench/ocpp/child.ts'
import type { KilledCalls } from './server-process.ts'

export interface KilledServer {
  readonly child: Child<KilledCalls>
  /** SIGKILL, and waits for the end. */
  readonly kill: (withPostgres: boolean) => Promise<void>
}

export interface ServerPlace {
  readonly dataDirectory: string
  /** 0 the first time; the port that was found is kept, as stations know no other address. */
  readonly port: number
  readonly mode: 'honest' | 'early'
}

/** The first process of the PostgreSQL in a data directory, when it is running there. */
const postgresOf = (dataDirectory: string): number | undefined => {
  try {
    const directory = join(dataDirectory, 'postgres')
    const pid = Number(readFileSync(join(directory, 'postmaster.pid'), 'utf8').split('\n')[0])
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(directory) ? pid : undefined
  } catch {
    return undefined
  }
}

export const spawnServer = ({ dataDirectory, port, mode }: ServerPlace): KilledServer => {
  const child = spawnChild<KilledCalls>(new URL('server-process.ts', import.meta.url), {
    arguments: [dataDirectory, String(port), mode],
    quiet: true,
  })
  return {
    child,
    kill: async (withPostgres) => {
      const postgres = withPostgres ? postgresOf(dataDirectory) : undefined
      if (withPostgres && postgres === undefined) throw new Error(`no PostgreSQL runs in ${dataDirectory}`)
      if (postgres !== undefined) process.kill(postgres, 'SIGKILL')
      child.signal('SIGKILL')
      await child.ended
    },
  }
}
