import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { StoredFact } from '@voltway/store'
import { epochMs, isoOf, MINUTE, type Percent, wattHours } from '@voltway/units'
import { broke, metered, NOON, started, stopped } from '../../jobs/testing/job-world.ts'
import { reportFacts, withCard } from '../testing/report-facts.ts'
import { type Loose, openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
const at = (minutes: number) => epochMs(NOON + minutes * MINUTE)
const get = async (url: string): Promise<Loose> => {
  const answer = await it.ask('GET', `/api/v1${url}`, { key: it.key })
  assert.equal(answer.status, 200, `${url}: ${answer.text}`)
  return answer.body
}
const items = async (url: string) => Object.values((await get(url)).items ?? {})
const soc = (fact: StoredFact, percent: number, exportWh: number): StoredFact => ({
  ...(fact as Extract<StoredFact, { kind: 'meter.sampled' }>),
  socPercent: percent as Percent,
  exportWh: wattHours(exportWh),
})

/** Four sessions: one that gave energy back, one of a refused card, one that a fault ended, and one that goes on. */
before(async () => {
  it = await openTestApp()
  it.advance(76 * MINUTE)
  const refused = { ...started(at(40), 'STRANGER', 2), authorisation: 'invalid' } as StoredFact
  await reportFacts(it, [
    withCard(it, started(at(0))),
    soc(metered(at(5), 3_000), 50, 0),
    soc(metered(at(20), 5_000), 47, 1_500),
    stopped(at(30), 5_000),
    refused,
    { ...stopped(at(41), 1_000, 2), stopReason: 'unauthorised' } as StoredFact,
    withCard(it, started(at(50), 'CARD', 3)),
    metered(at(55), 3_000, 3),
    // As a 1.6 station says it: the stop has no word for what the connector's status had just told.
    broke(at(58), 'GroundFailure', 3),
    { ...stopped(at(58), 3_400, 3), stopReason: 'other' } as StoredFact,
    withCard(it, started(at(65), 'CARD', 4)),
    soc(metered(at(75), 3_000, 4), 64, 0),
  ])
})
after(() => it.close())

const sessionAt = async (minutes: number) => (await items(`/sessions?from=${isoOf(at(minutes))}&to=${isoOf(at(minutes + 1))}`))[0]

test('a receipt has energy in and energy given back apart, and names station, operator, vehicle, battery and time zone', async () => {
  const receipt = await get(`/sessions/${String((await sessionAt(0))?.id)}/receipt`)
  assert.deepEqual([Number(receipt.importWh), Number(receipt.exportWh)], [4_000, 1_500])
  const lines = Object.values(receipt.cost?.lines ?? {}).map(({ dimension, quantity }) => `${dimension} ${quantity}`)
  assert.deepEqual(lines, ['energy 4000', 'feedIn 1500'])
  assert.deepEqual([receipt.station?.name, receipt.station?.siteName, receipt.station?.evse, receipt.operator?.name].map(String), [
    'A1',
    'Harbour one',
    'CCS · left',
    'City one',
  ])
  assert.deepEqual([String(receipt.vehicle), String(receipt.timeZone), String(receipt.driverName)], ['Blue car', 'Europe/London', 'Dana'])
  assert.deepEqual([Number(receipt.socStart), Number(receipt.socEnd)], [50, 47])
})

test('the funnel counts each step of what is over and names what the rest was lost to, with its sessions', async () => {
  const { steps, losses } = await get('/funnel')
  assert.deepEqual(
    Object.values(steps ?? {}).map(({ step, count }) => `${step} ${count}`),
    ['plugged 3', 'authorised 2', 'energy 2', 'endedWell 1', 'paid 1'],
  )
  const lost = Object.values(losses ?? {}).map(({ step, cause, errorCode, sessionIds }) => [
    [step, cause, errorCode].filter(Boolean).join(' '),
    Object.values(sessionIds ?? {}),
  ])
  assert.deepEqual(lost.toSorted(), [
    ['authorised unauthorised', [(await sessionAt(40))?.id]],
    ['endedWell fault GroundFailure', [(await sessionAt(50))?.id]],
  ] as unknown[])
})

test('each plugged-in car has its state of charge, and all together theirs', async () => {
  const cars = await get('/vehicles/charging')
  assert.deepEqual(
    Object.values(cars.items ?? {}).map(({ vehicleLabel, socPercent, batteryWh }) => `${vehicleLabel} ${socPercent} ${batteryWh}`),
    ['Blue car 64 60000'],
  )
  assert.equal(Number(cars.overallSocPercent), 64)
  const { counts } = await get('/overview')
  assert.deepEqual([Number(counts?.overallSocPercent), Number(counts?.sessionsActive)], [64, 1])
})

test('sessions are found by state, place, driver and time, by several at once, and those in error apart', async () => {
  const station = it.seeded.stations[0]
  const starts = async (query: string) =>
    (await items(`/sessions?${query}`)).map((one) => (Date.parse(String(one.startedAt)) - NOON) / MINUTE)
  const dana = it.seeded.drivers[0]?.id
  for (const [query, expected] of [
    ['', [65, 50, 40, 0]],
    ['active=true', [65]],
    ['active=false', [50, 40, 0]],
    ['state=charging', [65]],
    [`driverId=${dana}`, [65, 50, 0]],
    [`driverId=${it.seeded.drivers[1]?.id}`, []],
    [`siteId=${it.seeded.siteIds[0]}`, [65, 50, 40, 0]],
    [`stationId=${station?.id}`, [65, 50, 40, 0]],
    [`evseId=${station?.evses[0]?.id}`, [65, 50, 40, 0]],
    [`evseId=${station?.evses[1]?.id}`, []],
    [`from=${isoOf(at(40))}&to=${isoOf(at(65))}`, [50, 40]],
    [`from=${isoOf(at(40))}&driverId=${dana}&active=false`, [50]],
    ['inError=true', [50, 40]],
  ] as const)
    assert.deepEqual(await starts(query), expected, query)
})

test('every other list has its view of what is in error', async () => {
  const names = async (url: string, key = 'name') => (await items(url)).map((one) => String(one[key]))
  assert.deepEqual(await names('/drivers?inError=true'), [])
  assert.deepEqual(await names('/tokens?inError=true'), [])
  assert.deepEqual(await names('/stations?inError=true'), ['A1'], 'a station without a link')
  const [driver, token] = [it.seeded.drivers[1]?.id, (await items('/tokens')).find(({ type }) => String(type) === 'rfid')]
  assert.equal((await it.ask('POST', `/api/v1/drivers/${driver}/block`, { key: it.key, body: { blocked: true } })).status, 200)
  assert.equal((await it.ask('POST', `/api/v1/tokens/${String(token?.id)}/block`, { key: it.key, body: { blocked: true } })).status, 200)
  assert.deepEqual(await names('/drivers?inError=true'), ['Eli'])
  assert.deepEqual(await names('/tokens?inError=true', 'lastFour'), [String(token?.lastFour)])
  assert.deepEqual(await names('/stations?q=nothing'), [])
  assert.deepEqual(await names('/drivers?q=dan'), ['Dana'])
})

test('the status timeline of a site covers seven days unless told', async () => {
  const timeline = await get(`/sites/${it.seeded.siteIds[0]}/timeline`)
  const lanes = Object.values(timeline.evses ?? {})
  assert.equal(lanes.length, 2)
  for (const { segments } of lanes) {
    const all = Object.values(segments ?? {})
    const spanMs = Date.parse(String(all.at(-1)?.to)) - Date.parse(String(all[0]?.from))
    assert.equal(spanMs, 7 * 24 * 60 * MINUTE)
  }
})
