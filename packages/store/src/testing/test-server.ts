import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts'
import { openDatabase } from '../database/open-database.ts'
import { testClock } from './test-clock.ts'

/** A server that tests may create databases on. */
export interface TestServer {
  /** The embedded one, or that of DATABASE_URL. */
  readonly embedded: boolean
  readonly urlOf: (database: string) => string
  readonly admin: pg.Pool
  /** A migrated database without rows, to copy. */
  readonly template: string
  readonly newName: () => string
}

const withDatabase = (url: string, database: string) => {
  const changed = new URL(url)
  changed.pathname = `/${database}`
  return changed.toString()
}

/** Durability costs time and a test's rows need none. */
const FAST = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '64MB' }

const startOwn = async () => {
  const directory = mkdtempSync(join(tmpdir(), 'voltway-test-'))
  const server = await startEmbeddedPostgres({ dataDirectory: directory, settings: FAST, mayCreateDatabases: true })
  process.on('exit', () => {
    try {
      process.kill(-server.processId, 'SIGKILL')
    } catch {}
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    const socketDirectory = new URL(server.connectionString).searchParams.get('host')
    if (socketDirectory !== null) rmSync(socketDirectory, { recursive: true, force: true })
  })
  return server.connectionString
}

const start = async (): Promise<TestServer> => {
  const given = process.env.DATABASE_URL
  const url = given ?? (await startOwn())
  // Each process its own names, so that test files run side by side on one server.
  const prefix = `voltway_test_${process.pid}_${randomBytes(3).toString('hex')}`
  let count = 0
  const template = `${prefix}_template`
  const admin = new pg.Pool({ connectionString: url, max: 1, allowExitOnIdle: true })
  await admin.query(`create database ${template} template template0`)
  const urlOf = (database: string) => withDatabase(url, database)
  await (await openDatabase({ url: urlOf(template), clock: testClock })).close()
  if (given !== undefined)
    process.once('beforeExit', async () => {
      await admin.query(`drop database if exists ${template} with (force)`)
      await admin.end()
    })
  return { embedded: given === undefined, urlOf, admin, template, newName: () => `${prefix}_${++count}` }
}

let server: Promise<TestServer> | undefined

/** The server of this test process, started when it is first wanted and gone with the process. */
export const testServer = (): Promise<TestServer> => {
  server ??= start()
  return server
}
