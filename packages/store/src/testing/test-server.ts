import { randomBytes } from 'node:crypto'
import { constants, cpSync, mkdtempSync, rmSync } from 'node:fs'
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

const TEMPLATE = 'voltway_test_template'
/** Names, for processes below this one, a folder with a stopped server's files, the migrated template among them. */
const PREPARED = 'VOLTWAY_TEST_PREPARED'

/** A server that stops says so also to a connection that is about to close: nobody needs to hear it. */
const poolOf = (connectionString: string) => new pg.Pool({ connectionString, max: 1, allowExitOnIdle: true }).on('error', () => {})

const makeTemplate = async (admin: pg.Pool, url: string, name: string) => {
  await admin.query(`create database ${name} template template0`)
  await (await openDatabase({ url: withDatabase(url, name), clock: testClock })).close()
}

const startIn = (dataDirectory: string) => startEmbeddedPostgres({ dataDirectory, settings: FAST, mayCreateDatabases: true })

/** Makes a server of its own for each test process below this one a matter of a copy instead of seconds. */
export const prepareServers = async (): Promise<{ readonly close: () => void }> => {
  const directory = mkdtempSync(join(tmpdir(), 'voltway-prepared-'))
  const server = await startIn(directory)
  const admin = poolOf(server.connectionString)
  await makeTemplate(admin, server.connectionString, TEMPLATE)
  await admin.end()
  await server.stop()
  process.env[PREPARED] = directory
  const close = () => {
    delete process.env[PREPARED]
    rmSync(directory, { recursive: true, force: true })
  }
  return { close }
}

const startOwn = async (): Promise<TestServer> => {
  const directory = mkdtempSync(join(tmpdir(), 'voltway-test-'))
  const prepared = process.env[PREPARED]
  if (prepared !== undefined)
    cpSync(join(prepared, 'postgres'), join(directory, 'postgres'), { recursive: true, mode: constants.COPYFILE_FICLONE })
  const server = await startIn(directory)
  process.on('exit', () => {
    try {
      process.kill(-server.processId, 'SIGKILL')
    } catch {}
    rmSync(directory, { recursive: true, force: true, maxRetries: 5 })
    const socketDirectory = new URL(server.connectionString).searchParams.get('host')
    if (socketDirectory !== null) rmSync(socketDirectory, { recursive: true, force: true })
  })
  const url = server.connectionString
  const admin = poolOf(url)
  if (prepared === undefined) await makeTemplate(admin, url, TEMPLATE)
  let count = 0
  return { embedded: true, urlOf: (name) => withDatabase(url, name), admin, template: TEMPLATE, newName: () => `voltway_test_${++count}` }
}

const useGiven = async (url: string): Promise<TestServer> => {
  // Each process its own names, so that test files run side by side on one server.
  const prefix = `voltway_test_${process.pid}_${randomBytes(3).toString('hex')}`
  const template = `${prefix}_template`
  const admin = poolOf(url)
  await makeTemplate(admin, url, template)
  process.once('beforeExit', async () => {
    await admin.query(`drop database if exists ${template} with (force)`)
    await admin.end()
  })
  let count = 0
  return { embedded: false, urlOf: (name) => withDatabase(url, name), admin, template, newName: () => `${prefix}_${++count}` }
}

let server: Promise<TestServer> | undefined

/** The server of this test process, started when it is first wanted and gone with the process. */
export const testServer = (): Promise<TestServer> => {
  const given = process.env.DATABASE_URL
  server ??= given === undefined ? startOwn() : useGiven(given)
  return server
}
