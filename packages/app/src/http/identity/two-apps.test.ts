import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { ORIGIN, openTestApp, PASSWORD, type TestApp } from '../testing/test-app.ts'

let it: TestApp
before(async () => {
  it = await openTestApp()
})
after(() => it.close())

/** A browser: one jar of cookies for both apps. */
const openBrowser = () => {
  const jar = new Map<string, string>()
  const ask = async (app: 'console' | 'driver' | undefined, method: string, url: string, body?: object) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { origin: ORIGIN, ...(app && { 'x-voltway-app': app }) }
    const answer = await it.ask(method, url, { ...(cookie && { cookie }), headers, ...(body && { body }) })
    for (const text of [answer.headers['set-cookie'] ?? []].flat().map(String)) {
      const [pair = ''] = text.split(';')
      const at = pair.indexOf('=')
      if (/max-age=0/i.test(text)) jar.delete(pair.slice(0, at))
      else jar.set(pair.slice(0, at), pair.slice(at + 1))
    }
    return answer
  }
  const signIn = async (app: 'console' | 'driver', email: string) =>
    assert.equal((await ask(app, 'POST', '/api/auth/sign-in/email', { email, password: PASSWORD })).status, 200)
  const who = async (app: 'console' | 'driver' | undefined) => {
    const { status, body } = await ask(app, 'GET', '/api/v1/me')
    return status === 200 ? String(body.user?.email) : status
  }
  return { jar, ask, signIn, who }
}

test('an operator and a driver are signed in at once in one browser, each to their own app, and sign out each for themselves', async () => {
  const { jar, ask, signIn, who } = openBrowser()
  await signIn('console', 'owner@one.example')
  assert.equal(await who('driver'), 401, 'who is signed in to the console is nobody in the driver app')
  await signIn('driver', 'dana@one.example')
  assert.deepEqual([...jar.keys()].toSorted(), ['voltway-driver.session_token', 'voltway.session_token'])
  assert.deepEqual([await who('console'), await who('driver')], ['owner@one.example', 'dana@one.example'])
  // A stream or a link cannot say which app it is of: its address does.
  assert.equal((await ask(undefined, 'GET', '/api/v1/driver/sessions')).status, 200)
  assert.equal((await ask(undefined, 'GET', '/api/v1/sessions')).status, 200)
  assert.equal((await ask('driver', 'GET', '/api/v1/sessions')).status, 403, 'the driver app never speaks as the operator')
  assert.equal((await ask('driver', 'POST', '/api/auth/sign-out', {})).status, 200)
  assert.deepEqual([await who('console'), await who('driver')], ['owner@one.example', 401])
  await signIn('driver', 'eli@one.example')
  assert.equal((await ask('console', 'POST', '/api/auth/sign-out', {})).status, 200)
  assert.deepEqual([await who('console'), await who('driver')], [401, 'eli@one.example'])
})

test('a driver who signs up is signed in to the driver app, also where nothing names the app', async () => {
  const { jar, ask, who } = openBrowser()
  const up = await ask(undefined, 'POST', '/api/auth/sign-up/email', { name: 'Gil', email: 'gil@one.example', password: PASSWORD })
  assert.equal(up.status, 200, up.text)
  assert.deepEqual([...jar.keys()], ['voltway-driver.session_token'])
  assert.deepEqual([await who('console'), await who('driver'), await who(undefined)], [401, 'gil@one.example', 'gil@one.example'])
})

test('a cookie that was changed opens nothing', async () => {
  const { jar, signIn, who } = openBrowser()
  await signIn('driver', 'dana@one.example')
  const token = jar.get('voltway-driver.session_token') ?? ''
  jar.set('voltway-driver.session_token', `${token.slice(0, 10)}x${token.slice(11)}`)
  assert.equal(await who('driver'), 401)
})
