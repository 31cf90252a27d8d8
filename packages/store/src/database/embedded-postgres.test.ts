import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres.ts'
import { processMark } from './process-mark.ts'

const parent = mkdtempSync(join(tmpdir(), 'voltway-embedded-'))
const dataDirectory = join(parent, 'data')
after(() => rmSync(parent, { recursive: true, force: true, maxRetries: 5 }))

const query = async (server: EmbeddedPostgres, text: string) => {
  const client = new pg.Client({ connectionString: server.connectionString })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
const socketDirectory = (server: EmbeddedPostgres) => new URL(server.connectionString).searchParams.get('host') ?? ''

const withServer = async (work: (server: EmbeddedPostgres) => Promise<void>) => {
  const server = await startEmbeddedPostgres({ dataDirectory })
  try {
    await work(server)
  } finally {
    await server.stop()
  }
}

/** A process that starts the server, writes rows one by one and prints each number when it is committed. */
const startWriter = () =>
  spawn(process.execPath, [fileURLToPath(new URL('./testing/write-until-killed.ts', import.meta.url)), dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })

const linesOf = (child: ChildProcess) => createInterface({ input: child.stdout! })

test('it is durable, hears on no network, and its role may not bypass row-level security', async () => {
  await withServer(async (server) => {
    const rows = await query(
      server,
      `select current_user as role, rolsuper, rolbypassrls, rolcreatedb, pg_get_userbyid(datdba) as owner, datcollate, pg_encoding_to_char(encoding) as encoding,
        current_setting('fsync') as fsync, current_setting('synchronous_commit') as sync, current_setting('listen_addresses') as listen
       from pg_roles, pg_database where rolname = current_user and datname = current_database()`,
    )
    assert.deepEqual(rows, [
      {
        role: 'voltway',
        rolsuper: false,
        rolbypassrls: false,
        rolcreatedb: false,
        owner: 'voltway',
        datcollate: 'C',
        encoding: 'UTF8',
        fsync: 'on',
        sync: 'on',
        listen: '',
      },
    ])
    const superuser = new pg.Client({ connectionString: server.connectionString.replace('voltway@', 'postgres@') })
    await assert.rejects(superuser.connect(), /pg_hba/)
  })
})

test('a second start on the same directory says which process holds it, and the first goes on', async () => {
  await withServer(async (server) => {
    await assert.rejects(startEmbeddedPostgres({ dataDirectory }), new RegExp(`in use by process ${process.pid} `))
    assert.deepEqual(await query(server, 'select 1 as one'), [{ one: 1 }])
  })
})

test('stopping removes the socket and the lock', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory })
  await server.stop()
  await server.exited
  assert.equal(existsSync(socketDirectory(server)), false)
  assert.equal(existsSync(join(dataDirectory, 'postgres.lock')), false)
})

test('killed with SIGKILL, again and again: the server ends too, and every committed row is there after the next start', async () => {
  for (const rows of [25, 60]) {
    const child = startWriter()
    const exited = once(child, 'exit')
    let committed = 0
    for await (const line of linesOf(child)) {
      committed = Number(line)
      if (committed % 1000 >= rows) break
    }
    const lock = JSON.parse(readFileSync(join(dataDirectory, 'postgres.lock'), 'utf8'))
    const server = Number(readFileSync(join(dataDirectory, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
    child.kill('SIGKILL')
    await exited
    await withServer(async (next) => {
      assert.equal(await processMark(server), undefined)
      assert.equal(existsSync(lock.socketDirectory), false)
      const [row] = await query(next, 'select max(n) as last, count(*)::int as count from public.written')
      assert.ok(row.last >= committed, `${row.last} rows were kept, ${committed} acknowledged`)
    })
  }
})

test('a number that another process was given since is not taken for the server or the holder', async () => {
  const [holder, postmaster] = [join(dataDirectory, 'postgres.lock'), join(dataDirectory, 'postgres', 'postmaster.pid')]
  writeFileSync(holder, JSON.stringify({ pid: process.ppid, mark: 'another boot 1', socketDirectory: dirname(parent) }))
  writeFileSync(postmaster, `${process.ppid}\n`)
  await withServer(async (server) => assert.deepEqual(await query(server, 'select 1 as one'), [{ one: 1 }]))
  assert.ok(existsSync(dirname(parent)), 'only directories of ours are removed')
})

test('a data directory of another major version is left alone, with advice', async () => {
  const version = join(dataDirectory, 'postgres', 'PG_VERSION')
  const ours = readFileSync(version, 'utf8')
  writeFileSync(version, '14\n')
  await assert.rejects(startEmbeddedPostgres({ dataDirectory }), /made by PostgreSQL 14, this is \d+.*DATABASE_URL/)
  writeFileSync(version, ours)
})
