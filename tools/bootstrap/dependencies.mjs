import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, delimiter, join, sep } from 'node:path'
import { lockMatches } from './lock-match.mjs'
import { Stop, step } from './print.mjs'
import { lastLines, runQuietly } from './run-quietly.mjs'

/** @param {string} root */
const paths = (root) => ({
  lock: join(root, 'package-lock.json'),
  stamp: join(root, 'node_modules', '.voltway-lock'),
  installed: join(root, 'node_modules', '.package-lock.json'),
})

/** @param {string} root */
const lockHash = (root) =>
  createHash('sha256')
    .update(readFileSync(paths(root).lock))
    .digest('hex')

/**
 * @param {string} root
 * @returns {'fresh' | 'missing' | 'stale'}
 */
export const dependenciesState = (root) => {
  const { lock, stamp, installed } = paths(root)
  if (!existsSync(installed)) return 'missing'
  if (existsSync(stamp) && readFileSync(stamp, 'utf8').trim() === lockHash(root)) return 'fresh'
  // Somebody ran npm by hand: what npm wrote down says whether it is the same.
  const json = (/** @type {string} */ path) => JSON.parse(readFileSync(path, 'utf8'))
  return lockMatches(json(lock), json(installed)) ? 'fresh' : 'stale'
}

/** The PATH without this project's own programs: npm must not run on the Node that it is about to replace.
 * @param {string} root @param {string} path */
export const withoutOwnBin = (root, path) =>
  path
    .split(delimiter)
    .filter((part) => !part.startsWith(join(root, 'node_modules') + sep))
    .join(delimiter)

/** @param {string} root @param {NodeJS.ProcessEnv} env */
const npmCommand = (root, env) => {
  const { npm_execpath: npm, npm_node_execpath: node } = env
  const usable = npm && node && basename(npm).startsWith('npm-cli') && !node.startsWith(join(root, 'node_modules')) && existsSync(node)
  return usable ? { program: node, first: [npm] } : { program: 'npm', first: [] }
}

/** @param {string} root */
const countInstalled = (root) => {
  const lock = JSON.parse(readFileSync(paths(root).lock, 'utf8'))
  const wanted = Object.entries(lock.packages).filter(([path, entry]) => path.includes('node_modules/') && !entry.link && !entry.optional)
  return { wanted: wanted.length, found: wanted.filter(([path]) => existsSync(join(root, path, 'package.json'))).length }
}

/** @param {string} root @param {NodeJS.ProcessEnv} env @param {(text: string) => void} progress */
const install = async (root, env, progress) => {
  const { program, first } = npmCommand(root, env)
  const timer = setInterval(() => {
    const { found, wanted } = countInstalled(root)
    progress(`${found} of ${wanted} packages in place`)
  }, 1000)
  // NODE_ENV=production would leave out what builds the web apps and runs the tests.
  const args = [...first, 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']
  const { code, output } = await runQuietly(program, args, { cwd: root, env: { ...env, PATH: withoutOwnBin(root, env.PATH ?? '') } })
  clearInterval(timer)
  if (code === 0) return
  const advice =
    code === 127
      ? 'install npm (it comes with Node.js) and run this again.'
      : 'check the network, the proxy and the free disk space, then run this again; `npm ci` shows every detail.'
  throw new Stop(`npm ci ended with exit code ${code}:\n${lastLines(output, 20)}`, advice)
}

/**
 * Installs the packages of the lock where they are missing or not those of the lock.
 * @param {string} root
 * @param {NodeJS.ProcessEnv} env
 */
export const ensureDependencies = async (root, env) => {
  const state = dependenciesState(root)
  if (state !== 'fresh') {
    const title = state === 'missing' ? 'packages installed' : 'packages brought up to the lock'
    await step(title, (progress) => install(root, env, progress))
  }
  const { stamp } = paths(root)
  const hash = `${lockHash(root)}\n`
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === hash) return
  try {
    writeFileSync(stamp, hash)
  } catch {
    // A read-only installation: the stamp only saves the comparison of the two locks.
  }
}
