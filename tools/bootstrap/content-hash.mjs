import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'

const SKIPPED = new Set(['node_modules', 'dist', 'generated', 'coverage', '.git'])
const TEST = /\.test\.[cm]?[jt]sx?$/

/** Every file under a path, sorted; nothing when the path is absent. Built things and tests are left out.
 * @param {string} path @returns {string[]} */
export const sourceFiles = (path) => {
  if (!existsSync(path)) return []
  if (statSync(path).isFile()) return TEST.test(path) ? [] : [path]
  const names = readdirSync(path).filter((name) => !SKIPPED.has(name))
  return names.sort().flatMap((name) => sourceFiles(join(path, name)))
}

/**
 * A hash of names and contents, independent of times and of where the project lies.
 * @param {string} root
 * @param {readonly string[]} inputs paths relative to root: files or folders
 */
export const contentHash = (root, inputs) => {
  const hash = createHash('sha256')
  for (const file of inputs.flatMap((input) => sourceFiles(join(root, input)))) {
    const content = readFileSync(file)
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}
