import { globSync } from 'node:fs'

const PATTERNS = ['packages', 'tools', 'bench', 'e2e'].map((folder) => `${folder}/**/*.{ts,tsx,mjs,cjs,css,sql}`)
const NOT_OURS = /(^|\/)(node_modules|dist|generated|coverage|test-results)(\/|$)/

/** Files written by people, relative to the root: generated and built ones are left out. */
export const sourceFiles = (root: string): readonly string[] =>
  [...globSync(PATTERNS, { cwd: root, exclude: (path) => NOT_OURS.test(path) }), ...globSync('*.mjs', { cwd: root })]
    .filter((file) => !NOT_OURS.test(file))
    .sort()

/** The ones whose imports are read. */
export const isModule = (file: string): boolean => /\.(ts|tsx)$/.test(file) && !file.endsWith('.d.ts')
