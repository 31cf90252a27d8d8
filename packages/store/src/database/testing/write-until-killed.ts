import pg from 'pg'
import { startEmbeddedPostgres } from '../embedded-postgres.ts'

// For the test of SIGKILL: writes rows one by one and prints each number when it is committed.
const server = await startEmbeddedPostgres({ dataDirectory: process.argv[2]! })
const client = new pg.Client({ connectionString: server.connectionString })
client.on('error', () => process.exit(1))
await client.connect()
await client.query('create table if not exists public.written (n integer primary key)')
const { rows } = await client.query<{ last: number }>('select coalesce(max(n), 0) as last from public.written')
const start = Math.ceil(rows[0]!.last / 1000) * 1000
for (let n = start + 1; ; n++) {
  await client.query('insert into public.written values ($1)', [n])
  process.stdout.write(`${n}\n`)
}
