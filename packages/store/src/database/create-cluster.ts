import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { runProgram } from './run-program.ts'
import type { Unprivileged } from './unprivileged.ts'

export interface ClusterOptions {
  readonly directory: string
  readonly binaries: PostgresBinaries
  readonly way: Unprivileged
  readonly mayCreateDatabases: boolean
}

const advice = 'DATABASE_URL may name another server.'

const majorOf = (version: string) => /(\d+)/.exec(version)?.[1]

/** @returns the major version of the data directory, or undefined when there is none */
const versionOf = async (directory: string) => {
  try {
    return majorOf(await readFile(join(directory, 'PG_VERSION'), 'utf8'))
  } catch {
    return undefined
  }
}

// The superuser exists inside of the files only: nobody can connect as it.
const HOST_BASED_ACCESS = 'local all voltway trust\n'

const bootstrapSql = (mayCreateDatabases: boolean) =>
  [
    `create role voltway login nosuperuser nobypassrls nocreaterole ${mayCreateDatabases ? 'createdb' : 'nocreatedb'};`,
    "create database voltway owner voltway encoding 'UTF8' template template0;",
    '',
  ].join('\n')

const INITDB_OPTIONS = ['-U', 'postgres', '-A', 'reject', '--locale=C', '--encoding=UTF8', '-N']

/** All that a new data directory is made from, beside the server's own programs. */
export const CLUSTER_FORM: readonly string[] = [...INITDB_OPTIONS, HOST_BASED_ACCESS, bootstrapSql(false)]

/**
 * Makes the data directory where there is none: C collation, UTF8, the database `voltway` and the role of the same name that owns
 * it and may not bypass row-level security. It appears under its name only when it is complete.
 * @throws Error when a program fails, or the directory is of another major version
 */
export const createCluster = async ({ directory, binaries, way, mayCreateDatabases }: ClusterOptions) => {
  const existing = await versionOf(directory)
  const ours = majorOf((await runProgram({ command: binaries.postgres, args: ['--version'] })).output)
  if (existing === ours && ours !== undefined) return
  if (existing !== undefined)
    throw new Error(
      `${directory} was made by PostgreSQL ${existing}, this is ${ours}: dump it with the old one and load it with the new one. ${advice}`,
    )
  const fresh = `${directory}.new`
  await rm(fresh, { recursive: true, force: true })
  await mkdir(fresh, { mode: 0o700 })
  if (way.owner !== undefined) await chown(fresh, way.owner.uid, way.owner.gid)
  const made = await runProgram(way.wrap(binaries.initdb, ['-D', fresh, ...INITDB_OPTIONS]))
  if (made.code !== 0) throw new Error(`initdb failed: ${made.output.trim()}. ${advice}`)
  await writeFile(join(fresh, 'pg_hba.conf'), HOST_BASED_ACCESS)
  const bootstrap = await runProgram({
    ...way.wrap(binaries.postgres, ['--single', '-D', fresh, 'postgres']),
    input: bootstrapSql(mayCreateDatabases),
  })
  if (bootstrap.code !== 0 || /(ERROR|FATAL|PANIC): /.test(bootstrap.output))
    throw new Error(`The new database could not be set up: ${bootstrap.output.trim()}`)
  await rename(fresh, directory)
}
