import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { processMark } from './process-mark.ts'

interface LockContent {
  readonly pid: number
  readonly mark: string | undefined
  /** The socket directory of the holder, which a killed one leaves behind. */
  readonly socketDirectory: string
}

export interface DataLock {
  /** What the last holder left behind when it was killed. */
  readonly staleSocketDirectory: string | undefined
  readonly release: () => Promise<void>
}

const read = async (path: string): Promise<LockContent | undefined> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch {
    return undefined
  }
}

const has = (error: unknown, code: string) => error instanceof Error && 'code' in error && error.code === code

/** Links a complete file into place, so that nobody reads half a lock; false when there is a lock already. */
const place = async (path: string, content: LockContent) => {
  const own = `${path}.${process.pid}`
  await writeFile(own, JSON.stringify(content))
  try {
    await link(own, path)
    return true
  } catch (error) {
    if (has(error, 'EEXIST')) return false
    throw error
  } finally {
    await rm(own, { force: true })
  }
}

const isHeld = async ({ pid, mark }: LockContent) => (await processMark(pid)) === mark && mark !== undefined

/**
 * Takes the lock file of a data directory. A lock whose process is gone, also when its number was given away again, is taken over.
 * @throws Error that names the holding process
 */
export const takeDataLock = async (path: string, socketDirectory: string): Promise<DataLock> => {
  const content: LockContent = { pid: process.pid, mark: await processMark(process.pid), socketDirectory }
  let staleSocketDirectory: string | undefined
  while (!(await place(path, content))) {
    const holder = await read(path)
    if (holder !== undefined && (await isHeld(holder)))
      throw new Error(`The data directory is in use by process ${holder.pid} (${path}). Stop that one, or choose another data directory.`)
    staleSocketDirectory = holder?.socketDirectory
    // Whoever moves the stale file away first goes on; the other one finds it gone, or the new lock.
    await rename(path, `${path}.stale.${process.pid}`).catch((error: unknown) => {
      if (!has(error, 'ENOENT')) throw error
    })
  }
  await rm(`${path}.stale.${process.pid}`, { force: true })
  return { staleSocketDirectory, release: () => rm(path, { force: true }) }
}
