import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { buildState, ensureBuilt } from './build-steps.mjs'
import { contentHash } from './content-hash.mjs'

const root = mkdtempSync(join(tmpdir(), 'voltway-build-'))
after(() => rmSync(root, { recursive: true }))
const build = /** @type {const} */ ({
  title: 'thing built',
  kind: 'generate',
  needs: 'in/build.ts',
  output: 'out',
  inputs: ['in'],
  command: [],
  cwd: '.',
})

test('the state of a build follows its inputs', () => {
  assert.equal(buildState(root, build), 'absent')
  mkdirSync(join(root, 'in'))
  writeFileSync(join(root, 'in', 'build.ts'), 'one')
  assert.equal(buildState(root, build), 'missing')
  mkdirSync(join(root, 'out'))
  writeFileSync(join(root, 'out', '.voltway-inputs'), contentHash(root, ['in']))
  assert.equal(buildState(root, build), 'fresh')
  writeFileSync(join(root, 'in', 'build.ts'), 'two')
  assert.equal(buildState(root, build), 'stale')
})

test('a hash changes with a name and a content, and not with a test or a built folder', () => {
  const before = contentHash(root, ['in'])
  writeFileSync(join(root, 'in', 'build.test.ts'), 'a test')
  mkdirSync(join(root, 'in', 'dist'))
  writeFileSync(join(root, 'in', 'dist', 'x.js'), 'built')
  assert.equal(contentHash(root, ['in', 'absent']), before)
  renameSync(join(root, 'in', 'build.ts'), join(root, 'in', 'compile.ts'))
  assert.notEqual(contentHash(root, ['in']), before)
})

test('a generator that fails stops everything, with its output and how to run it alone', async () => {
  mkdirSync(join(root, 'tools', 'ocpp-validators'), { recursive: true })
  writeFileSync(join(root, 'tools', 'ocpp-validators', 'build.ts'), "throw new Error('the schema is broken')")
  await assert.rejects(
    ensureBuilt(root, { path: process.execPath, env: process.env }, { web: false }),
    /the schema is broken[\s\S]*run it alone/,
  )
})
