import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Clock } from '@voltway/units'
import { CLUSTER_FORM } from './create-cluster.ts'
import { OUR_MIGRATIONS } from './migrate.ts'
import { migrationFiles } from './migration-files.ts'
import { openDatabase } from './open-database.ts'
import { postgresBinaries } from './postgres-binaries.ts'
import { runProgram } from './run-program.ts'
import { unprivileged } from './unprivileged.ts'

export interface PreparedCluster {
  /** Where prepared data directories are kept; it is made, and may be deleted at any time. */
  readonly cacheDirectory: string
  /** Gets a copy in its subfolder `postgres`, where the embedded server looks for it. */
  readonly dataDirectory: string
  readonly clock: Pick<Clock, 'now'>
}

/** Server settings for a database that is thrown away when its process ends: nothing of it need survive the machine. */
export const THROW_AWAY: Readonly<Record<string, string>> = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }

const WORK = 'making-'

/** What a migrated database without rows depends on: the server's program, how its data directory is made, and the migrations. */
const keyOf = async (): Promise<string> => {
  const [{ postgres }, migrations] = await Promise.all([postgresBinaries(), migrationFiles(OUR_MIGRATIONS)])
  const { size, mtimeMs } = await stat(postgres)
  const hash = createHash('sha256').update(JSON.stringify([size, mtimeMs, CLUSTER_FORM]))
  for (const { name, checksum } of migrations) hash.update(`${name}\0${checksum}\0`)
  return hash.digest('hex').slice(0, 32)
}

/** What is kept must be whole even when the machine loses its power before it has written it by itself. */
const toDisk = async (directory: string): Promise<void> => {
  const { postgres, initdb } = await postgresBinaries()
  const { code, output } = await runProgram((await unprivileged(postgres)).wrap(initdb, ['--sync-only', '-D', directory]))
  if (code !== 0) throw new Error(output)
}

const isMade = (directory: string): Promise<boolean> =>
  stat(join(directory, 'postgres', 'PG_VERSION')).then(
    () => true,
    () => false,
  )

const make = async ({ cacheDirectory, clock }: PreparedCluster, key: string): Promise<void> => {
  await mkdir(cacheDirectory, { recursive: true })
  const work = await mkdtemp(join(cacheDirectory, WORK))
  try {
    const database = await openDatabase({ clock, embedded: { dataDirectory: work, settings: THROW_AWAY } })
    await database.close()
    await toDisk(join(work, 'postgres'))
    const outdated = (await readdir(cacheDirectory)).filter((name) => !name.startsWith(WORK) && name !== key)
    // Another process may have been first: its copy is as good.
    const target = join(cacheDirectory, key)
    if (!(await isMade(target))) {
      await rm(target, { recursive: true, force: true })
      await rename(work, target)
    }
    for (const name of outdated) await rm(join(cacheDirectory, name), { recursive: true, force: true })
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** By a program of its own: this process has other things to do at its start, and a thousand files are many turns of it. */
const copy = async ({ cacheDirectory, dataDirectory }: PreparedCluster, key: string): Promise<void> => {
  const { code, output } = await runProgram({
    command: 'cp',
    args: ['-R', resolve(cacheDirectory, key, 'postgres'), resolve(dataDirectory, 'postgres')],
  })
  if (code !== 0) throw new Error(output)
}

/**
 * Gives a data directory that does not exist yet the files of a migrated database without rows, which is made once for each state of
 * the migrations. The partitions in it are those of the month in which it was made; opening the database adds what has become due.
 * @returns false when that is not possible here: the embedded server then makes its database itself
 */
export const copyPreparedCluster = async (prepared: PreparedCluster): Promise<boolean> => {
  try {
    const key = await keyOf()
    if (!(await isMade(join(prepared.cacheDirectory, key)))) await make(prepared, key)
    await copy(prepared, key)
    return true
  } catch {
    // A read-only installation, or files of another user. A half copy must not be taken for a database.
    await rm(join(prepared.dataDirectory, 'postgres'), { recursive: true, force: true })
    return false
  }
}
