import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { test } from 'node:test'

const HEAD = "import { test } from 'node:test'\n"
const main = resolve(import.meta.dirname, 'main.ts')

/** Runs the project's test command over a folder that holds these files; the runner cannot run inside itself. */
const runOver = async (files: Readonly<Record<string, string>>): Promise<{ code: number; lines: readonly string[] }> => {
  const root = await mkdtemp(join(tmpdir(), 'voltway-test-'))
  try {
    await mkdir(join(root, 'tools'), { recursive: true })
    for (const [name, text] of Object.entries(files)) await writeFile(join(root, 'tools', name), text)
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined }
    return await new Promise((done) => {
      execFile(process.execPath, [main], { cwd: root, env }, (error, stdout) => {
        done({ code: error === null ? 0 : Number(error.code), lines: stdout.split('\n') })
      })
    })
  } finally {
    await rm(root, { recursive: true })
  }
}

test('a good run ends with the closing line and exit code 0', async () => {
  const { code, lines } = await runOver({ 'a.test.mjs': `${HEAD}test('one', () => {})\ntest('two', { skip: 'no data' }, () => {})` })
  assert.equal(lines.at(-2), '1 passed, 0 failed, 1 skipped')
  assert.equal(code, 0)
})

test('a failing test is shown with its file and its message, and fails the run', async () => {
  const { code, lines } = await runOver({ 'a.test.mjs': `${HEAD}test('one', () => { throw new Error('it broke') })` })
  assert.equal(lines.at(-2), '0 passed, 1 failed, 0 skipped')
  assert.ok(lines.some((line) => line.includes('tools/a.test.mjs:2')))
  assert.ok(lines.some((line) => line.includes('it broke')))
  assert.equal(lines.at(-4), '✘ tools/a.test.mjs › one: Error: it broke')
  assert.equal(code, 1)
})

test('the closing lines say what was compared, in one line without a stack', async () => {
  const file = `import assert from 'node:assert/strict'\n${HEAD}test('one', () => assert.deepEqual(['too small'], [], 'the plan'))`
  const { lines } = await runOver({ 'a.test.mjs': file })
  assert.match(lines.at(-4) ?? '', /^✘ tools\/a\.test\.mjs › one: AssertionError.*the plan.*too small/)
  assert.doesNotMatch(lines.at(-4) ?? '', / at file:/)
})

const SECOND_TIME = `import { existsSync, writeFileSync } from 'node:fs'
${HEAD}test('steady', () => {})
test('hasty', () => {
  if (existsSync('ran')) return
  writeFileSync('ran', '')
  throw new Error('too early')
})`

test('what failed is run once more, alone; what passes then is counted once, and called unsteady', async () => {
  const { code, lines } = await runOver({ 'a.test.mjs': SECOND_TIME, 'b.test.mjs': `${HEAD}test('other', () => {})` })
  assert.equal(lines.at(-2), '3 passed, 0 failed, 0 skipped')
  assert.equal(lines.at(-4), '~ unsteady, it passed when it was run again alone: tools/a.test.mjs › hasty: Error: too early')
  assert.equal(code, 0)
})

test('where many files fail none is run again', async () => {
  const { code, lines } = await runOver({
    'a.test.mjs': SECOND_TIME,
    ...Object.fromEntries(['b', 'c', 'd'].map((name) => [`${name}.test.mjs`, `${HEAD}test('no', () => { throw new Error('broken') })`])),
  })
  assert.equal(lines.at(-2), '1 passed, 4 failed, 0 skipped')
  assert.ok(!lines.some((line) => line.includes('once more')))
  assert.equal(code, 1)
})

test('a file that cannot be loaded and a file without tests each count as a failure', async () => {
  const { code, lines } = await runOver({ 'a.test.mjs': "throw new Error('at load')", 'b.test.mjs': 'export const nothing = 1' })
  assert.equal(lines.at(-2), '0 passed, 2 failed, 0 skipped')
  assert.equal(code, 1)
})

test('a run in which no test passed is a failure even when none failed', async () => {
  const { code, lines } = await runOver({})
  assert.equal(lines.at(-2), '0 passed, 0 failed, 0 skipped')
  assert.equal(code, 1)
})
