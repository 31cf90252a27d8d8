import type { Clock } from '@voltway/units'
import { type Database, openDatabase } from '../database/open-database.ts'
import { testClock } from './test-clock.ts'
import { type TestServer, testServer } from './test-server.ts'

let queue: Promise<unknown> = Promise.resolve()

/** A template can be copied by one at a time. */
const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
  const next = queue.then(work)
  queue = next.catch(() => undefined)
  return next
}

/** On a server that stays, nothing of ours may; the embedded one is thrown away whole. */
const clean = async (server: TestServer, name: string) => {
  if (!server.embedded) await server.admin.query(`drop database ${name} with (force)`)
}

/**
 * A migrated, empty database of its own, about 70 ms after the first. It is on the embedded server of this test process, or on
 * that of DATABASE_URL. Close it at the end: `after(() => database.close())`.
 */
export const openTestDatabase = async (options: { readonly clock?: Clock; readonly maxConnections?: number } = {}): Promise<Database> => {
  const server = await testServer()
  const name = server.newName()
  await inTurn(() => server.admin.query(`create database ${name} template ${server.template}`))
  const database = await openDatabase({ clock: testClock, ...options, url: server.urlOf(name) })
  const close = async () => {
    await database.close()
    await clean(server, name)
  }
  return { ...database, close }
}

/** A database of its own that nobody has migrated, by its URL. Close it at the end. */
export const createBareDatabase = async (): Promise<{ readonly url: string; readonly close: () => Promise<void> }> => {
  const server = await testServer()
  const name = server.newName()
  await inTurn(() => server.admin.query(`create database ${name} template template0`))
  return { url: server.urlOf(name), close: () => clean(server, name) }
}

/** Runs work on a test database and closes it. */
export const withTestDatabase = async <Value>(work: (database: Database) => Promise<Value>): Promise<Value> => {
  const database = await openTestDatabase()
  try {
    return await work(database)
  } finally {
    await database.close()
  }
}
