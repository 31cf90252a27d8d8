import { globSync } from 'node:fs'

const QUICK = ['packages/**/*.test.ts', 'packages/**/*.test.tsx', 'tools/**/*.test.ts', 'tools/**/*.test.mjs', 'bench/**/*.test.ts']
const SLOW = ['e2e/**/*.test.ts']
const IGNORED = /(^|\/)(node_modules|dist)(\/|$)/

/** The files in the two runs of `npm test`: quick ones side by side, process and browser tests one at a time. */
export interface Selection {
  readonly quick: readonly string[]
  readonly slow: readonly string[]
}

/** A file is asked for when no filter is given or its path contains one of them. */
export const isAskedFor = (file: string, filters: readonly string[]): boolean =>
  filters.length === 0 || filters.some((filter) => file.includes(filter.replace(/^\.\//, '')))

const find = (root: string, patterns: readonly string[], filters: readonly string[]): readonly string[] =>
  globSync([...patterns], { cwd: root, exclude: (path) => IGNORED.test(path) })
    .filter((file) => !IGNORED.test(file) && isAskedFor(file, filters))
    .sort()

/** Test files of the project, as paths relative to its root. */
export const selectFiles = (root: string, filters: readonly string[]): Selection => ({
  quick: find(root, QUICK, filters),
  slow: find(root, SLOW, filters),
})

const ON_DATABASE = /^(packages\/(app|cli|store)|e2e)\//

/** Whether so many files want a database that preparing one pays. */
export const wantDatabases = ({ quick, slow }: Selection): boolean =>
  [...quick, ...slow].filter((file) => ON_DATABASE.test(file)).length > 1
