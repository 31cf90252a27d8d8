import assert from 'node:assert/strict'
import { test } from 'node:test'
import { checkSource, LONGEST_FILE, sourceRuleNames } from './source-rules.ts'
import { sourceText } from './source-text.ts'
import { undeclaredRooms } from './undeclared-rooms.ts'

const broken = (path: string, text: string): readonly string[] => checkSource({ path, text }).map(({ rule, line }) => `${rule}:${line}`)

const IN_APP = 'packages/app/src/sessions.ts'
// Put together from two halves, so that this file does not break what it tests.
const silenced = `// @ts-${'ignore'}`

/** rule, file, text that breaks it in its second line */
const planted: readonly (readonly [rule: string, path: string, line: string])[] = [
  ['time-is-an-argument', IN_APP, 'const now = Date.now()'],
  ['time-is-an-argument', 'packages/domain/src/a.ts', 'const now = new Date()'],
  ['time-is-an-argument', 'packages/sim/src/a.ts', 'const now = Temporal.Now.instant()'],
  ['time-is-an-argument', 'packages/app/src/a.ts', 'const text = `at $' + '{Date.now()}`'],
  ['waiting-is-an-argument', IN_APP, 'setTimeout(() => {}, 10)'],
  ['waiting-is-an-argument', 'packages/vehicle/src/a.ts', 'const timer = globalThis.setInterval(work, 10)'],
  ['chance-is-an-argument', 'packages/units/src/a.ts', 'const n = Math.random()'],
  ['environment-is-configuration', 'packages/store/src/a.ts', 'const url = process.env.DATABASE_URL'],
  ['no-time-in-sql', 'packages/store/src/a.ts', 'await sql`update session set ended_at = now()`.execute(tx)'],
  ['no-time-in-sql', 'packages/store/migrations/9.sql', 'create table a (at timestamptz default current_timestamp);'],
  ['queries-live-in-store', IN_APP, "await tx.selectFrom('session').execute()"],
  ['queries-live-in-store', IN_APP, 'await sql<Row>`select 1`.execute(tx)'],
  ['types-are-not-escaped', 'tools/a.ts', 'const a = b as unknown as C'],
  ['checks-are-not-silenced', 'packages/web/ui/src/a.tsx', silenced],
  ['all-tests-run', 'packages/app/src/a.test.ts', "test.only('one', () => {})"],
]
for (const [rule, path, line] of planted) {
  test(`${rule}: ${path} may not say ${line}`, () => assert.deepEqual(broken(path, `const first = 1\n${line}\n`), [`${rule}:2`]))
}

test('files-are-short: a file may have 400 lines and not one more; a migration may', () => {
  const lines = (count: number): string => 'x\n'.repeat(count)
  assert.deepEqual(broken('packages/web/ui/src/a.css', lines(LONGEST_FILE)), [])
  assert.deepEqual(broken('packages/web/ui/src/a.css', lines(LONGEST_FILE + 1)), ['files-are-short:401'])
  assert.deepEqual(broken('packages/store/migrations/1.sql', lines(1000)), [])
})

test('every rule on source text has a planted violation here', () => {
  assert.deepEqual([...new Set([...planted.map(([rule]) => rule), 'files-are-short'])].sort(), [...sourceRuleNames].sort())
})

const fine: readonly (readonly [sentence: string, path: string, text: string])[] = [
  ['a clock adapter reads the time', 'packages/app/src/clock.ts', 'Date.now(); setTimeout(f, 1)'],
  ['main reads the environment', 'packages/app/src/main.ts', 'process.env.PORT'],
  ['config reads the environment', 'packages/cli/src/config.ts', 'process.env.VOLTWAY_URL'],
  ['a test may wait', 'packages/app/src/a.test.ts', 'setTimeout(done, 10)'],
  ['a comment may speak of the time', IN_APP, '// not Date.now()\n/* nor\n new Date() */'],
  ['a message may speak of the time', IN_APP, "const text = 'Date.now() is not allowed'"],
  ['a date of a given moment is fine', IN_APP, 'new Date(at)'],
  ['the injected clock may be asked', 'packages/store/src/a.ts', 'const at = clock.now()\nconst b = now()'],
  ['a timer of the injected clock is fine', IN_APP, 'clock.setTimeout(work, 10)'],
  ['a comment in SQL may speak of now()', 'packages/store/migrations/9.sql', '-- never now()\nselect 1;'],
  [
    "the identity library's SQL is its own",
    'packages/store/migrations/0100-auth.sql',
    'create table a (at timestamptz default current_timestamp);',
  ],
  ['a browser has its own time', 'packages/web/driver/src/a.tsx', 'setInterval(tick, 1000); Date.now()'],
]
for (const [sentence, path, text] of fine) {
  test(sentence, () => assert.deepEqual(broken(path, text), []))
}

test('a text is taken apart into code and strings of the same length and lines', () => {
  const text =
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text under test holds a template
    "const a = 'it''s' // 'x'\nconst b = `one ${two + `three ${4}` + { five: '6' }.five} seven`\nconst c = /['\"`]/.test(d) / 2 // e\n"
  const { code, strings } = sourceText(text)
  assert.equal(code.length, text.length)
  assert.equal(strings.length, text.length)
  assert.equal(code.split('\n').length, text.split('\n').length)
  for (const word of ['two', 'five:', 'const c', '/ 2']) assert.ok(code.includes(word), `${word} is code`)
  for (const word of ['one', 'three', 'seven', "'6'"]) assert.ok(strings.includes(word) && !code.includes(word), `${word} is a string`)
  for (const word of ["'x'", '// e']) assert.ok(!code.includes(word) && !strings.includes(word), `${word} is neither`)
})

test('a room is imported only when package.json names it; tests may use what they like', () => {
  const rooms = [
    { folder: 'packages/app', name: '@voltway/app', dependencies: new Set(['@voltway/wire']) },
    { folder: 'packages/wire', name: '@voltway/wire', dependencies: new Set<string>() },
    { folder: 'packages/store', name: '@voltway/store', dependencies: new Set<string>() },
  ]
  const imports = (source: string, module: string) => ({ source, dependencies: [{ module, resolved: '' }] })
  const found = undeclaredRooms(
    [
      imports('packages/app/src/a.ts', '@voltway/wire/ocpp'),
      imports('packages/app/src/b.ts', '@voltway/store'),
      imports('packages/app/src/b.test.ts', '@voltway/store'),
      imports('packages/app/src/c.ts', 'kysely'),
    ],
    rooms,
  )
  assert.deepEqual(
    found.map(({ from, to }) => [from, to]),
    [['packages/app/src/b.ts', '@voltway/store']],
  )
})
