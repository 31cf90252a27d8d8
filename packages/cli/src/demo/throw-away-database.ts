import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { copyPreparedCluster, type Database, openDatabase, THROW_AWAY } from '@voltway/store'
import { now } from '../clock.ts'

/** A database that lasts as long as the demo. */
export interface ThrowAwayDatabase {
  /** The demo's own folder, for what else it writes. */
  readonly folder: string
  readonly opened: Promise<Database>
  /** Closes the database, where nobody has, and removes the folder. */
  readonly close: () => Promise<void>
}

/**
 * Begins to open a migrated database without rows, and answers when its server's process has been started: loading modules, which
 * keeps this process from everything else, then keeps it from nothing.
 * @param cacheDirectory where a prepared one is kept from one start to the next
 */
export const beginDatabase = async (cacheDirectory: string): Promise<ThrowAwayDatabase> => {
  const folder = await mkdtemp(join(tmpdir(), 'voltway-demo-'))
  const clock = { now }
  const { promise: started, resolve: onStarted } = Promise.withResolvers<void>()
  const open = async () => {
    await copyPreparedCluster({ cacheDirectory, dataDirectory: folder, clock })
    return openDatabase({ clock, embedded: { dataDirectory: folder, settings: THROW_AWAY, onStarted } })
  }
  const opened = open()
  // Whoever waits for it hears of a failure; until somebody does, it must not end the process.
  opened.catch(() => onStarted())
  await started
  const close = async () => {
    await opened.then(
      (database) => database.close(),
      () => undefined,
    )
    await rm(folder, { recursive: true, force: true })
  }
  return { folder, opened, close }
}
