import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createIngestWriter, type StoredFact } from '@voltway/store'
import { type ChargingStationId, type TenantId, watts } from '@voltway/units'
import { hashIdToken } from '../../identity/hash-id-token.ts'
import { planSites } from '../../jobs/plan-sites.ts'
import { projectFacts } from '../../jobs/project-facts.ts'
import { createRememberedFacts } from '../../jobs/remembered-facts.ts'
import { metered, started } from '../../jobs/testing/job-world.ts'
import { createRememberedDays } from '../../planning/remembered-days.ts'
import { inlinePlanner } from '../../planning/testing/inline-planner.ts'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let site: string
before(async () => {
  it = await openTestApp()
  site = `/api/v1/sites/${it.seeded.siteIds[0]}`
  const linksOf = async () => () => true
  it.station.gateway = { ...it.station.gateway, linksOf, perform: async () => ({ accepted: true }) }
})
after(() => it.close())

/** Reports facts of the first station, and lets the jobs run. */
const report = async (facts: readonly StoredFact[]) => {
  const [tenantId, stationId] = [it.seeded.tenantId as TenantId, it.seeded.stations[0]?.id as ChargingStationId]
  const writer = createIngestWriter(it.services.db)
  await writer.write([{ tenantId, stationId, frame: undefined, facts }], [tenantId])
  await writer.close()
  const services = {
    ...it.services,
    network: it.services.clock,
    push: { publicKey: '', send: async () => {} },
    planner: inlinePlanner,
    remembered: createRememberedFacts(),
    pastDays: createRememberedDays(),
    siteLooks: new Map(),
  }
  for (const job of [projectFacts, planSites, planSites]) await job.run(services, tenantId)
}

test('a site is steered where it has a limit, until it is told otherwise', async () => {
  const get = async () => (await it.ask('GET', `${site}/plan`, { key: it.key })).body
  assert.deepEqual(await get(), { steering: true })
  const off = await it.ask('PATCH', site, { key: it.key, body: { steering: false } })
  assert.deepEqual([off.status, off.body.steering], [200, false])
  assert.deepEqual(await get(), { steering: false })
  await it.ask('PATCH', site, { key: it.key, body: { steering: true, gridLimitW: 30_000 } })
})

test('the plan says what each car may draw, why, and what all draw together; the session shows it beside what was measured', async () => {
  const now = it.services.clock.now()
  const card = { idTokenHash: hashIdToken('04A1B2C3one', it.services.secrets.hmacKey), idTokenLastFour: '3ONE' }
  await report([{ ...started(now), ...card } as StoredFact, { ...metered(now, 1_000), powerW: watts(0) } as StoredFact])
  const { plan } = (await it.ask('GET', `${site}/plan`, { key: it.key })).body
  assert.ok(plan)
  assert.deepEqual([plan.limitW, plan.reasons, plan.shortfallWh, plan.costGap?.micros], [30_000, ['first'], 0, '0'])
  assert.equal(plan.total?.[0]?.powerW, 30_000)
  const car = plan.cars?.[0]
  assert.deepEqual([car?.stationName, car?.curve?.[0]?.powerW, car?.why], ['A1', 30_000, { code: 'soonest' }])

  const series = (await it.ask('GET', `/api/v1/sessions/${car?.sessionId}/series`, { key: it.key })).body
  assert.equal(series.planned?.[0]?.powerW, 30_000)
  assert.deepEqual(series.allowed, series.planned)
  assert.deepEqual(series.steering, { allowedW: 30_000, shortfallWh: 0, code: 'soonest' })
  const power = (await it.ask('GET', `${site}/power?to=${new Date(now + 1_800_000).toISOString()}`, { key: it.key })).body
  const points = Object.values(power.points ?? {})
  assert.ok(
    points.some(({ plannedW }) => Number(plannedW) === 30_000),
    'the site shows it, too',
  )
})

test('another organisation sees no plan', async () => {
  assert.equal((await it.ask('GET', `${site}/plan`, { key: it.otherKey })).status, 404)
})
