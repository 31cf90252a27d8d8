import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { StoredFact } from '@voltway/store'
import { epochMs, HOUR, instantOf, isoOf, MINUTE } from '@voltway/units'
import { metered, NOON, plugSaid, started, stopped } from '../../jobs/testing/job-world.ts'
import { pdfLines } from '../testing/pdf-text.ts'
import { reportFacts, withCard } from '../testing/report-facts.ts'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let dana: string
let eli: string
const at = (minutes: number) => epochMs(NOON + minutes * MINUTE)

const report = (facts: readonly StoredFact[]) => reportFacts(it, facts)
/** A start with Dana's card. */
const start = (fact: StoredFact) => withCard(it, fact)

before(async () => {
  it = await openTestApp()
  dana = await it.signIn('dana@one.example')
  eli = await it.signIn('eli@one.example')
  it.advance(31 * MINUTE)
  await report([start(started(at(0))), metered(at(10), 4_000), metered(at(20), 7_000), metered(at(30), 10_000)])
})
after(() => it.close())

const only = async (url: string, cookie?: string) => {
  const answer = await it.ask('GET', `/api/v1${url}`, cookie === undefined ? { key: it.key } : { cookie })
  assert.equal(answer.status, 200, answer.text)
  return answer.body.items?.[0]
}

test('a running session is seen by its operator and its driver with its cost so far, and by nobody else', async () => {
  const session = await only('/sessions?active=true')
  assert.equal(Number(session?.importWh), 9_000)
  assert.equal(String(session?.driverName), 'Dana')
  assert.equal(String(session?.vehicleLabel), 'Blue car')
  assert.equal(String(session?.evseLabel), 'CCS · left')
  assert.equal(String(session?.cost?.total?.micros), '4050000')
  assert.equal(String((await only('/driver/sessions', dana))?.id), String(session?.id))
  assert.equal(await only('/driver/sessions', eli), undefined)
  for (const path of ['', '/series', '/receipt'])
    assert.equal((await it.ask('GET', `/api/v1/driver/sessions/${String(session?.id)}${path}`, { cookie: eli })).status, 404)
})

test('its series grows with the meter and never costs less than before', async () => {
  const id = String((await only('/sessions'))?.id)
  const series = (await it.ask('GET', `/api/v1/driver/sessions/${id}/series`, { cookie: dana })).body
  const points = Object.values(series.points ?? {})
  assert.equal(points.length, 4)
  assert.deepEqual(
    points.map(({ importWh }) => Number(importWh)),
    [0, 3_000, 6_000, 9_000],
  )
  assert.deepEqual(
    points.map(({ costMicros }) => String(costMicros)),
    ['0', '1350000', '2700000', '4050000'],
  )
  assert.equal(Number(points[1]?.powerW), 7_200)
  assert.equal(Number(series.limitW), 50_000)
  assert.equal(series.solar, undefined, 'nobody told of panels')
})

test('the sun that is forecast while the session lasts is in its series', async () => {
  const items = [
    { from: isoOf(at(-120)), to: isoOf(at(-60)), powerW: 1_000 },
    { from: isoOf(at(-10)), to: isoOf(at(5)), powerW: 9_000 },
    { from: isoOf(at(300)), to: isoOf(at(360)), powerW: 2_000 },
  ]
  const saved = await it.ask('PUT', `/api/v1/sites/${it.seeded.siteIds[0]}/forecasts/pv`, { key: it.key, body: { items } })
  assert.equal(saved.status, 200, saved.text)
  const id = String((await only('/sessions'))?.id)
  const { solar } = (await it.ask('GET', `/api/v1/driver/sessions/${id}/series`, { cookie: dana })).body
  assert.deepEqual(solar, [items[1]])
})

test('the site and the overview show its power, the cars their session', async () => {
  const power = (
    await it.ask('GET', `/api/v1/sites/${it.seeded.siteIds[0]}/power?from=${isoOf(at(-30))}&to=${isoOf(at(60))}`, { key: it.key })
  ).body
  const drawn = Object.values(power.points ?? {}).map((point) => [instantOf(String(point.at)) ?? 0, Number(point.totalW)] as const)
  const first = drawn.findIndex(([, totalW]) => totalW > 0)
  assert.ok(first > 0, 'nothing before the first reading')
  assert.ok(drawn.slice(0, first).every(([, totalW]) => totalW === 0))
  assert.ok(
    drawn.slice(first).every(([at, totalW]) => totalW === 7_200 || at > (drawn[first]?.[0] ?? 0) + 30 * MINUTE),
    'a reading holds until the next',
  )
  const overview = (await it.ask('GET', '/api/v1/overview', { key: it.key })).body
  assert.equal(Number(overview.counts?.energyTodayWh), 0, 'it has not ended today')
  assert.equal(Number(overview.counts?.sessionsActive), 1)
  assert.equal(Number(overview.counts?.powerW), 7_200)
  assert.equal(String((await only('/vehicles/charging'))?.vehicleLabel), 'Blue car')
})

test('there is no receipt before the session is billed, and then one as page and as PDF, of one amount with the ledger', async () => {
  const id = String((await only('/sessions'))?.id)
  const early = await it.ask('GET', `/api/v1/driver/sessions/${id}/receipt`, { cookie: dana })
  assert.equal(String(early.body.code), 'RECEIPT_NOT_ISSUED')
  await report([stopped(at(31), 10_000)])
  const receipt = (await it.ask('GET', `/api/v1/driver/sessions/${id}/receipt`, { cookie: dana })).body
  const session = await only('/sessions')
  assert.equal(String(receipt.cost?.total?.micros), '4050000')
  assert.equal(String(session?.cost?.total?.micros), '4050000')
  assert.equal(Number(session?.receiptNumber), Number(receipt.number))
  assert.equal(Number(receipt.importWh), 9_000)
  assert.equal(Number(receipt.exportWh), 0)
  assert.equal(String(receipt.timeZone), 'Europe/London')
  const pdf = await it.app.inject({
    method: 'GET',
    url: `/api/v1/sessions/${id}/receipt.pdf`,
    headers: { authorization: `Bearer ${it.key}` },
  })
  assert.equal(pdf.statusCode, 200)
  const printed = await pdfLines(pdf.rawPayload)
  const figures = Object.fromEntries(printed.map(([name = '', ...rest]) => [name, rest.at(-1)]))
  assert.deepEqual([figures.Total, figures['Energy in'], figures['Time zone']], ['4.05 GBP', '9.000 kWh', 'Europe/London'])
  const ledger = (await it.ask('GET', '/api/v1/ledger', { key: it.key })).body
  const sums = Object.values(ledger.items ?? {}).map(({ amount }) => BigInt(String(amount?.micros)))
  assert.equal(
    sums.reduce((sum, micros) => sum + micros, 0n),
    0n,
  )
  assert.equal(
    sums.filter((micros) => micros > 0n).reduce((sum, micros) => sum + micros, 0n),
    4_050_000n,
  )
})

test('the plug is unlocked by the station’s own word where it has one, and by the ended transaction where it has none', async () => {
  const lock = async (cookie?: string) => {
    const { plug, unlocked, unlockedAt } = (await only(cookie === undefined ? '/sessions' : '/driver/sessions', cookie)) ?? {}
    return { plug, unlocked, unlockedAt } as unknown
  }
  assert.deepEqual(await lock(dana), { plug: undefined, unlocked: true, unlockedAt: undefined })
  await report([plugSaid(at(31), 'locked')])
  assert.deepEqual(await lock(dana), { plug: 'locked', unlocked: false, unlockedAt: undefined })
  await report([plugSaid(at(32), 'unlocked')])
  for (const who of [undefined, dana]) assert.deepEqual(await lock(who), { plug: 'unlocked', unlocked: true, unlockedAt: isoOf(at(32)) })
})

test('the funnel counts it as paid', async () => {
  const funnel = (await it.ask('GET', '/api/v1/funnel', { key: it.key })).body
  assert.deepEqual(
    Object.values(funnel.steps ?? {}).map(({ count }) => Number(count)),
    [1, 1, 1, 1, 1],
  )
  assert.deepEqual(Object.keys(funnel.losses ?? {}), [])
})

test('a session that is over is not stopped again, and one that is not held is not released', async () => {
  const id = String((await only('/sessions'))?.id)
  assert.equal(String((await it.ask('POST', `/api/v1/driver/sessions/${id}/stop`, { cookie: dana, body: {} })).body.code), 'SESSION_ENDED')
  const released = await it.ask('POST', `/api/v1/sessions/${id}/release`, { key: it.key, body: { decision: 'bill', reason: 'looked at' } })
  assert.equal(String(released.body.code), 'SESSION_NOT_HELD')
})

test('the overview counts what ended today by the wall clock of the first site, however late it was billed', async () => {
  const today = async () => {
    const { counts } = (await it.ask('GET', '/api/v1/overview', { key: it.key })).body
    return [Number(counts?.vehiclesChargedToday), Number(counts?.energyTodayWh), String(counts?.revenueToday?.micros)]
  }
  assert.deepEqual(await today(), [1, 9_000, '4050000'])
  it.advance(12 * HOUR)
  const last = Math.floor((it.services.clock.now() - NOON) / MINUTE)
  assert.ok(last > 720 && last < 780, 'it is after one in the morning of the next day in London')
  await report([start(started(at(600), 'CARD', 2)), metered(at(620), 4_000, 2), stopped(at(630), 4_000, 2)])
  await report([start(started(at(640), 'CARD', 3)), metered(at(650), 5_000, 3), stopped(at(670), 6_000, 3)])
  assert.deepEqual(await today(), [1, 5_000, '2250000'], 'what ended at 23:30 was billed today and counts as of yesterday')
})

test('a plug that was only ever said to be locked holds nobody up once another car has charged there', async () => {
  const sessionOf = async (receipt: number) =>
    Object.values((await it.ask('GET', '/api/v1/sessions', { key: it.key })).body.items ?? {}).find(
      ({ receiptNumber }) => Number(receiptNumber) === receipt,
    )
  await report([plugSaid(at(670), 'locked', 3)])
  const last = Number((await only('/sessions'))?.receiptNumber)
  assert.equal(String((await sessionOf(last))?.unlocked), 'false')
  await report([start(started(at(700), 'CARD', 4))])
  assert.equal(String((await sessionOf(last))?.unlocked), 'true')
})

test('the ledger is asked by session, account and time; the sums are of what was asked, and a session’s come to nothing', async () => {
  const ledger = async (query: string) => (await it.ask('GET', `/api/v1/ledger${query}`, { key: it.key })).body
  const sessions = Object.values((await it.ask('GET', '/api/v1/sessions', { key: it.key })).body.items ?? {})
  const billed = sessions.filter(({ receiptNumber }) => receiptNumber !== undefined)
  assert.ok(billed.length > 1)
  for (const { id, receiptNumber, cost } of billed) {
    const { items, balances } = await ledger(`?sessionId=${String(id)}`)
    const entries = Object.values(items ?? {})
    assert.deepEqual([...new Set(entries.map((entry) => `${entry.sessionId} ${entry.receiptNumber}`))], [`${id} ${receiptNumber}`])
    const sum = Object.values(balances ?? {}).reduce((micros, { amount }) => micros + BigInt(String(amount?.micros)), 0n)
    assert.equal(sum, 0n)
    assert.equal(
      String(entries.find(({ account }) => String(account) === 'receivable:driver')?.amount?.micros),
      String(cost?.total?.micros),
    )
  }
  const owed = await ledger('?account=receivable%3Adriver')
  const all = billed.reduce((micros, { cost }) => micros + BigInt(String(cost?.total?.micros)), 0n)
  assert.deepEqual(
    Object.values(owed.balances ?? {}).map(({ account, amount }) => [String(account), String(amount?.micros)]),
    [['receivable:driver', String(all)]],
  )
  const running = sessions.find(({ endedAt }) => endedAt === undefined)
  assert.deepEqual((await ledger(`?sessionId=${String(running?.id)}`)).items, [] as unknown, 'one that runs is not posted yet')
  const [from, to] = [isoOf(at(-60)), isoOf(at(-30))]
  assert.deepEqual((await ledger(`?from=${from}&to=${to}`)).balances, [] as unknown)
  assert.equal((await it.ask('GET', '/api/v1/ledger?from=yesterday', { key: it.key })).status, 400)
})
