import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { epochMs, HOUR, isoOf } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let dana: string
let eli: string
before(async () => {
  it = await openTestApp()
  dana = await it.signIn('dana@one.example')
  eli = await it.signIn('eli@one.example')
})
after(() => it.close())

const inHours = (hours: number) => isoOf(epochMs(it.services.clock.now() + hours * HOUR))
/** The first station has a DC EVSE of 50 kW and an AC one of 22. */
const wish = async (
  cookie: string,
  evse: number,
  { from, to, wh }: { readonly from: number; readonly to: number; readonly wh: number },
) => {
  const body = { evseCode: it.seeded.stations[0]?.evses[evse]?.code, arrival: inHours(from), departure: inHours(to), energyWh: wh }
  const answer = await it.ask('POST', '/api/v1/driver/plans', { cookie, body })
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}
const plansOf = (body: Awaited<ReturnType<typeof wish>>) => Object.values(body.plans ?? {})
const offerOf = (body: Awaited<ReturnType<typeof wish>>) => String(plansOf(body)[0]?.offer)
const accept = (cookie: string, offer: string) => it.ask('POST', '/api/v1/driver/reservations', { cookie, body: { offer } })
const limit = (gridLimitW: number | null) => it.ask('PATCH', `/api/v1/sites/${it.seeded.siteIds[0]}`, { key: it.key, body: { gridLimitW } })
const powers = (plan: ReturnType<typeof plansOf>[number] | undefined) =>
  Object.values(plan?.curve ?? {}).map(({ powerW, limitW }) => Number(limitW ?? powerW))

test('a plan is offered within what the site has not promised to others, and says what is missing', async () => {
  await limit(50_000)
  const first = await wish(dana, 0, { from: 1, to: 2, wh: 40_000 })
  assert.equal((await accept(dana, offerOf(first))).status, 201)
  // 40 kWh in that hour take 50 kW for 48 minutes: what is left of it are 12.
  const second = await wish(eli, 1, { from: 1, to: 2, wh: 20_000 })
  assert.equal(String(second.impossible?.code), 'powerLimits', JSON.stringify(second.impossible))
  assert.ok(plansOf(second).every((plan) => Number(plan.energyWh) < 5_000))
  const later = await wish(eli, 1, { from: 1, to: 4, wh: 20_000 })
  assert.equal(later.impossible, undefined)
  assert.ok(plansOf(later).length > 0)
})

test('of two drivers who accept the same capacity at once, one is promised it and the other is told', async () => {
  await limit(50_000)
  const [one, two] = [await wish(dana, 0, { from: 10, to: 11, wh: 45_000 }), await wish(eli, 1, { from: 10, to: 11, wh: 20_000 })]
  const answers = await Promise.all([accept(dana, offerOf(one)), accept(eli, offerOf(two))])
  assert.deepEqual(answers.map(({ status }) => status).toSorted(), [201, 409])
  assert.equal(String(answers.find(({ status }) => status === 409)?.body.code), 'SITE_FULL')
})

test('who accepts a slot that is taken is told that, also where its owner has all the power of the site', async () => {
  await limit(50_000)
  const [one, two] = [await wish(dana, 0, { from: 15, to: 16, wh: 45_000 }), await wish(eli, 0, { from: 15, to: 16, wh: 45_000 })]
  assert.equal((await accept(dana, offerOf(one))).status, 201)
  const refused = await accept(eli, offerOf(two))
  assert.deepEqual([refused.status, String(refused.body.code)], [409, 'SLOT_TAKEN'])
})

test('both are promised theirs where the site has room for both', async () => {
  await limit(72_000)
  const [one, two] = [await wish(dana, 0, { from: 20, to: 21, wh: 45_000 }), await wish(eli, 1, { from: 20, to: 21, wh: 20_000 })]
  const answers = await Promise.all([accept(dana, offerOf(one)), accept(eli, offerOf(two))])
  assert.deepEqual(
    answers.map(({ status }) => status),
    [201, 201],
  )
})

test('while a site is capped no more is promised than the cap leaves', async () => {
  await limit(72_000)
  const put = (powerW: number) =>
    it.ask('PUT', `/api/v1/sites/${it.seeded.siteIds[0]}/forecasts/cap`, {
      key: it.key,
      body: { items: [{ from: inHours(30), to: inHours(31), powerW }] },
    })
  assert.equal((await put(10_000)).status, 200)
  const capped = await wish(eli, 1, { from: 30, to: 31, wh: 15_000 })
  assert.equal(String(capped.impossible?.code), 'powerLimits')
  assert.ok(plansOf(capped).every((plan) => powers(plan).every((power) => power <= 10_000)))
  assert.equal((await put(72_000)).status, 200)
  assert.equal((await wish(eli, 1, { from: 30, to: 31, wh: 15_000 })).impossible, undefined)
})

test('a site without a limit, or whose steering is off, promises as before', async () => {
  await limit(null)
  const [free] = plansOf(await wish(eli, 1, { from: 30, to: 31, wh: 20_000 }))
  assert.ok(powers(free).every((power) => power === 22_000))
  await it.ask('PATCH', `/api/v1/sites/${it.seeded.siteIds[0]}`, { key: it.key, body: { gridLimitW: 10_000, steering: false } })
  const [off] = plansOf(await wish(eli, 1, { from: 30, to: 31, wh: 20_000 }))
  assert.ok(powers(off).every((power) => power === 22_000))
})
