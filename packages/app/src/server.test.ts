import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { openTestDatabase } from '@voltway/store/testing'
import { WebSocket } from 'ws'
import { systemClock } from './clock.ts'
import { loadConfig } from './config.ts'
import { testPlan } from './http/testing/test-plan.ts'
import { quietLog } from './log.ts'
import { seedTenant } from './seed/seed-tenant.ts'
import { type RunningServer, startServer } from './server.ts'

let server: RunningServer
let directory: string
let database: Awaited<ReturnType<typeof openTestDatabase>>
before(async () => {
  directory = await mkdtemp(join(tmpdir(), 'voltway-server-'))
  database = await openTestDatabase({ clock: systemClock })
  const config = loadConfig({ DATABASE_URL: database.connectionString, VOLTWAY_DATA_DIRECTORY: directory, VOLTWAY_PORT: '0' })
  assert.ok(config.ok, JSON.stringify(config))
  server = await startServer({ config: config.value, log: quietLog })
})
after(async () => {
  await server.close()
  await database.close()
  await rm(directory, { recursive: true, force: true })
})

const get = async (path: string, headers: Readonly<Record<string, string>> = {}) => fetch(`${server.url}${path}`, { headers })

/** Reads server-sent events until one of a type comes. */
const eventOf = async (response: Response, type: string): Promise<Record<string, unknown>> => {
  assert.ok(response.body)
  let text = ''
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    text += chunk
    const found = text.split('\n\n').find((event) => event.includes(`event: ${type}\n`))
    if (found) return JSON.parse(/^data: (.*)$/m.exec(found)?.[1] ?? '{}')
  }
  throw new Error('the stream ended')
}

test('a new installation prints a one-time link, and it works once', async () => {
  const url = server.setUpUrl()
  assert.ok(url)
  const token = new URL(url).searchParams.get('token')
  const send = () =>
    fetch(`${server.url}/api/v1/setup`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token, name: 'Ann', email: 'ann@first.example', password: 'correct horse battery', organisation: 'First' }),
    })
  assert.equal((await send()).status, 201)
  assert.equal((await send()).status, 403)
  assert.equal(server.setUpUrl(), undefined)
})

test('live and ready are answered, metrics carry our names and no station', async () => {
  assert.equal((await get('/livez')).status, 200)
  assert.equal((await get('/readyz')).status, 200)
  const metrics = await (await get('/metrics')).text()
  for (const name of [
    'voltway_ocpp_links',
    'voltway_sessions',
    'voltway_evses',
    'voltway_energy_delivered_joules_total',
    'voltway_charging_attempts_total',
    'voltway_ocpp_calls_total',
    'voltway_ocpp_call_duration_seconds',
    'voltway_jobs_lag_seconds',
    'voltway_http_request_duration_seconds',
  ])
    assert.ok(metrics.includes(name), name)
  assert.ok(!metrics.includes('CS-'))
})

test('the reference page and the document are served, with a policy that runs no inline script', async () => {
  assert.equal((await get('/api/reference/')).status, 200)
  const answer = await get('/api/v1/openapi.json')
  assert.match(await answer.text(), /^\{"openapi":"3\.1\.0"/)
  const policy = answer.headers.get('content-security-policy') ?? ''
  assert.match(policy, /script-src 'self'/)
  assert.ok(!/script-src[^;]*unsafe-inline/.test(policy))
})

test('a seeded station connects with its password, and its operator sees it come online live', async () => {
  const seeded = await seedTenant(server.services, testPlan('live'))
  const [station] = seeded.stations
  assert.ok(station)
  const authorization = `Bearer ${seeded.apiKeys[0]?.key}`
  const events = await get('/api/v1/events', { authorization })
  assert.equal(events.headers.get('content-type'), 'text/event-stream; charset=utf-8')
  const basic = Buffer.from(`${station.identity}:${station.password}`).toString('base64')
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ocpp/${station.identity}`, 'ocpp1.6', {
    headers: { authorization: `Basic ${basic}` },
  })
  await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject))
  const event = await eventOf(events, 'station.connected')
  assert.equal(JSON.stringify(event).includes(station.identity), false)
  assert.match(await (await get(`/api/v1/stations/${station.id}`, { authorization })).text(), /"online":true/)
  socket.close()
})
