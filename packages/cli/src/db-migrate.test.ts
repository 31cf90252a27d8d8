import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createBareDatabase } from '@voltway/store/testing'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'

const run = async (...argv: readonly string[]) => {
  const out: string[] = []
  const notes: string[] = []
  const surroundings = { env: {}, root: '/', out: (text: string) => void out.push(text), note: (text: string) => void notes.push(text) }
  const code = await runCommand(REGISTRY, argv, surroundings)
  return { code, out: out.join('\n'), notes: notes.join('\n') }
}

test('db migrate brings a database up to date, and one that is has nothing to do', async () => {
  const database = await createBareDatabase()
  try {
    const url = ['--database-url', database.url]
    const first = JSON.parse((await run('db', 'migrate', '--json', ...url)).out)
    assert.ok(first.migrated.length > 0)
    assert.deepEqual(JSON.parse((await run('db', 'migrate', '--json', ...url)).out), { migrated: [] })
    assert.deepEqual(await run('db', 'migrate', ...url), { code: 0, out: 'The database was up to date.', notes: '' })
  } finally {
    await database.close()
  }
})

test('db migrate names the setting of a database that is not there', async () => {
  const { code, notes } = await run('db', 'migrate', '--database-url', 'postgres://a:b@127.0.0.1:1/x')
  assert.equal(code, 1)
  assert.match(notes, /DATABASE_URL cannot be used: .*ECONNREFUSED/)
})
