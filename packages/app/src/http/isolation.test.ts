import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { OpenApi } from '../../../../tools/client-generator/open-api.ts'
import { openApiDocument } from './openapi-document.ts'
import { openTestApp, type TestApp } from './testing/test-app.ts'

let it: TestApp
let document: OpenApi
before(async () => {
  it = await openTestApp()
  document = JSON.parse(await openApiDocument())
})
after(() => it.close())

interface Described {
  readonly method: string
  readonly path: string
  readonly access: string
  readonly stream: boolean
}
const routes = (): readonly Described[] =>
  Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      method: method.toUpperCase(),
      path,
      access: String((operation as { readonly 'x-access'?: string })['x-access']),
      stream: operation['x-stream'] === true,
    })),
  )

const fill = (path: string, id: string) =>
  path
    .replace(/\{id\}/g, id)
    .replace('{kind}', 'pv')
    .replace(/\{\w+\}/g, 'Reset')

/** A body that passes validation, so that what is refused is the id and nothing else. */
const BODIES: Readonly<Record<string, unknown>> = {
  'PUT /api/v1/tariffs/{id}': 'own tariff',
  'PUT /api/v1/sites/{id}/tariff': { tariffId: '01890000-0000-7000-8000-000000000000' },
  'PUT /api/v1/sites/{id}/forecasts/{kind}': { items: [{ from: '2026-06-15T10:00:00Z', to: '2026-06-15T11:00:00Z', powerW: 1_000 }] },
  'POST /api/v1/sessions/{id}/release': { decision: 'bill', reason: 'checked' },
  'POST /api/v1/drivers/{id}/contracts': { emaid: 'DEVTWC00000001', pcid: 'VTWPC0000000000001' },
  'POST /api/v1/drivers/{id}/tokens': { type: 'rfid', token: '04FFEE01', label: 'Card' },
}

test('every route that is not public answers 401 to a stranger, also with nonsense for ids and bodies', async () => {
  const closed = routes().filter(({ access }) => access !== 'public')
  assert.ok(closed.length > 60, `only ${closed.length} routes are closed`)
  for (const { method, path } of closed) {
    const answer = await it.ask(method, fill(path, 'x'), method === 'GET' ? {} : { body: {} })
    assert.equal(answer.status, 401, `${method} ${path}`)
    assert.equal(answer.body.code, 'NOT_SIGNED_IN')
  }
})

test('every route with an id answers 404 to another tenant for ids that exist', async () => {
  const { tenantId } = it.seeded
  const own = async (url: string) => (await it.ask('GET', url, { key: it.key })).body
  const alarmId = '01890000-0000-7000-8000-000000000009'
  const ids: Readonly<Record<string, string>> = {
    sites: it.seeded.siteIds[0] ?? '',
    stations: it.seeded.stations[0]?.id ?? '',
    tariffs: Object.values(it.seeded.tariffIds)[0] ?? '',
    drivers: it.seeded.drivers[0]?.id ?? '',
    tokens: String((await own('/api/v1/tokens')).items?.[0]?.id),
    'api-keys': String((await own('/api/v1/api-keys')).items?.[0]?.id),
    vehicles: it.seeded.drivers[0]?.vehicleIds[0] ?? '',
  }
  assert.ok(tenantId)
  const dana = await it.signIn('dana@two.example')
  let tried = 0
  for (const { method, path, access } of routes()) {
    if (!path.includes('{id}')) continue
    const noun = path.split('/').at(path.split('/').indexOf('{id}') - 1) ?? ''
    const asked = BODIES[`${method} ${path}`]
    const body = asked === 'own tariff' ? { definition: (await own(`/api/v1/tariffs/${ids.tariffs}`)).definition } : asked
    const caller = access === 'driver' ? { cookie: dana } : { key: it.otherKey }
    const answer = await it.ask(method, fill(path, ids[noun] ?? alarmId), { ...caller, ...(method !== 'GET' && { body: body ?? {} }) })
    assert.equal(answer.status, 404, `${method} ${path}: ${answer.text}`)
    tried++
  }
  assert.ok(tried > 30, `only ${tried} routes have an id`)
  // The same ids exist for their own tenant, so the answers above were not about typing errors.
  for (const noun of ['sites', 'stations', 'tariffs', 'drivers'])
    assert.equal((await it.ask('GET', `/api/v1/${noun}/${ids[noun]}`, { key: it.key })).status, 200)
})

test('no public or driver answer names an OCPP identity', async () => {
  const identity = it.seeded.stations[0]?.identity ?? ''
  const code = it.seeded.stations[0]?.evses[0]?.code ?? ''
  const cookie = await it.signIn('dana@one.example')
  const open = routes().filter(
    ({ access, method, path, stream }) =>
      (access === 'public' || access === 'driver') && method === 'GET' && !path.includes('{id}') && !stream,
  )
  assert.ok(open.length > 8)
  for (const { path, access } of open) {
    const answer = await it.ask('GET', path.replace('{code}', code), access === 'driver' ? { cookie } : {})
    assert.ok(answer.status < 500, `${path}: ${answer.text}`)
    assert.ok(!answer.text.includes(identity), path)
  }
})
