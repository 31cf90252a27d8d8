import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { selectFiles, wantDatabases } from './select-files.ts'

test('tests are found in packages, tools and e2e, not in node_modules or built folders', () => {
  const root = mkdtempSync(join(tmpdir(), 'voltway-select-'))
  const files = [
    'packages/units/src/money.test.ts',
    'packages/web/ui/src/clock.test.tsx',
    'packages/app/node_modules/x/y.test.ts',
    'packages/web/driver/dist/z.test.ts',
    'tools/bootstrap/verbs.test.mjs',
    'e2e/demo.test.ts',
    'packages/units/src/money.ts',
  ]
  for (const file of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), '')
  }
  assert.deepEqual(selectFiles(root, []), {
    quick: ['packages/units/src/money.test.ts', 'packages/web/ui/src/clock.test.tsx', 'tools/bootstrap/verbs.test.mjs'],
    slow: ['e2e/demo.test.ts'],
  })
  assert.deepEqual(selectFiles(root, ['./packages/units', 'e2e']), {
    quick: ['packages/units/src/money.test.ts'],
    slow: ['e2e/demo.test.ts'],
  })
  rmSync(root, { recursive: true })
})

test('databases are prepared where more than one file wants one', () => {
  const [app, units] = ['packages/app/b.test.ts', 'packages/units/d.test.ts']
  assert.equal(wantDatabases({ quick: ['packages/store/a.test.ts', app], slow: [] }), true)
  assert.equal(wantDatabases({ quick: [app, units], slow: ['e2e/c.test.ts'] }), true)
  assert.equal(wantDatabases({ quick: [app, units, units], slow: [] }), false)
})
