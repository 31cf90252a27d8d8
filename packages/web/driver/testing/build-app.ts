import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

/** Builds the app as it ships, into a folder of its own. */
export const buildApp = async () => {
  const root = await mkdtemp(join(tmpdir(), 'voltway-driver-'))
  // The test runner says `test`, which would build the library's development parts.
  process.env.NODE_ENV = 'production'
  await build({ root: join(import.meta.dirname, '..'), logLevel: 'silent', build: { outDir: root, emptyOutDir: true } })
  return { root, remove: () => rm(root, { recursive: true, force: true }) }
}
