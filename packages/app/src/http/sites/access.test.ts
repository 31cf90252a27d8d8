import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { DAY, epochMs, isoOf } from '@voltway/units'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let dana: string
let site: string
let code: string
before(async () => {
  it = await openTestApp()
  dana = await it.signIn('dana@one.example')
  site = `/api/v1/sites/${it.seeded.siteIds[0]}`
  code = String(it.seeded.stations[0]?.evses[0]?.code)
})
after(() => it.close())

const setAccess = async (access: string) => {
  const answer = await it.ask('PATCH', site, { key: it.key, body: { access } })
  assert.equal(answer.status, 200, answer.text)
  return String(answer.body.access)
}
const as = async (method: string, path: string, body?: object) => it.ask(method, `/api/v1${path}`, { cookie: dana, ...(body && { body }) })
const found = async () => Object.values((await as('GET', '/public/sites')).body.items ?? {}).map(({ name }) => String(name))
const best = async () => {
  const { choices } = (await as('POST', '/driver/network-plans', { energyWh: 10_000 })).body
  return [...new Set(Object.values(choices ?? {}).map(({ siteName }) => String(siteName)))]
}
const tomorrow = () => isoOf(epochMs(it.services.clock.now() + DAY))
const plan = () => as('POST', '/driver/plans', { evseCode: code, energyWh: 10_000 })

test('a site is public unless told', async () => {
  assert.equal(String((await it.ask('GET', site, { key: it.key })).body.access), 'public')
  assert.deepEqual([await found(), await best()], [['Harbour one'], ['Harbour one']])
  assert.equal((await plan()).status, 200)
})

test('a private site is neither found, best, planned nor started by the app; what was reserved there stays, and its operator sees it', async () => {
  const offer = String((await plan()).body.plans?.[0]?.offer)
  const reserved = await as('POST', '/driver/reservations', { offer })
  assert.equal(reserved.status, 201, reserved.text)
  const [older] = Object.values(
    (await as('POST', '/driver/plans', { evseCode: code, energyWh: 10_000, arrival: tomorrow() })).body.plans ?? {},
  )
  assert.equal(await setAccess('private'), 'private')
  assert.deepEqual([await found(), await best()], [[], []])
  const offered = { offer: String(older?.offer) }
  assert.equal((await as('POST', '/driver/reservations', offered)).status, 404, 'an older offer is not booked')
  assert.equal((await as('POST', '/driver/sessions', { evseCode: code, ...offered })).status, 404, 'nor started')
  for (const answer of [
    await plan(),
    await as('GET', `/public/evses/${code}`),
    await as('GET', `/public/evses/${code}/qr.svg`),
    await as('POST', '/driver/sessions', { evseCode: String(it.seeded.stations[0]?.evses[1]?.code) }),
  ])
    assert.deepEqual([answer.status, String(answer.body.code)], [404, 'NOT_FOUND'], answer.text)
  assert.equal((await as('GET', `/driver/reservations/${String(reserved.body.id)}`)).status, 200)
  const start = await as('POST', '/driver/sessions', { evseCode: code, reservationId: String(reserved.body.id) })
  assert.equal(String(start.body.code), 'STATION_OFFLINE', 'a promise is kept as far as the station')
  assert.equal(String((await it.ask('GET', site, { key: it.key })).body.name), 'Harbour one')
  assert.equal(await setAccess('public'), 'public')
  assert.deepEqual(await found(), ['Harbour one'])
})

test('another word for it is refused by name', async () => {
  const { status, body } = await it.ask('PATCH', site, { key: it.key, body: { access: 'secret' } })
  assert.deepEqual([status, String(body.errors?.[0]?.path)], [400, 'body.access'])
})
