/**
 * @typedef {{ args: readonly string[], web: boolean }} Plan what to run on the pinned Node, and whether it needs the web apps
 */

const CLI = 'packages/cli/src/main.ts'

/** @param {readonly string[]} filters */
const reachesBrowserTests = (filters) => {
  const paths = filters.filter((filter) => !filter.startsWith('-'))
  return paths.length === 0 || paths.some((path) => path.includes('e2e') || path.includes('packages/web'))
}

/** @type {Readonly<Record<string, (rest: readonly string[]) => Plan>>} */
const VERBS = {
  start: (rest) => ({ args: [CLI, 'start', ...rest], web: true }),
  demo: (rest) => ({ args: [CLI, 'demo', ...rest], web: true }),
  test: (rest) => ({ args: ['tools/test/main.ts', ...rest], web: reachesBrowserTests(rest) }),
  rules: (rest) => ({ args: ['tools/rules/main.ts', ...rest], web: false }),
  types: (rest) => ({ args: ['tools/types/main.ts', ...rest], web: false }),
  lint: (rest) => ({ args: ['node_modules/@biomejs/biome/bin/biome', 'check', '.', ...rest], web: false }),
  build: () => ({ args: [], web: true }),
  run: (rest) => ({ args: rest, web: false }),
}

export const verbNames = Object.keys(VERBS)

/**
 * @param {readonly string[]} argv
 * @returns {Plan | undefined} undefined when there is no such verb
 */
export const planFor = ([verb, ...rest]) => (verb !== undefined && Object.hasOwn(VERBS, verb) ? VERBS[verb]?.(rest) : undefined)
