import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answer } from './ask.ts'
import type { People } from './people.ts'

const RACERS = 200
const HOUR = 3_600_000

/** What drivers may try with the plans that they were offered. */
export const offerAttacks = (peopleOf: () => People) => {
  const inHours = (hours: number) => new Date(Date.now() + hours * HOUR).toISOString()
  const offerAt = async (cookie: string, hours: number, evse = 1): Promise<string> => {
    const { town } = peopleOf()
    const evseCode = town.one.stations[0]?.evses[evse]?.code
    const body = { evseCode, arrival: inHours(hours), durationMinutes: 60, departure: inHours(hours + 1), energyWh: 10_000 }
    const answer = await town.ask('POST', '/api/v1/driver/plans', { cookie, body, from: '127.0.6.1' })
    assert.equal(answer.status, 200, answer.text)
    return String(answer.body.plans?.[0]?.offer)
  }
  const reserve = (cookie: string, offer: string, more: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> =>
    peopleOf().town.ask('POST', '/api/v1/driver/reservations', { cookie, body: { offer, ...more }, headers, from: '127.0.6.2' })

  test('an offer that was edited, shortened, signed by nobody, outdated or made to somebody else buys nothing', async () => {
    const { town, dana, eli, otherDana } = peopleOf()
    const offer = await offerAt(dana, 30)
    const [payload = '', signature = ''] = offer.split('.')
    const read = Buffer.from(payload, 'base64url').toString()
    const edited = (from: RegExp, to: string) => {
      const text = read.replace(from, to)
      assert.notEqual(text, read, String(from))
      return `${Buffer.from(text).toString('base64url')}.${signature}`
    }
    const forged = [
      edited(/"micros":"\d+"/g, '"micros":"1"'),
      edited(/"energyWh":\d+/, '"energyWh":1000000'),
      edited(/"driverId":"[^"]+"/, `"driverId":"${town.one.drivers[1]?.id}"`),
      edited(/"tenantId":"[^"]+"/, `"tenantId":"${town.two.tenantId}"`),
      edited(/"expiresAt":\d+/, '"expiresAt":9999999999999'),
      `${payload}.`,
      payload,
      `${payload}.${signature}.${signature}`,
      `${payload}.${'A'.repeat(43)}`,
      `${Buffer.from('{"alg":"none"}').toString('base64url')}.${signature}`,
    ]
    for (const text of forged) {
      const answer = await reserve(dana, text)
      assert.ok([400, 422].includes(answer.status), `${answer.status} ${text.slice(0, 60)}`)
    }
    assert.equal((await reserve(eli, offer)).status, 422)
    assert.equal((await reserve(otherDana, offer)).status, 422)
    assert.equal((await reserve(dana, await town.child.call('outdated', { offer }))).status, 410)
    assert.equal((await reserve(dana, offer)).status, 201)
  })

  test("nobody reserves or starts for another driver, or with another driver's car", async () => {
    const { town, dana } = peopleOf()
    const offer = await offerAt(dana, 33)
    const [, eli] = town.one.drivers
    for (const more of [{ driverId: eli?.id }, { tenantId: town.two.tenantId }, { plan: { cost: 1 } }, { state: 'completed' }])
      assert.equal((await reserve(dana, offer, more)).status, 400, JSON.stringify(more))
    const vehicleId = eli?.vehicleIds[0]
    assert.equal((await reserve(dana, offer, { vehicleId })).status, 404)
    const evseCode = town.one.stations[0]?.evses[1]?.code
    const started = await town.ask('POST', '/api/v1/driver/sessions', { cookie: dana, body: { evseCode, offer, vehicleId } })
    assert.equal(started.status, 404, started.text)
    assert.deepEqual(await town.rows(`select 1 from voltway.reservation where vehicle_id = '${vehicleId}'`), [])
  })

  test('of two hundred drivers who race for one slot exactly one gets it, and the others hear SLOT_TAKEN', async () => {
    const { town } = peopleOf()
    const driverIds = town.one.drivers.filter(({ name }) => name.startsWith('Racer')).map(({ id }) => id)
    assert.equal(driverIds.length, RACERS)
    const cookies = await town.child.call('signedIn', { tenantId: town.one.tenantId, driverIds })
    const offers = await Promise.all(cookies.map((cookie) => offerAt(cookie, 50)))
    const answers = await Promise.all(offers.map((offer, index) => reserve(cookies[index] ?? '', offer)))
    const won = answers.filter(({ status }) => status === 201)
    const lost = answers.filter(({ status, body }) => status === 409 && String(body.code) === 'SLOT_TAKEN')
    assert.deepEqual([won.length, lost.length], [1, RACERS - 1], answers.find(({ status }) => status >= 500)?.text ?? '')
    assert.ok(lost.every(({ body }) => body.nearestFreeStart))
  })

  test('twenty requests at once with one Idempotency-Key make one reservation, and all hear of the same one', async () => {
    const { town, eli } = peopleOf()
    const offer = await offerAt(eli, 60)
    const answers = await Promise.all(Array.from({ length: 20 }, () => reserve(eli, offer, {}, { 'idempotency-key': 'race' })))
    const made = answers.filter(({ status }) => status === 201)
    assert.ok(made.length >= 1)
    assert.equal(new Set(made.map(({ body }) => String(body.id))).size, 1)
    const others = answers.filter(({ status }) => status !== 201)
    assert.ok(
      others.every(({ status, body }) => status === 409 && String(body.code) === 'IDEMPOTENCY_IN_PROGRESS'),
      others[0]?.text ?? '',
    )
    const replayed = await reserve(eli, offer, {}, { 'idempotency-key': 'race' })
    assert.deepEqual([replayed.status, replayed.headers['idempotency-replayed']], [201, 'true'])
    assert.equal((await town.rows(`select 1 from voltway.reservation where driver_id = '${town.one.drivers[1]?.id}'`)).length, 1)
  })

  test('fields that are not theirs to set are refused to drivers, and change nothing', async () => {
    const { town, dana } = peopleOf()
    const forbidden = {
      role: 'owner',
      roles: ['owner'],
      tenantId: town.two.tenantId,
      state: 'blocked',
      email: 'x@y.example',
      id: 'x',
      balance: 1,
      appToken: 'X',
    }
    for (const [field, value] of Object.entries(forbidden)) {
      const answer = await town.ask('PATCH', '/api/v1/driver/profile', { cookie: dana, body: { [field]: value } })
      assert.equal(answer.status, 400, field)
      const vehicle = `/api/v1/driver/vehicles/${town.one.drivers[0]?.vehicleIds[0]}`
      assert.equal((await town.ask('PATCH', vehicle, { cookie: dana, body: { [field]: value } })).status, 400, field)
    }
    await town.ask('POST', '/api/auth/update-user', {
      cookie: dana,
      body: { name: 'Dana', role: 'owner', emailVerified: true, email: 'owner@one.example' },
    })
    const me = await town.ask('GET', '/api/v1/me', { cookie: dana })
    assert.deepEqual(Object.values(me.body.roles ?? {}).map(String), ['driver'])
    assert.equal(String(me.body.user?.email), 'dana@one.example')
    const body = { name: 'N', email: 'sneak@one.example', password: 'correct horse battery', role: 'owner', tenantId: town.two.tenantId }
    const up = await town.ask('POST', '/api/auth/sign-up/email', { body, headers: { origin: town.url } })
    if (up.status === 200) {
      const made = await town.ask('GET', '/api/v1/me', { cookie: up.cookies.map((cookie) => cookie.split(';')[0]).join('; ') })
      assert.deepEqual(Object.values(made.body.roles ?? {}).map(String), ['driver'])
      assert.equal(String(made.body.tenant?.id), town.one.tenantId)
    } else assert.equal(up.status, 400)
  })
}
