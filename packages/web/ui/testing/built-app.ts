import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface BuiltApp {
  /** The folder with its index.html. */
  readonly root: string
  readonly remove: () => Promise<void>
}

const PROJECT = join(import.meta.dirname, '..', '..', '..', '..')

/**
 * A web app as it ships: the one that `npm test` has just built or found fresh, and says so; else it is built into a folder of its own.
 */
export const builtApp = async (app: 'console' | 'driver' | 'simulator'): Promise<BuiltApp> => {
  if (process.env.VOLTWAY_WEB_BUILT === '1') return { root: join(PROJECT, 'packages/web', app, 'dist'), remove: async () => {} }
  const root = await mkdtemp(join(tmpdir(), `voltway-${app}-`))
  // The test runner says `test`, which would build the library's development parts.
  process.env.NODE_ENV = 'production'
  const { build } = await import('vite')
  await build({ root: join(PROJECT, 'packages/web', app), logLevel: 'error', build: { outDir: root, emptyOutDir: true } })
  return { root, remove: () => rm(root, { recursive: true, force: true }) }
}
