import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { runVoltway, startVoltway } from './voltway-process.ts'

let folder: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'voltway-newcomer-'))
})
after(() => rm(folder, { recursive: true, force: true }))

const OWNER = { name: 'Sam Newcomer', email: 'sam@example.com', password: 'a long enough pass phrase', organisation: 'First Charging' }

const setUp = (url: string, token: string | null) =>
  fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ ...OWNER, token }),
  })
const signIn = (url: string) =>
  fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify({ email: OWNER.email, password: OWNER.password }),
  })
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')

test('an empty folder becomes an installation: one link, one owner, kept over a restart', async () => {
  const first = await startVoltway(['start', '--port', '0', '--data', folder, '--json'])
  try {
    const link = /http:\/\/\S+\/setup\?token=\S+/.exec(await first.notes(/setup\?token=/))?.[0]
    assert.ok(link)
    assert.equal((await fetch(link)).status, 200)
    const token = new URL(link).searchParams.get('token')
    assert.equal((await setUp(first.url, 'not the token')).status, 403)
    assert.ok((await setUp(first.url, token)).ok)
    assert.equal((await setUp(first.url, token)).status, 403)
    const me = await fetch(`${first.url}/api/v1/me`, { headers: { cookie: cookieOf(await signIn(first.url)) } })
    assert.deepEqual(((await me.json()) as { readonly roles: unknown }).roles, ['owner'])
  } finally {
    assert.equal(await first.stop(), 0)
  }

  const second = await startVoltway(['start', '--port', '0', '--data', folder, '--json'])
  try {
    const me = await fetch(`${second.url}/api/v1/me`, { headers: { cookie: cookieOf(await signIn(second.url)) } })
    const { user, tenant } = (await me.json()) as { readonly user: { readonly name: string }; readonly tenant: { readonly name: string } }
    assert.deepEqual([user.name, tenant.name], [OWNER.name, OWNER.organisation])
  } finally {
    assert.equal(await second.stop(), 0)
  }
  assert.doesNotMatch(await second.notes(), /setup\?token=/)
})

test('a port that is taken and settings that are wrong are named, with what to do', async () => {
  const other = createServer()
  await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening))
  const address = other.address()
  const taken = String(typeof address === 'object' && address?.port)
  const data = ['--data', folder]
  try {
    const cases: readonly (readonly [args: readonly string[], env: Readonly<Record<string, string>>, said: RegExp])[] = [
      [['--port', taken, ...data], {}, new RegExp(`VOLTWAY_PORT.*${taken}.*(in use|taken)`, 's')],
      [['--port', 'eighty', ...data], {}, /VOLTWAY_PORT is "eighty", not a whole number/],
      [data, { VOLTWAY_LOG_LEVEL: 'loud' }, /VOLTWAY_LOG_LEVEL is "loud", not one of/],
      [data, { DATABASE_URL: 'postgres://voltway@127.0.0.1:1/voltway' }, /DATABASE_URL cannot be used/],
      [data, { DATABASE_URL: 'mysql://localhost/voltway' }, /DATABASE_URL does not begin with/],
    ]
    for (const [args, env, said] of cases) {
      const { code, notes } = await runVoltway(['start', ...args], env)
      assert.notEqual(code, 0)
      assert.match(notes, said)
      assert.doesNotMatch(notes, /\n\s+at .*\.ts:\d+/, 'a person gets a message, not a stack')
    }
  } finally {
    other.close()
  }
})
