import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { openTestDatabase } from '@voltway/store/testing'
import type { CheckInput } from './check.ts'
import { checkDataFolder } from './check-data-folder.ts'
import { checkDatabase, placeOf } from './check-database.ts'
import { checkEmbeddedPostgres } from './check-embedded-postgres.ts'
import { checkPackages } from './check-packages.ts'
import { checkPinnedNode } from './check-pinned-node.ts'
import { checkPlatform } from './check-platform.ts'
import { checkPort } from './check-port.ts'
import { checkSettings } from './check-settings.ts'

const root = resolve(import.meta.dirname, '../../../..')
const here: CheckInput = {
  root,
  env: process.env,
  platform: process.platform,
  arch: process.arch,
  userId: process.getuid?.(),
  host: '127.0.0.1',
  port: 0,
  dataDirectory: resolve(root, 'voltway-data'),
  databaseUrl: undefined,
}

test('this installation has its platform, packages, Node and PostgreSQL', async () => {
  for (const check of [checkPlatform, checkPackages, checkPinnedNode, checkEmbeddedPostgres]) {
    const { state, detail } = await check(here)
    assert.equal(state, 'ok', detail)
  }
})

test('an unsupported platform is told what works instead', async () => {
  const solaris = await checkPlatform({ ...here, platform: 'sunos' })
  assert.equal(solaris.state, 'failed')
  assert.match(solaris.advice ?? '', /DATABASE_URL/)
  assert.match((await checkPlatform({ ...here, platform: 'win32' })).advice ?? '', /WSL/)
})

test('a folder with nothing installed is told to install', async () => {
  const empty = { ...here, root: resolve(root, 'docs-that-do-not-exist') }
  assert.match((await checkPackages(empty)).advice ?? '', /npm ci/)
  assert.match((await checkEmbeddedPostgres(empty)).advice ?? '', /npm ci, or set DATABASE_URL/)
})

test('a taken port is named, with how to choose another', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const finding = await checkPort({ ...here, port })
  server.close()
  assert.equal(finding.state, 'failed')
  assert.match(finding.detail, new RegExp(`^${port} is taken`))
  assert.match(finding.advice ?? '', /--port/)
})

test('an address that is not of this machine is named, with how to give another', async () => {
  const finding = await checkPort({ ...here, host: '192.0.2.1' })
  assert.match(`${finding.state} ${finding.detail}`, /^failed 192\.0\.2\.1 is not an address/)
  assert.match(finding.advice ?? '', /--host \(VOLTWAY_HOST\)/)
})

test('the data folder must be one that can be written, or be made below one', async () => {
  const look = (dataDirectory: string) => checkDataFolder({ ...here, dataDirectory })
  assert.match((await look(import.meta.dirname)).detail, /can be written$/)
  assert.match((await look(resolve(import.meta.dirname, 'none/yet'))).detail, /none\/yet can be made$/)
  for (const wrong of [import.meta.filename, resolve(import.meta.filename, 'below')]) {
    const finding = await look(wrong)
    assert.equal(finding.state, 'failed', finding.detail)
    assert.match(finding.advice ?? '', /--data \(VOLTWAY_DATA_DIRECTORY\)/)
  }
})

test('every setting that is wrong is named, a flag goes before its variable, and the rest is looked at all the same', () => {
  const wrong = checkSettings({ VOLTWAY_SECRET: 'short', VOLTWAY_PORT: '18101' }, { port: '99999' })
  assert.equal(wrong.finding.state, 'failed')
  assert.match(wrong.finding.detail, /VOLTWAY_PORT is "99999".*; VOLTWAY_SECRET has 5 characters/)
  assert.equal(wrong.config.port, 8080)
  const right = checkSettings({ VOLTWAY_PORT: '18101' }, { data: '/somewhere' })
  assert.equal(right.finding.state, 'ok')
  assert.deepEqual([right.config.port, right.config.dataDirectory], [18101, '/somewhere'])
})

test('a database is looked for only when one is named, and its password is never shown', async () => {
  const look = async (databaseUrl: string) => checkDatabase({ ...here, databaseUrl })
  assert.equal((await look('')).state, 'skipped')
  const away = await look('postgres://voltway:geheim@127.0.0.1:1/voltway')
  assert.match(`${away.state} ${away.detail}`, /^failed 127\.0\.0\.1:1 cannot be used: ECONNREFUSED$/)
  assert.match((await look('mysql://there')).detail, /no PostgreSQL URL/)
  const server = createServer((socket) => socket.end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const other = await look(`postgres://voltway:geheim@127.0.0.1:${port}/voltway`)
  server.close()
  assert.equal(other.state, 'failed', 'what listens there is no PostgreSQL')
  assert.ok(!JSON.stringify([away, other]).includes('geheim'))
})

test('a database is asked for its version and its role', async () => {
  const database = await openTestDatabase()
  const finding = await checkDatabase({ ...here, databaseUrl: database.connectionString })
  await database.close()
  assert.equal(finding.state, 'ok', JSON.stringify(finding))
  assert.match(finding.detail, /is PostgreSQL \d+\.\d+, role \w+, database voltway_test/)
})

test('a PostgreSQL URL names its place, with the usual port and an IPv6 address', () => {
  assert.deepEqual(placeOf('postgresql://u@db.example/v'), { host: 'db.example', port: 5432 })
  assert.deepEqual(placeOf('postgres://u@[::1]:6000/v'), { host: '::1', port: 6000 })
})

test('the program runs the doctor and prints one JSON object', async () => {
  const program = resolve(root, 'packages/cli/bin/voltway.mjs')
  const text = await new Promise<string>((done) => {
    execFile(process.execPath, [program, 'doctor', '--json', '--port', '18100'], (_error, stdout) => done(stdout))
  })
  const { ok, checks } = JSON.parse(text)
  assert.equal(typeof ok, 'boolean')
  assert.ok(checks.some((finding: { check: string; state: string }) => finding.check === 'platform' && finding.state === 'ok'))
})
