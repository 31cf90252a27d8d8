import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs, HOUR, isoOf, type TenantId } from '@voltway/units'
import { sql } from 'kysely'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let dana: string
let eli: string
/** Of 22 kW on three phases, at one site. */
let codes: readonly string[]
before(async () => {
  it = await openTestApp()
  dana = await it.signIn('dana@one.example')
  eli = await it.signIn('eli@one.example')
  const evses = [{ currentType: 'AC', maxPowerW: 22_000, connectors: [{ standard: 'IEC_62196_T2' }] }]
  const stations = []
  for (const name of ['S1', 'S2']) {
    const body = { siteId: it.seeded.siteIds[0], name, identity: `CS-${name}`, evses }
    const answer = await it.ask('POST', '/api/v1/stations', { key: it.key, body })
    assert.equal(answer.status, 201, answer.text)
    stations.push(answer.body.station)
  }
  codes = stations.map((station) => String(station?.evses?.[0]?.code))
})
after(() => it.close())

const inHours = (hours: number) => isoOf(epochMs(it.services.clock.now() + hours * HOUR))
const site = () => `/api/v1/sites/${it.seeded.siteIds[0]}`
const limit = (gridLimitW: number | null) => it.ask('PATCH', site(), { key: it.key, body: { gridLimitW } })
const phaseLimits = (phaseLimitsA: readonly number[] | undefined) =>
  it.ask('PUT', `${site()}/energy`, { key: it.key, body: { ...(phaseLimitsA && { phaseLimitsA }) } })
const stationsCan = (capabilities: object) =>
  it.services.db.inTenant(it.seeded.tenantId as TenantId, (tx) =>
    sql`update voltway.charging_station set capabilities = ${JSON.stringify(capabilities)}::jsonb`.execute(tx),
  )
const switching = { switchesPhases: true, rateUnits: ['A'] }

const wish = async (cookie: string, at: { readonly evse: number; readonly from: number; readonly hours: number; readonly wh: number }) => {
  const [arrival, departure] = [inHours(at.from), inHours(at.from + at.hours)]
  const body = { evseCode: codes[at.evse], arrival, departure, energyWh: at.wh }
  const answer = await it.ask('POST', '/api/v1/driver/plans', { cookie, body })
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}
type Wished = Awaited<ReturnType<typeof wish>>
const plansOf = (body: Wished) => Object.values(body.plans ?? {})
const powersOf = (plan: ReturnType<typeof plansOf>[number] | undefined) =>
  Object.values(plan?.curve ?? {}).map(({ powerW, limitW }) => Number(limitW ?? powerW))
const accept = (cookie: string, body: Wished) =>
  it.ask('POST', '/api/v1/driver/reservations', { cookie, body: { offer: String(plansOf(body)[0]?.offer) } })

test('where too little is left for three phases, a station that switches still gives on one, in its whole amperes', async () => {
  await limit(3_000)
  await stationsCan({ rateUnits: ['A'] })
  const without = await wish(dana, { evse: 0, from: 1, hours: 2, wh: 5_000 })
  assert.deepEqual([plansOf(without), String(without.impossible?.code)], [[], 'powerLimits'])
  await stationsCan(switching)
  const offered = await wish(dana, { evse: 0, from: 1, hours: 2, wh: 5_000 })
  assert.equal(offered.impossible, undefined)
  const [plan] = plansOf(offered)
  assert.deepEqual([Number(plan?.phases), Number(plan?.energyWh)], [1, 5_000])
  assert.ok(
    powersOf(plan).every((power) => power <= 13 * 230 && power >= 6 * 230),
    `${powersOf(plan)}`,
  )
  const { status, body } = await accept(dana, offered)
  assert.deepEqual([status, Number(body.plan?.phases)], [201, 1])
  const next = await wish(eli, { evse: 1, from: 1, hours: 2, wh: 1_000 })
  assert.ok(
    plansOf(next).every((one) => Number(one.energyWh) < 1_000),
    'what is promised on one phase is promised',
  )
})

test('where three phases do as well they are used, and what their steps cannot say is not promised', async () => {
  await limit(5_000)
  await stationsCan(switching)
  const [plan] = plansOf(await wish(dana, { evse: 0, from: 10, hours: 1, wh: 4_500 }))
  assert.equal(plan?.phases, undefined)
  assert.ok(
    powersOf(plan).every((power) => power <= 7 * 690),
    `${powersOf(plan)}`,
  )
  // 7 A on each of three are the most of 5 kW that its station can be told: 20 A on one are less.
  const most = await wish(dana, { evse: 0, from: 10, hours: 1, wh: 5_000 })
  assert.deepEqual([Number(most.impossible?.shortfallWh), plansOf(most)[0]?.phases], [5_000 - 4_830, undefined])
})

test('a promise on one phase takes that phase’s current alone', async () => {
  await limit(null)
  await phaseLimits([40, 8, 8])
  await stationsCan(switching)
  const first = await wish(dana, { evse: 0, from: 20, hours: 1, wh: 7_000 })
  assert.deepEqual([Number(plansOf(first)[0]?.phases), Number(plansOf(first)[0]?.energyWh)], [1, 7_000])
  assert.equal((await accept(dana, first)).status, 201)
  // 40 A less 31 leave L1 9 A: all three still carry 8.
  const second = await wish(eli, { evse: 1, from: 20, hours: 1, wh: 5_000 })
  assert.deepEqual([Number(plansOf(second)[0]?.energyWh), plansOf(second)[0]?.phases], [5_000, undefined])
  assert.equal((await accept(eli, second)).status, 201)
  await phaseLimits(undefined)
})

test('of two who accept the current of one phase at once, one is promised it', async () => {
  await limit(null)
  await phaseLimits([32, 5, 5])
  await stationsCan(switching)
  const wishes = [
    await wish(dana, { evse: 0, from: 30, hours: 1, wh: 6_000 }),
    await wish(eli, { evse: 1, from: 30, hours: 1, wh: 6_000 }),
  ] as const
  const answers = await Promise.all([accept(dana, wishes[0]), accept(eli, wishes[1])])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
  await phaseLimits(undefined)
})
