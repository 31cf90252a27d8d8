import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { testClock } from '../testing/test-clock.ts'
import { openDatabase } from './open-database.ts'
import { copyPreparedCluster, THROW_AWAY } from './prepared-cluster.ts'

const parent = mkdtempSync(join(tmpdir(), 'voltway-prepared-'))
after(() => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }))
const cacheDirectory = join(parent, 'cache')
const folder = (name: string) => {
  const dataDirectory = join(parent, name)
  mkdirSync(dataDirectory)
  return dataDirectory
}
const prepare = (dataDirectory: string) => copyPreparedCluster({ cacheDirectory, dataDirectory, clock: testClock })
const open = (dataDirectory: string) => openDatabase({ clock: testClock, embedded: { dataDirectory, settings: THROW_AWAY } })

test('a database is made once, and each copy of it is migrated, without rows, and its own', async () => {
  mkdirSync(join(cacheDirectory, 'of-older-migrations'), { recursive: true })
  const [first, second] = [folder('first'), folder('second')]
  assert.equal(await prepare(first), true)
  const [key, ...others] = readdirSync(cacheDirectory)
  assert.deepEqual(others, [], 'what older migrations made is gone')
  const made = statSync(join(cacheDirectory, key!)).ino
  const one = await open(first)
  assert.deepEqual(one.migrated, [])
  await one.directory
    .insertInto('voltway.tenant')
    .values({ id: crypto.randomUUID(), name: 'One', created_at: 1 } as never)
    .execute()
  await one.close()
  // Whoever began it and whoever used it may both end it.
  await one.close()

  assert.equal(await prepare(second), true)
  assert.equal(statSync(join(cacheDirectory, key!)).ino, made, 'it is not made again')
  const two = await open(second)
  assert.deepEqual(two.migrated, [])
  assert.deepEqual(await two.tenants(), [])
  await two.close()
})

test('where nothing can be kept nothing is left half done: the database is made as ever', async () => {
  const file = join(parent, 'a-file')
  writeFileSync(file, '')
  const dataDirectory = folder('third')
  assert.equal(await copyPreparedCluster({ cacheDirectory: join(file, 'cache'), dataDirectory, clock: testClock }), false)
  assert.deepEqual(readdirSync(dataDirectory), [])
})
