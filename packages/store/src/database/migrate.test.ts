import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { epochMs } from '@voltway/units'
import type pg from 'pg'
import { testServer } from '../testing/test-server.ts'
import { migrate } from './migrate.ts'
import { createPool } from './pool.ts'

const ours = fileURLToPath(new URL('../../migrations', import.meta.url))
const all = readdirSync(ours).sort()
const folder = mkdtempSync(join(tmpdir(), 'voltway-migrations-'))
const at = epochMs(1_750_000_000_000)
let pool: pg.Pool
let drop: () => Promise<unknown>
before(async () => {
  cpSync(ours, folder, { recursive: true })
  const server = await testServer()
  const name = server.newName()
  await server.admin.query(`create database ${name} template template0`)
  pool = createPool({ connectionString: server.urlOf(name) })
  drop = () => server.admin.query(`drop database ${name} with (force)`)
})
after(async () => {
  await pool.end()
  await drop()
  rmSync(folder, { recursive: true })
})

test('of several that start at once one migrates, and each file is applied once', async () => {
  const runs = await Promise.all([migrate(pool, at, folder), migrate(pool, at, folder), migrate(pool, at, folder)])
  assert.deepEqual(runs.flat().sort(), all)
  const { rows } = await pool.query('select name, applied_at, length(checksum) as length from voltway.migration order by name')
  assert.deepEqual(
    rows,
    all.map((name) => ({ name, applied_at: at, length: 64 })),
  )
})

test('a second run has nothing to do', async () => {
  assert.deepEqual(await migrate(pool, at, folder), [])
})

test('a file that fails changes nothing and is tried again when it is mended', async () => {
  writeFileSync(join(folder, '9001-extra.sql'), 'create table voltway.extra (id bigint);\nselect nonsense;')
  await assert.rejects(migrate(pool, at, folder), /9001-extra\.sql failed, and changed nothing/)
  writeFileSync(join(folder, '9001-extra.sql'), 'create table voltway.extra (id bigint);')
  assert.deepEqual(await migrate(pool, at, folder), ['9001-extra.sql'])
})

test('an applied file that was changed, that is missing, or that comes late is an error', async () => {
  writeFileSync(join(folder, '9001-extra.sql'), 'create table voltway.extra (id integer);')
  await assert.rejects(migrate(pool, at, folder), /9001-extra\.sql was changed after it was applied/)
  rmSync(join(folder, '9001-extra.sql'))
  await assert.rejects(migrate(pool, at, folder), /does not know/)
  writeFileSync(join(folder, '9001-extra.sql'), 'create table voltway.extra (id bigint);')
  writeFileSync(join(folder, '9000-late.sql'), 'select 1')
  await assert.rejects(migrate(pool, at, folder), /9000-late\.sql comes before/)
})
