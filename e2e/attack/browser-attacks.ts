import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { People } from './people.ts'
import { PASSWORD } from './town-plan.ts'

/** What other people's pages, proxies and caches may do to somebody who is signed in. */
export const browserAttacks = (peopleOf: () => People) => {
  const signIn = (
    email: string,
    password: string,
    more: { readonly from?: string; readonly headers?: Readonly<Record<string, string>> } = {},
  ) => {
    const { town } = peopleOf()
    return town.ask('POST', '/api/auth/sign-in/email', {
      body: { email, password },
      ...more,
      headers: { origin: town.url, ...more.headers },
    })
  }

  test("the session's cookie is out of reach for scripts and for other sites, and its token is nowhere else", async () => {
    const answer = await signIn('owner@one.example', PASSWORD)
    const session = answer.cookies.find((cookie) => cookie.includes('session_token')) ?? ''
    assert.match(session, /; *HttpOnly/i)
    assert.match(session, /; *SameSite=(Lax|Strict)/i)
    assert.match(session, /; *Path=\//i)
    assert.doesNotMatch(session, /Domain=/i)
    const token = decodeURIComponent(session.split(/[=;]/)[1] ?? '').split('.')[0] ?? ''
    assert.ok(token.length > 10 && !answer.text.includes(token))
  })

  test("another site's page changes nothing with a visitor's cookie", async () => {
    const { town, owner } = peopleOf()
    const sites = async () => Object.keys((await town.ask('GET', '/api/v1/sites', { key: town.key })).body.items ?? {}).length
    const before = await sites()
    const foreign = [
      'https://evil.example',
      'null',
      `${town.url}.evil.example`,
      town.url.replace('127.0.0.1', 'localhost'),
      town.url.replace('http:', 'https:'),
      'http://127.0.0.1',
    ]
    for (const origin of foreign) {
      const answer = await town.ask('POST', '/api/v1/sites', { cookie: owner, body: {}, headers: { origin } })
      assert.equal(answer.status, 403, origin)
      const out = await town.ask('POST', '/api/auth/sign-out', { cookie: owner, body: {}, headers: { origin } })
      assert.equal(out.status, 403, origin)
    }
    // The same address, written so that it does not look like it.
    for (const path of ['/%61pi/v1/sites', '/api%2Fv1/sites', '/simulator-api/stations', `${town.url}/api/v1/sites`]) {
      const answer = await town.ask('POST', path, { cookie: owner, body: {}, headers: { origin: 'https://evil.example' } })
      assert.equal(answer.status, 403, path)
    }
    const bare = { cookie: owner, 'content-type': 'text/plain' }
    assert.equal((await town.ask('POST', '/api/v1/sites', { body: '{}', headers: bare })).status, 403)
    const form = { ...bare, 'content-type': 'application/x-www-form-urlencoded', origin: town.url }
    assert.ok([400, 415].includes((await town.ask('POST', '/api/v1/sites', { body: 'name=x', headers: form })).status))
    assert.equal(await sites(), before)
    assert.equal((await town.ask('GET', '/api/v1/me', { cookie: owner })).status, 200)
  })

  test('no header makes one method another, and none opens answers to other sites', async () => {
    const { town, owner } = peopleOf()
    const tariff = `/api/v1/tariffs/${town.one.tariffIds.flat}`
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      const answer = await town.ask('GET', tariff, { cookie: owner, headers: { [name]: 'DELETE' } })
      assert.equal(answer.status, 200)
    }
    const answer = await town.ask('GET', '/api/v1/me', { cookie: owner, headers: { origin: 'https://evil.example' } })
    assert.equal(answer.headers['access-control-allow-origin'], undefined)
    const asked = await town.ask('OPTIONS', '/api/v1/me', {
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    })
    assert.equal(asked.headers['access-control-allow-origin'], undefined)
    for (const method of ['TRACE', 'PROPFIND'])
      assert.ok([400, 404, 405, 501].includes((await town.ask(method, '/api/v1/me')).status), method)
  })

  test('no answer repeats the Host that a request claims', async () => {
    const { town, owner } = peopleOf()
    const code = town.one.stations[0]?.evses[0]?.code
    for (const path of [`/q/${code}`, `/api/v1/public/evses/${code}/qr.svg`, '/console', '/', '/api/v1/me', '/api/reference']) {
      const headers = {
        host: 'evil.example',
        'x-forwarded-host': 'evil.example',
        'x-forwarded-proto': 'https',
        forwarded: 'host=evil.example',
      }
      const answer = await town.ask('GET', path, { cookie: owner, headers })
      assert.ok(!answer.text.includes('evil.example') && !String(answer.headers.location).includes('evil.example'), path)
    }
  })

  test('what is personal is kept by no cache, and every answer says what it is', async () => {
    const { town, owner, dana, sessionId } = peopleOf()
    const driver = town.one.drivers[0]?.id
    const pages: readonly (readonly [cookie: string, path: string])[] = [
      ...[
        '/me',
        '/drivers',
        `/drivers/${driver}`,
        '/tokens',
        '/sessions',
        `/sessions/${sessionId}`,
        `/sessions/${sessionId}/receipt`,
        `/sessions/${sessionId}/receipt.pdf`,
        '/ledger',
        '/api-keys',
        '/nowhere',
      ].map((path) => [owner, path] as const),
      ...[
        '/driver/profile',
        '/driver/sessions',
        `/driver/sessions/${sessionId}/receipt`,
        '/driver/reservations',
        '/driver/notifications',
      ].map((path) => [dana, path] as const),
    ]
    for (const [cookie, path] of pages) {
      const { headers } = await town.ask('GET', `/api/v1${path}`, { cookie })
      assert.match(String(headers['cache-control']), /no-store/, path)
      assert.equal(headers['x-content-type-options'], 'nosniff', path)
      assert.match(String(headers['content-security-policy']), /script-src 'self'(;|$)/, path)
    }
  })

  test('guessing passwords ends in 429 whatever address a guesser claims, and others still sign in', async () => {
    const statuses: number[] = []
    for (let round = 0; round < 36; round++) {
      const headers = { 'x-forwarded-for': `10.0.0.${round}`, 'x-real-ip': `10.0.0.${round}`, 'x-voltway-client-ip': `10.0.0.${round}` }
      statuses.push((await signIn('owner@one.example', `wrong password ${round}`, { from: '127.0.10.1', headers })).status)
    }
    assert.deepEqual([...new Set(statuses)].sort(), [401, 429])
    assert.equal(statuses.at(-1), 429)
    assert.equal((await signIn('viewer@one.example', PASSWORD, { from: '127.0.10.2' })).status, 200)
    const known = await signIn('eli@one.example', 'wrong password', { from: '127.0.10.3' })
    const unknown = await signIn('nobody@one.example', 'wrong password', { from: '127.0.10.3' })
    assert.deepEqual([known.status, known.text], [unknown.status, unknown.text])
  })

  test('no path leads out of the folders of the apps', async () => {
    const { town } = peopleOf()
    for (const prefix of ['/', '/console/', '/console/assets/', '/simulator/', '/assets/', '/api/reference/static/'])
      for (const climb of [
        '../../package.json',
        '..%2f..%2f..%2fpackage.json',
        '%2e%2e/%2e%2e/%2e%2e/package.json',
        '..%5c..%5cpackage.json',
        '....//....//package.json',
        '%252e%252e%252fpackage.json',
        '../../../../../../etc/passwd',
        '..;/..;/package.json',
        '%00../package.json',
        '.git/config',
        '//etc/passwd',
      ]) {
        const answer = await town.ask('GET', `${prefix}${climb}`, { from: '127.0.10.4' })
        assert.ok(
          !answer.text.includes('"workspaces"') && !answer.text.includes('root:') && !answer.text.includes('[core]'),
          `${prefix}${climb}`,
        )
        assert.ok(answer.status < 500, `${prefix}${climb}: ${answer.status}`)
      }
  })
}
