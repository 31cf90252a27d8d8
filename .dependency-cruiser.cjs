// The structure of the house. `npm run rules` fails when one of these is broken; each has a planted violation as its test.
const { ROOMS } = require('./tools/rules/rooms.cjs')

const TEST = '(\\.test\\.tsx?$|/testing/)'
const SETTINGS = '(vite|vitest)\\.config\\.ts$'
const path = (room) => `^packages/${room}/`
const LIBRARIES = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-bundled']
const error = (name, comment, from, to) => ({ name, severity: 'error', comment, from, to })

const roomRules = Object.entries(ROOMS).map(([room, allowed]) =>
  error(
    `${room.replace('/', '-')}-imports-only`,
    `${room} may import ${allowed.join(', ') || 'no other room'}`,
    { path: path(room) },
    { path: '^packages/', pathNot: [room, ...allowed].map(path) },
  ),
)

module.exports = {
  forbidden: [
    ...roomRules,
    error(
      'every-room-has-a-rule',
      'a new room must first be given its line in tools/rules/rooms.cjs',
      { path: '^packages/', pathNot: Object.keys(ROOMS).map(path) },
      {},
    ),
    error(
      'rooms-stand-alone',
      'packages never import tools, bench or e2e (the command line program may use the bootstrap, to check a clone)',
      { path: '^packages/', pathNot: TEST },
      { path: '^(tools|bench|e2e)/', pathNot: '^tools/bootstrap/[^/]+\\.mjs$' },
    ),
    error(
      'bootstrap-is-for-the-cli',
      'only the command line program knows the bootstrap',
      { path: '^packages/', pathNot: '^packages/cli/' },
      { path: '^tools/bootstrap/' },
    ),
    error(
      'pure-rooms-do-no-io',
      'no node: modules in units, wire and domain: take what you need as an argument',
      { path: '^packages/(units|wire|domain)/', pathNot: TEST },
      { dependencyTypes: ['core'] },
    ),
    error(
      'browsers-have-no-node',
      'web apps and the API client run in a browser',
      { path: '^packages/(web|client)/', pathNot: [TEST, SETTINGS, '^packages/client/(generate|build)'] },
      { dependencyTypes: ['core'] },
    ),
    error(
      'domain-and-units-have-no-libraries',
      'they are plain TypeScript',
      { path: '^packages/(units|domain)/', pathNot: TEST },
      { path: 'node_modules/', dependencyTypes: LIBRARIES },
    ),
    error(
      'sql-lives-in-store',
      'only store talks to the database: ask it with a function in domain words',
      { path: '^packages/', pathNot: ['^packages/store/', TEST] },
      { path: '(^|/)node_modules/(kysely|pg|pg-native|postgres|better-sqlite3)/' },
    ),
    error(
      'versions-do-not-meet',
      'v16 and v2 know nothing of each other: what they share stands one folder up',
      { path: '^packages/.+/(v16|v2)/' },
      { path: '^packages/.+/(v16|v2)/', pathNot: '/$1/' },
    ),
    error('no-cycles', 'two modules that need each other are one, or lack a third below them', {}, { circular: true }),
    error('no-tests-in-code', 'code does not import tests', { pathNot: '\\.test\\.(tsx?|mjs)$' }, { path: '\\.test\\.(tsx?|mjs)$' }),
    error(
      'declared-only',
      'import what the package.json of your room names',
      { path: '^packages/', pathNot: [TEST, SETTINGS] },
      // Links between rooms are of no kind that is known here: tools/rules/undeclared-rooms.ts looks at those.
      { path: 'node_modules/', dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'undetermined'] },
    ),
    error('resolvable', 'the imported module does not exist', {}, { couldNotResolve: true, pathNot: '^virtual:' }),
  ],
  options: {
    // TypeScript 7 has no parser for other programs: with the default one, nothing is read, and nothing is found wrong.
    parser: 'swc',
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    doNotFollow: { path: 'node_modules' },
    // Only our own built folders: most libraries live in a dist folder of theirs.
    exclude: { path: '^packages/([^/]+|web/[^/]+)/dist/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.cjs', '.json'],
    },
  },
}
