import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { beginDatabase } from './throw-away-database.ts'

const parent = mkdtempSync(join(tmpdir(), 'voltway-cache-'))
after(() => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }))

test('it opens without a place for a prepared one too, and nothing of it stays', async () => {
  const noFolder = join(parent, 'a-file')
  writeFileSync(noFolder, '')
  const database = await beginDatabase(join(noFolder, 'cache'))
  assert.deepEqual(await (await database.opened).tenants(), [])
  assert.equal(existsSync(database.folder), true)
  await database.close()
  assert.equal(existsSync(database.folder), false)
})
