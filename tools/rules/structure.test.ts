import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, test } from 'node:test'
import { cruise, structureRules } from './cruise.ts'
import { ROOMS } from './rooms.cjs'
import { unreadModules } from './unread-modules.ts'

const root = mkdtempSync(join(tmpdir(), 'voltway-rules-'))
after(() => rmSync(root, { recursive: true }))

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
}
const nameOf = (room: string): string => `@voltway/${room.split('/').at(-1)}`
const use = (specifier: string): string => `import { thing } from '${specifier}'\nexport const own = thing\n`

/** A room that each room must not import: the door of `app` for most, of `cli` for those who may import `app`. */
const forbiddenFor = (room: string): string => (ROOMS[room]?.includes('app') || room === 'app' ? 'web/ui' : 'app')

for (const room of [...Object.keys(ROOMS), 'newroom']) {
  write(
    `packages/${room}/package.json`,
    JSON.stringify({ name: nameOf(room), type: 'module', exports: './src/index.ts', dependencies: { kysely: '1.0.0' } }),
  )
  write(`packages/${room}/src/index.ts`, 'export const thing = 1\n')
  mkdirSync(join(root, 'node_modules/@voltway'), { recursive: true })
  symlinkSync(join(root, 'packages', room), join(root, 'node_modules', nameOf(room)))
}
for (const library of ['kysely', 'undeclared']) {
  write(`node_modules/${library}/package.json`, JSON.stringify({ name: library, version: '1.0.0', main: './dist/index.js' }))
  write(`node_modules/${library}/dist/index.js`, 'exports.thing = 1\n')
}

/** rule -> the file that breaks it and what it imports */
const planted: Record<string, readonly [file: string, specifier: string]> = {
  'every-room-has-a-rule': ['packages/newroom/src/a.ts', './index.ts'],
  'rooms-stand-alone': ['packages/app/src/uses-bench.ts', '../../../bench/load.ts'],
  'bootstrap-is-for-the-cli': ['packages/app/src/uses-bootstrap.ts', '../../../tools/bootstrap/print.mjs'],
  'pure-rooms-do-no-io': ['packages/wire/src/reads-files.ts', 'node:fs'],
  'browsers-have-no-node': ['packages/web/driver/src/reads-files.tsx', 'node:fs'],
  'domain-and-units-have-no-libraries': ['packages/domain/src/has-library.ts', 'kysely'],
  'sql-lives-in-store': ['packages/app/src/queries.ts', 'kysely'],
  'versions-do-not-meet': ['packages/app/src/ocpp/v16/borrows.ts', '../v2/handler.ts'],
  'no-cycles': ['packages/sim/src/one.ts', './two.ts'],
  'no-tests-in-code': ['packages/store/src/uses-test.ts', './some.test.ts'],
  'declared-only': ['packages/pki/src/undeclared.ts', 'undeclared'],
  resolvable: ['packages/sim/src/nothing.ts', './not-there.ts'],
}
for (const room of Object.keys(ROOMS)) {
  planted[`${room.replace('/', '-')}-imports-only`] = [`packages/${room}/src/looks-up.ts`, nameOf(forbiddenFor(room))]
}
write('bench/load.ts', 'export const thing = 1\n')
write('tools/bootstrap/print.mjs', 'export const thing = 1\n')
write('packages/app/src/ocpp/v2/handler.ts', 'export const thing = 1\n')
write('packages/sim/src/two.ts', use('./one.ts'))
write('packages/store/src/some.test.ts', 'export const thing = 1\n')
for (const [file, specifier] of Object.values(planted)) write(file, use(specifier))

const allowed: readonly (readonly [sentence: string, file: string, specifier: string])[] = [
  ['a room may import a room below it', 'packages/app/src/fine.ts', '@voltway/domain'],
  ['the store may talk to the database', 'packages/store/src/fine.ts', 'kysely'],
  ['a version may use what both share', 'packages/app/src/ocpp/v16/fine.ts', '../shared.ts'],
  ['a version may use its own', 'packages/app/src/ocpp/v2/fine.ts', './handler.ts'],
  ['a test in a pure room may read files', 'packages/wire/src/fine.test.ts', 'node:fs'],
  ['the command line program may use the bootstrap', 'packages/cli/src/fine.ts', '../../../tools/bootstrap/print.mjs'],
  ['a bench may use a room', 'bench/fine.ts', '../packages/units/src/index.ts'],
]
write('packages/app/src/ocpp/shared.ts', 'export const thing = 1\n')
for (const [, file, specifier] of allowed) write(file, use(specifier))

const typeOnly = 'packages/domain/src/type-only.ts'
write(typeOnly, "import type { Thing } from '@voltway/wire'\nexport type Own = Thing\n")
write('packages/web/ui/src/screen.tsx', "import { thing } from '@voltway/store'\nexport const Screen = () => <p>{thing}</p>\n")

const { modules, violations } = await cruise(root)
const brokenBy = (file: string): readonly string[] => violations.filter(({ from }) => from === file).map(({ rule }) => rule)

for (const [rule, [file, specifier]] of Object.entries(planted)) {
  test(`${rule}: ${file} may not import ${specifier}`, () => {
    assert.ok(brokenBy(file).includes(rule), `found only: ${brokenBy(file).join(', ') || 'nothing'}`)
  })
}
for (const [sentence, file] of allowed) {
  test(sentence, () => assert.deepEqual(brokenBy(file), []))
}

test('every rule of the structure has a planted violation here', async () => {
  assert.deepEqual([...(await structureRules()).keys()].sort(), Object.keys(planted).sort())
})

test('an import of types alone is an import', () => assert.deepEqual(brokenBy(typeOnly), ['domain-imports-only']))

test('a file with JSX is read like any other', () => {
  assert.deepEqual(brokenBy('packages/web/ui/src/screen.tsx'), ['web-ui-imports-only'])
})

test('a file that was not read, or of whose imports none was seen, is found', () => {
  const text = "import { thing } from './x.ts'\n"
  const files = ['read.ts', 'absent.ts', 'empty.ts'].map((path) => ({ path, text }))
  const seen = [
    { source: 'read.ts', dependencies: [{ module: './x.ts', resolved: 'x.ts' }] },
    { source: 'empty.ts', dependencies: [] },
  ]
  assert.deepEqual(unreadModules(files, seen), ['absent.ts', 'empty.ts'])
  assert.deepEqual(unreadModules([{ path: 'empty.ts', text: 'export const a = 1\n' }], seen), [])
})

test('the planted tree itself was read to the last file', () => {
  assert.deepEqual(
    unreadModules(
      Object.values(planted).map(([path, specifier]) => ({ path, text: use(specifier) })),
      modules,
    ),
    [],
  )
})
