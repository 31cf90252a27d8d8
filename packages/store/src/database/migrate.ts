import { fileURLToPath } from 'node:url'
import type { EpochMs } from '@voltway/units'
import type pg from 'pg'
import { type Migration, migrationFiles } from './migration-files.ts'

export const OUR_MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url))

// "voltway migrations" in a number; one installation a database, so one lock.
const LOCK = 8_651_767_423

interface Applied {
  readonly name: string
  readonly checksum: string
}

const apply = async (client: pg.PoolClient, migration: Migration, at: EpochMs) => {
  await client.query('begin')
  try {
    await client.query(migration.sql)
    await client.query('insert into voltway.migration (name, checksum, applied_at) values ($1, $2, $3)', [
      migration.name,
      migration.checksum,
      at,
    ])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${migration.name} failed, and changed nothing`, { cause: error })
  }
}

/** @throws Error when history and files disagree: an applied file was changed, or is missing here */
const pendingOf = (files: readonly Migration[], applied: readonly Applied[]): readonly Migration[] => {
  const checksums = new Map(files.map(({ name, checksum }) => [name, checksum]))
  for (const { name, checksum } of applied) {
    const now = checksums.get(name)
    if (now === undefined)
      throw new Error(`this database has migration ${name}, which this version of Voltway does not know: use the newer version`)
    if (now !== checksum) throw new Error(`migration ${name} was changed after it was applied: put its text back and add a new file`)
  }
  const done = new Set(applied.map(({ name }) => name))
  const last = applied.at(-1)?.name ?? ''
  const late = files.find(({ name }) => !done.has(name) && name < last)
  if (late !== undefined) throw new Error(`migration ${late.name} comes before ${last}, which is applied already: give it the next number`)
  return files.filter(({ name }) => !done.has(name))
}

/**
 * Brings schema `voltway` up to date, forward only, one transaction a file, under an advisory lock: of several that start at once,
 * one migrates and the others find it done.
 * @returns the names of the files that were applied now
 */
export const migrate = async (pool: pg.Pool, at: EpochMs, directory = OUR_MIGRATIONS): Promise<readonly string[]> => {
  const files = await migrationFiles(directory)
  const client = await pool.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK])
    await client.query('create schema if not exists voltway')
    await client.query(
      'create table if not exists voltway.migration (name text primary key, checksum text not null, applied_at bigint not null)',
    )
    const { rows } = await client.query<Applied>('select name, checksum from voltway.migration order by name')
    const pending = pendingOf(files, rows)
    for (const migration of pending) await apply(client, migration, at)
    return pending.map(({ name }) => name)
  } finally {
    await client.query('select pg_advisory_unlock($1)', [LOCK]).catch(() => undefined)
    client.release()
  }
}
