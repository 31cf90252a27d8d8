import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { contentHash } from './content-hash.mjs'
import { Stop, step } from './print.mjs'
import { lastLines, runQuietly } from './run-quietly.mjs'

/**
 * @typedef {object} BuildStep
 * @property {string} title
 * @property {'generate' | 'web'} kind
 * @property {string} needs   the file without which there is nothing to build
 * @property {string} output  the folder that is built; its stamp file holds the hash of the inputs
 * @property {readonly string[]} inputs
 * @property {readonly string[]} command  arguments for Node
 * @property {string} cwd
 */

const WEB_APPS = ['console', 'driver', 'simulator']
const WEB_INPUTS = ['packages/web/ui', 'packages/client', 'packages/units', 'tsconfig.base.json', 'package-lock.json']

/** @type {readonly BuildStep[]} */
export const BUILD_STEPS = [
  {
    title: 'OCPP validators generated',
    kind: 'generate',
    needs: 'tools/ocpp-validators/build.ts',
    output: 'packages/wire/src/ocpp/generated',
    inputs: ['tools/ocpp-validators', 'packages/wire/package.json', 'package-lock.json'],
    command: ['tools/ocpp-validators/build.ts'],
    cwd: '.',
  },
  ...WEB_APPS.map((app) => ({
    title: `${app} web app built`,
    kind: /** @type {const} */ ('web'),
    needs: `packages/web/${app}/vite.config.ts`,
    output: `packages/web/${app}/dist`,
    inputs: [`packages/web/${app}`, ...WEB_INPUTS],
    command: [join('..', '..', '..', 'node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'],
    cwd: `packages/web/${app}`,
  })),
]

/** @param {string} root @param {BuildStep} build */
const stampOf = (root, build) => join(root, build.output, '.voltway-inputs')

/**
 * @param {string} root
 * @param {BuildStep} build
 * @returns {'absent' | 'missing' | 'stale' | 'fresh'} absent: this clone has nothing to build there
 */
export const buildState = (root, build) => {
  if (!existsSync(join(root, build.needs))) return 'absent'
  const stamp = stampOf(root, build)
  if (!existsSync(stamp)) return 'missing'
  return readFileSync(stamp, 'utf8') === contentHash(root, build.inputs) ? 'fresh' : 'stale'
}

/** @param {string} root @param {BuildStep} build @param {{ path: string, env: NodeJS.ProcessEnv }} node */
const runBuild = async (root, build, node) => {
  const hash = contentHash(root, build.inputs)
  const { code, output } = await runQuietly(node.path, build.command, { cwd: join(root, build.cwd), env: node.env })
  if (code !== 0) {
    throw new Stop(
      `${build.title}: failed with exit code ${code}.\n${lastLines(output, 25)}`,
      `run it alone: cd ${build.cwd} && node ${build.command.join(' ')}`,
    )
  }
  if (!existsSync(join(root, build.output))) throw new Stop(`${build.title}: it wrote nothing to ${build.output}.`)
  writeFileSync(stampOf(root, build), hash)
}

/**
 * Runs what is missing or stale: generators one after the other, then the web apps two at a time.
 * @param {string} root
 * @param {{ path: string, env: NodeJS.ProcessEnv }} node
 * @param {{ web: boolean }} wanted
 */
export const ensureBuilt = async (root, node, wanted) => {
  const due = BUILD_STEPS.filter((build) => ['missing', 'stale'].includes(buildState(root, build)))
  for (const build of due.filter(({ kind }) => kind === 'generate')) await step(build.title, () => runBuild(root, build, node))
  if (!wanted.web) return
  const queue = due.filter(({ kind }) => kind === 'web')
  const worker = async () => {
    for (let build = queue.shift(); build; build = queue.shift()) {
      const next = build
      await step(next.title, () => runBuild(root, next, node))
    }
  }
  await Promise.all([worker(), worker()])
}
