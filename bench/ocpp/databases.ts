import { rmSync } from 'node:fs'
import pg from 'pg'
import { temporaryDirectory } from './temporary-directory.ts'

export type DatabaseKind = 'embedded' | 'postgres'

/** Where one server of the bench keeps its data, thrown away afterwards. */
export interface BenchDatabase {
  readonly kind: DatabaseKind
  readonly dataDirectory: string
  /** Undefined for the embedded one. */
  readonly url: string | undefined
  readonly remove: () => Promise<void>
}

const newDirectory = () => temporaryDirectory('voltway-bench-')

const embeddedDatabase = (): BenchDatabase => {
  const dataDirectory = newDirectory()
  return {
    kind: 'embedded',
    dataDirectory,
    url: undefined,
    remove: async () => rmSync(dataDirectory, { recursive: true, force: true, maxRetries: 5 }),
  }
}

/** A database of its own on the server of BENCH_DATABASE_URL, whose role must be allowed to create one. */
const scratchDatabase = async (serverUrl: string): Promise<BenchDatabase> => {
  const dataDirectory = newDirectory()
  const name = `voltway_bench_${process.pid}`
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const admin = async (statement: string) => {
    const client = new pg.Client({ connectionString: serverUrl })
    await client.connect()
    try {
      await client.query(statement)
    } finally {
      await client.end()
    }
  }
  await admin(`create database ${name} template template0`)
  return {
    kind: 'postgres',
    dataDirectory,
    url: url.toString(),
    remove: async () => {
      // Without FORCE, which a role may not use on the server's own cleaning processes: those give way by themselves.
      await admin(`drop database if exists ${name}`)
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}

export const createBenchDatabase = (kind: DatabaseKind, serverUrl: string | undefined): BenchDatabase | Promise<BenchDatabase> =>
  kind === 'embedded' || serverUrl === undefined ? embeddedDatabase() : scratchDatabase(serverUrl)
