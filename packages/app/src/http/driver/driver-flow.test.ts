import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { HOUR, isoOf, MINUTE } from '@voltway/units'
import { openTestApp, PASSWORD, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let dana: string
let eli: string
let code: string
before(async () => {
  it = await openTestApp()
  dana = await it.signIn('dana@one.example')
  eli = await it.signIn('eli@one.example')
  code = it.seeded.stations[0]?.evses[0]?.code ?? ''
})
after(() => it.close())

const inHours = (hours: number) => isoOf((it.services.clock.now() + hours * HOUR) as ReturnType<typeof it.services.clock.now>)
const plansFor = async (cookie: string, body: Readonly<Record<string, unknown>>) => {
  const answer = await it.ask('POST', '/api/v1/driver/plans', { cookie, body: { evseCode: code, ...body } })
  assert.equal(answer.status, 200, answer.text)
  return answer.body
}
const offerAt = async (cookie: string, hours: number) =>
  String(
    (await plansFor(cookie, { arrival: inHours(hours), durationMinutes: 60, departure: inHours(hours + 1), energyWh: 10_000 })).plans?.[0]
      ?.offer,
  )
const reserve = (cookie: string, offer: string, headers: Readonly<Record<string, string>> = {}) =>
  it.ask('POST', '/api/v1/driver/reservations', { cookie, body: { offer }, headers })

test('plans are priced, drawn against the price, and the asked one stands beside', async () => {
  const body = await plansFor(dana, { arrival: inHours(1), durationMinutes: 60, energyWh: 20_000 })
  assert.ok(Object.keys(body.plans ?? {}).length >= 2)
  assert.equal(String(body.asked?.cost?.total?.micros), '9000000')
  assert.ok(Object.keys(body.priceLine ?? {}).length >= 1)
  assert.equal(body.impossible, undefined)
})

test('a target state of charge asks for the energy that the car lacks', async () => {
  const vehicleId = it.seeded.drivers[0]?.vehicleIds[0]
  const body = await plansFor(dana, { arrival: inHours(1), vehicleId, socPercent: 20, targetSocPercent: 80 })
  assert.equal(Number(body.asked?.energyWh), 40_000)
})

test('an accepted plan becomes a reservation with its price frozen, and everybody sees the slot busy', async () => {
  const offer = await offerAt(dana, 3)
  const booked = await reserve(dana, offer)
  assert.equal(booked.status, 201, booked.text)
  assert.equal(String(booked.body.state), 'confirmed')
  assert.equal(String(booked.body.plan?.cost?.total?.currency), 'GBP')
  assert.ok(!booked.text.includes('"offer"'))
  const seen = await plansFor(eli, { arrival: inHours(2), durationMinutes: 30, departure: inHours(6), energyWh: 10_000 })
  assert.equal(String(seen.busy?.[0]?.from), String(booked.body.startsAt))
  const again = await reserve(dana, offer)
  assert.equal(again.status, 409)
  assert.equal(String(again.body.code), 'SLOT_TAKEN')
  assert.ok(again.body.nearestFreeStart)
})

test('of twenty drivers who take the same slot exactly one gets it', async () => {
  const offers = await Promise.all(Array.from({ length: 20 }, (_, index) => offerAt(index % 2 === 0 ? dana : eli, 10)))
  const answers = await Promise.all(offers.map((offer, index) => reserve(index % 2 === 0 ? dana : eli, offer)))
  assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [201, 409])
  assert.equal(answers.filter(({ status }) => status === 201).length, 1)
})

test('an offer is worth nothing to somebody else, after a change, and when it is old', async () => {
  const offer = await offerAt(dana, 20)
  assert.equal(String((await reserve(eli, offer)).body.code), 'OFFER_INVALID')
  assert.equal(String((await reserve(dana, `A${offer.slice(1)}`)).body.code), 'OFFER_INVALID')
  it.advance(16 * MINUTE)
  assert.equal(String((await reserve(dana, offer)).body.code), 'OFFER_EXPIRED')
})

test('the same Idempotency-Key gives the same reservation, with another request a conflict, to another driver their own', async () => {
  const headers = { 'idempotency-key': 'one' }
  const offer = await offerAt(dana, 24)
  const first = await reserve(dana, offer, headers)
  const second = await reserve(dana, offer, headers)
  assert.equal(first.status, 201, first.text)
  assert.deepEqual(second.body, first.body)
  assert.equal(second.headers['idempotency-replayed'], 'true')
  assert.equal(String((await reserve(dana, await offerAt(dana, 30), headers)).body.code), 'IDEMPOTENCY_KEY_REUSED')
  assert.equal((await reserve(eli, await offerAt(eli, 30), headers)).status, 201)
})

test("a reservation is its driver's alone, and its slot is free again when it is cancelled", async () => {
  const booked = await reserve(dana, await offerAt(dana, 40))
  const url = `/api/v1/driver/reservations/${String(booked.body.id)}`
  assert.equal((await it.ask('GET', url, { cookie: eli })).status, 404)
  assert.equal((await it.ask('POST', `${url}/cancel`, { cookie: eli, body: {} })).status, 404)
  const cancelled = await it.ask('POST', `${url}/cancel`, { cookie: dana, body: {} })
  assert.equal(String(cancelled.body.state), 'cancelled')
  assert.equal(String((await it.ask('POST', `${url}/cancel`, { cookie: dana, body: {} })).body.code), 'STATE_CONFLICT')
  assert.equal((await reserve(eli, await offerAt(eli, 40))).status, 201)
})

test('a remote start says why it was refused, and reaches the station when it is not', async () => {
  const start = (cookie: string, body: Readonly<Record<string, unknown>>) =>
    it.ask('POST', '/api/v1/driver/sessions', { cookie, body: { evseCode: code, ...body } })
  assert.equal(String((await start(dana, {})).body.code), 'STATION_OFFLINE')
  assert.equal(String((await start(dana, { evseCode: 'NOPE' })).body.code), 'NOT_FOUND')
  const asked: string[] = []
  it.station.gateway = {
    ...it.station.gateway,
    linkOf: async () => ({ version: 'ocpp1.6', epoch: 1, connectedAt: it.services.clock.now() }),
    perform: async (_, intent) => {
      asked.push(intent.kind)
      return { accepted: true }
    },
  }
  const started = await start(dana, {})
  assert.equal(started.status, 202, started.text)
  assert.match(String(started.body.requestId), /^\d+$/)
  assert.deepEqual(asked, ['remoteStart'])
  const soon = await reserve(dana, await offerAt(dana, 5))
  assert.equal(String((await start(dana, { reservationId: String(soon.body.id) })).body.code), 'TOO_EARLY')
  const other = it.seeded.stations[0]?.evses[1]?.code
  assert.equal(String((await start(dana, { evseCode: other, reservationId: String(soon.body.id) })).body.code), 'WRONG_EVSE')
  await it.ask('POST', `/api/v1/driver/reservations/${soon.body.id}/cancel`, { cookie: dana, body: {} })
  const cancelled = await start(dana, { reservationId: String(soon.body.id) })
  assert.deepEqual([cancelled.status, cancelled.body.detail], [409, 'The reservation was cancelled.'])
  it.station.gateway = { ...it.station.gateway, perform: async () => ({ accepted: false, reason: 'occupied' }) }
  const refused = await start(dana, {})
  assert.equal(refused.status, 409)
  assert.equal(String(refused.body.detail), 'occupied')
})

test('the app is a token that operators see and can block, and no card of the driver', async () => {
  const typesOf = async (url: string, ask: Parameters<TestApp['ask']>[2]) =>
    Object.values((await it.ask('GET', url, ask)).body.items ?? {}).map(({ type }) => String(type))
  assert.ok(!(await typesOf('/api/v1/driver/tokens', { cookie: dana })).includes('app'))
  const driverId = it.seeded.drivers[0]?.id
  assert.equal((await typesOf(`/api/v1/tokens?driverId=${driverId}`, { key: it.key })).filter((type) => type === 'app').length, 1)
})

test('a driver holds so many reservations and no more, however many are asked for at once; one that is cancelled makes room', async () => {
  await it.ask('POST', '/api/auth/sign-up/email', { body: { name: 'Fay', email: 'fay@one.example', password: PASSWORD } })
  const fay = await it.signIn('fay@one.example')
  const offers = await Promise.all(Array.from({ length: 9 }, (_, index) => offerAt(fay, 100 + 2 * index)))
  const answers = await Promise.all(offers.map((offer) => reserve(fay, offer)))
  const made = answers.filter(({ status }) => status === 201)
  assert.equal(made.length, it.services.config.reservationsPerDriver)
  const refused = answers.filter(({ status }) => status !== 201)
  assert.deepEqual([...new Set(refused.map(({ status, body }) => `${status} ${body.code} ${body.limit}`))], ['409 RESERVATION_LIMIT 5'])
  assert.match(String(refused[0]?.body.detail), /You hold 5 reservations/)
  assert.equal((await reserve(eli, await offerAt(eli, 130))).status, 201, 'another driver is not meant')
  await it.ask('POST', `/api/v1/driver/reservations/${String(made[0]?.body.id)}/cancel`, { cookie: fay, body: {} })
  assert.equal((await reserve(fay, await offerAt(fay, 140))).status, 201)
  assert.equal((await reserve(fay, await offerAt(fay, 150))).status, 409)
})

test('a minimum by an hour, a last part and no pause are kept, and every stretch says why', async () => {
  const wish = { arrival: inHours(50), departure: inHours(60), energyWh: 20_000 }
  const minimum = await plansFor(dana, { ...wish, minimum: { energyWh: 5_000, by: inHours(51) } })
  const [plan] = Object.values(minimum.plans ?? {})
  assert.equal(Number(plan?.energyWh), 20_000)
  const slots = Object.values(plan?.slots ?? {})
  assert.equal(
    slots.reduce((sum, { energyWh }) => sum + Number(energyWh), 0),
    20_000,
  )
  const gap = Number(plan?.gap?.cost?.micros)
  assert.ok(gap >= 0 && gap <= 10_000, `a checker proves that it is less than a cent from the cheapest: ${gap} micros`)
  assert.ok(slots.some(({ marginalPerKwh }) => Number(marginalPerKwh?.micros) > 0))
  const soon = slots.filter(({ to }) => String(to) <= inHours(51)).reduce((sum, { energyWh }) => sum + Number(energyWh), 0)
  assert.ok(soon >= 5_000, `${soon} Wh by the hour`)
  const late = await plansFor(dana, { ...wish, lastPartMinutes: 10, uninterrupted: true })
  assert.equal(String(late.plans?.[0]?.end), inHours(60))
  assert.equal(Object.keys(late.plans?.[0]?.curve ?? {}).length, 1)
})

test('what of a minimum cannot be had by its hour is told with the reason, in the plan and in what is reserved', async () => {
  const wish = { arrival: inHours(200), departure: inHours(210), energyWh: 20_000 }
  const short = async (more: object) => (await plansFor(dana, { ...wish, ...more })).plans?.[0]
  const minimum = (energyWh: number, hours: number) => ({ minimum: { energyWh, by: inHours(hours) } })
  assert.equal((await short(minimum(5_000, 201)))?.minimumShortfall, undefined)
  // The connector gives 50 kW: 5 kWh in six minutes.
  const late = await short(minimum(12_000, 200.1))
  assert.deepEqual(late?.minimumShortfall, { askedWh: 12_000, by: inHours(200.1), energyWh: 7_000, code: 'tooLittleTime' } as unknown)
  assert.equal(Number(late?.energyWh), 20_000, 'all of it is there at departure')
  const other = await plansFor(eli, { ...wish, durationMinutes: 60, energyWh: 30_000, departure: inHours(201) })
  await reserve(eli, String(other.plans?.[0]?.offer))
  const taken = await short(minimum(12_000, 200.5))
  assert.deepEqual([taken?.minimumShortfall?.code, taken?.minimumShortfall?.energyWh].map(String), ['slotsTaken', '12000'])
  const booked = await reserve(dana, String(taken?.offer))
  assert.equal(booked.status, 201, booked.text)
  assert.deepEqual(booked.body.plan?.minimumShortfall, taken?.minimumShortfall)
})

test('options that contradict each other are refused by the name of the field', async () => {
  const body = { evseCode: code, arrival: inHours(50), departure: inHours(60), energyWh: 20_000 }
  for (const [more, path] of [
    [{ minimum: { energyWh: 30_000, by: inHours(55) } }, 'body.minimum.energyWh'],
    [{ minimum: { energyWh: 3_000, by: inHours(61) } }, 'body.minimum.by'],
    [{ lastPartMinutes: 601 }, 'body.lastPartMinutes'],
    [{ goal: 'earliest', waitingMicrosPerHour: '1' }, 'body.waitingMicrosPerHour'],
  ] as const) {
    const answer = await it.ask('POST', '/api/v1/driver/plans', { cookie: dana, body: { ...body, ...more } })
    assert.equal(answer.status, 400, answer.text)
    assert.equal(String(answer.body.errors?.[0]?.path), path)
  }
})

test('a plan with a filling battery tells the station what is offered, and the driver what is taken', async () => {
  const vehicleId = it.seeded.drivers[0]?.vehicleIds[0]
  const body = await plansFor(dana, {
    arrival: inHours(70),
    departure: inHours(90),
    vehicleId,
    socPercent: 60,
    targetSocPercent: 100,
    goal: 'earliest',
  })
  const steps = Object.values(body.plans?.[0]?.curve ?? {})
  const last = steps.at(-1)
  assert.ok(steps.length > 1 && Number(last?.powerW) < Number(last?.limitW), JSON.stringify(steps))
})
