import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type ChargingStationId, epochMs } from '@voltway/units'
import { authorise, type TokenAtStation } from './authorise.ts'
import { HMAC_KEY, minutes, NOON, type OcppWorld, openOcppWorld } from './testing/ocpp-world.ts'

let world: OcppWorld
let here: ChargingStationId
let elsewhere: ChargingStationId
const at = (minute: number) => epochMs(NOON + minutes(minute))

before(async () => {
  world = await openOcppWorld()
  here = await world.addStation('here')
  elsewhere = await world.addStation('elsewhere')
  const book = (code: string, evse: number, from: number, to: number, state?: string) =>
    world.addReservation({ stationId: here, evse, code, startsAt: at(from), endsAt: at(to), ...(state && { state }) })
  await book('NOWNOWNOW', 1, 0, 60)
  await book('LATERLATER', 1, 120, 180)
  await book('YESTERDAY', 1, -600, -540, 'released')
  await book('GONEGONE', 2, 0, 30, 'cancelled')
  await book('DONEDONE', 2, -60, -30, 'completed')
  await book('INUSEINUSE', 2, 200, 230, 'active')
  await world.addCard('CARDGOOD')
  await world.addCard('CARDBLOCKED', 'blocked')
  await world.addCard('CARDEXPIRED', 'active', at(-1))
})
after(() => world.close())

const ask = (question: Partial<TokenAtStation>) => {
  const { tenantId } = world.place
  const token = { tenantId, stationId: here, now: NOON, hmacKey: HMAC_KEY, idToken: '', purpose: 'start', evse: 1, ...question } as const
  return world.database.inTenant(tenantId, (tx) => authorise(tx, token))
}

const refusals: readonly (readonly [sentence: string, question: () => Partial<TokenAtStation>, status: string, reason: string])[] = [
  ['a card that nobody knows', () => ({ idToken: 'NOBODY' }), 'invalid', 'unknownToken'],
  ['no card at all', () => ({ idToken: '  ' }), 'invalid', 'emptyToken'],
  ['a blocked card', () => ({ idToken: 'CARDBLOCKED' }), 'blocked', 'blockedCard'],
  ['an expired card', () => ({ idToken: 'CARDEXPIRED' }), 'expired', 'expiredCard'],
  ['a booking at another station', () => ({ idToken: 'NOWNOWNOW', stationId: elsewhere }), 'notAtThisLocation', 'wrongStation'],
  ['a booking at another EVSE', () => ({ idToken: 'NOWNOWNOW', evse: 2 }), 'notAtThisLocation', 'wrongEvse'],
  ['a booking long before its time', () => ({ idToken: 'LATERLATER' }), 'notAtThisTime', 'tooEarly'],
  ['a booking that was not used in time', () => ({ idToken: 'NOWNOWNOW', now: at(16) }), 'expired', 'expired'],
  ['a booking that was released', () => ({ idToken: 'YESTERDAY' }), 'expired', 'expired'],
  ['a booking that was cancelled', () => ({ idToken: 'GONEGONE', evse: 2 }), 'invalid', 'cancelled'],
  ['a booking that was used', () => ({ idToken: 'DONEDONE', evse: 2 }), 'invalid', 'alreadyUsed'],
  ['a booking that is in use', () => ({ idToken: 'INUSEINUSE', evse: 2, now: at(205) }), 'concurrent', 'alreadyUsed'],
  ['a booking code with the number of another booking', () => ({ idToken: 'NOWNOWNOW', reservationNumber: 99 }), 'invalid', 'wrongBooking'],
]
for (const [sentence, question, status, reason] of refusals) {
  test(`${sentence} is refused as ${status} (${reason})`, async () => {
    const answer = await ask(question())
    assert.deepEqual([answer.status, answer.reason], [status, reason])
  })
}

test('a booking in its time at its EVSE is accepted, in any case, and names its driver and number', async () => {
  const answer = await ask({ idToken: ' nownownow ' })
  assert.deepEqual([answer.status, answer.reservationNumber, answer.driverId], ['accepted', 1, world.place.driverId])
})
test('a booking may be used a little early', async () =>
  assert.equal((await ask({ idToken: 'LATERLATER', now: at(110) })).status, 'accepted'))
test('the driver’s own card opens the driver’s own slot', async () => {
  const answer = await ask({ idToken: 'cardgood' })
  assert.deepEqual([answer.status, answer.reason, answer.reservationNumber], ['accepted', 'ownSlot', 1])
})
test('who comes back with the code of a session in progress is known', async () =>
  assert.equal((await ask({ idToken: 'INUSEINUSE', purpose: 'present', evse: undefined })).status, 'accepted'))
test('the app’s token of a driver is accepted where nothing is reserved', async () =>
  assert.equal((await ask({ idToken: `A${world.place.driverId.slice(-12)}`, evse: 2 })).status, 'accepted'))

test('an app that the operator blocked is refused, whatever else the driver may show', async () => {
  const app = `A${world.place.driverId.slice(-12)}`
  await world.addCard(app, 'blocked')
  const answer = await ask({ idToken: app, evse: 2 })
  assert.deepEqual([answer.status, answer.reason], ['blocked', 'blockedApp'])
  await world.rows(`delete from voltway.id_token where last_four = '${app.slice(-4)}'`)
})

test('another driver’s card is refused while the EVSE is reserved, and accepted at the other one', async () => {
  await world.addCard('STRANGER')
  await world.rows(`update voltway.id_token set driver_id = null where last_four = 'NGER'`)
  const reserved = await ask({ idToken: 'STRANGER' })
  assert.deepEqual([reserved.status, reserved.reason], ['notAtThisTime', 'reservedForSomebody'])
  assert.equal((await ask({ idToken: 'STRANGER', evse: 2 })).status, 'accepted')
  const borrowed = await ask({ idToken: 'STRANGER', evse: 2, reservationNumber: 1 })
  assert.deepEqual([borrowed.status, borrowed.reason], ['invalid', 'wrongBooking'])
})

test('a card whose stop is written may start again, also before the session has been folded', async () => {
  await world.addCard('CARDBUSY')
  const station = await world.booted('elsewhere')
  const begin = { connectorId: 1, idTag: 'CARDBUSY', meterStart: 0, timestamp: '2026-06-15T11:00:00Z' }
  await station.call('StartTransaction', begin)
  const { tenantId } = world.place
  await world.rows(`insert into voltway.session (tenant_id, id, station_id, transaction_id, state, started_at, last_fact_at, updated_at, id_token_id)
    select '${tenantId}', gen_random_uuid(), '${elsewhere}', '1', 'charging', 1, 1, 1, id from voltway.id_token where last_four = 'BUSY'`)
  const busy = await ask({ idToken: 'CARDBUSY', evse: 2 })
  assert.deepEqual([busy.status, busy.reason], ['concurrent', 'cardInUse'])
  await station.call('StopTransaction', { transactionId: 1, meterStop: 10, timestamp: '2026-06-15T11:30:00Z' })
  assert.equal((await ask({ idToken: 'CARDBUSY', evse: 2 })).status, 'accepted')
})
