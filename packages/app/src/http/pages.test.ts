import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import { createApp } from './create-app.ts'
import { openTestApp, PASSWORD, type TestApp } from './testing/test-app.ts'

let it: TestApp
let app: FastifyInstance
let root: string
before(async () => {
  it = await openTestApp({ VOLTWAY_SIGN_INS_PER_MINUTE: '3', VOLTWAY_REQUESTS_PER_MINUTE: '40', VOLTWAY_OPEN_SIGN_UP: 'false' })
  root = await mkdtemp(join(tmpdir(), 'voltway-pages-'))
  for (const name of ['driver', 'console', 'simulator']) {
    await mkdir(join(root, name, 'assets'), { recursive: true })
    await writeFile(join(root, name, 'index.html'), `<!doctype html><title>${name}</title>`)
    await writeFile(join(root, name, 'assets', 'main-abcdefgh.js'), `// ${name}`)
  }
  app = await createApp(it.services, {
    webRoots: { driver: join(root, 'driver'), console: join(root, 'console'), simulator: join(root, 'simulator') },
  })
})
after(async () => {
  await app.close()
  await it.close()
  await rm(root, { recursive: true, force: true })
})
const get = (url: string) => app.inject({ method: 'GET', url })

for (const [url, text] of [
  ['/', 'driver'],
  ['/console/', 'console'],
  ['/simulator/', 'simulator'],
  ['/start/VW12345678', 'driver'],
  ['/console/stations/1', 'console'],
  ['/simulator/fleet', 'simulator'],
  ['/console', 'console'],
] as const)
  test(`${url} shows the ${text} app`, async () => {
    const answer = await get(url)
    assert.equal(answer.statusCode, 200)
    assert.match(answer.payload, new RegExp(`<title>${text}</title>`))
    assert.equal(answer.headers['cache-control'], 'no-cache')
    assert.ok(answer.headers['content-security-policy'])
  })

test('hashed files are kept for ever, files that are not there are not pages of scripts', async () => {
  const file = await get('/console/assets/main-abcdefgh.js')
  assert.equal(file.payload, '// console')
  assert.match(String(file.headers['cache-control']), /immutable/)
  assert.equal((await get('/console/assets/gone-abcdefgh.js')).statusCode, 404)
  const outside = await get('/console/..%2f..%2fetc/passwd')
  assert.ok(!outside.payload.includes('root:'))
})

test('a QR code leads to the start page of its connector', async () => {
  const answer = await get('/q/VW12345678')
  assert.equal(answer.statusCode, 302)
  assert.equal(answer.headers.location, '/start/VW12345678')
})

test('an unknown API address is a problem, not a page', async () => {
  const answer = await get('/api/v1/nowhere')
  assert.equal(answer.statusCode, 404)
  assert.equal(answer.json().code, 'ROUTE_NOT_FOUND')
})

test('sign-up is refused where it is closed', async () => {
  const payload = { name: 'New', email: 'new@one.example', password: PASSWORD }
  const answer = await app.inject({ method: 'POST', url: '/api/auth/sign-up/email', payload })
  assert.equal(answer.json().code, 'SIGN_UP_CLOSED')
})

test('passwords cannot be tried without end, whatever address a header claims, and not to the harm of others', async () => {
  const attempt = (remoteAddress: string, headers = {}) =>
    app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: 'owner@one.example', password: 'wrong password' },
      remoteAddress,
      headers,
    })
  const statuses: number[] = []
  for (let index = 0; index < 6; index++)
    statuses.push(
      (await attempt('192.0.2.1', { 'x-forwarded-for': `198.51.100.${index}`, 'x-voltway-client-ip': `198.51.100.${index}` })).statusCode,
    )
  assert.deepEqual(statuses, [401, 401, 401, 429, 429, 429])
  assert.equal((await attempt('192.0.2.2')).statusCode, 401)
})

test('one address asks only so often, and health is not counted', async () => {
  const statuses = new Set<number>()
  for (let index = 0; index < 60; index++)
    statuses.add((await app.inject({ method: 'GET', url: '/api/v1/me', remoteAddress: '192.0.2.9' })).statusCode)
  assert.deepEqual([...statuses], [401, 429])
  assert.equal((await app.inject({ method: 'GET', url: '/livez', remoteAddress: '192.0.2.9' })).statusCode, 200)
})
