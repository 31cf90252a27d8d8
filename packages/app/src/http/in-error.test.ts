import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createIngestWriter, endCommand, insertCommand, insertSentFrame } from '@voltway/store'
import { testId } from '@voltway/store/testing'
import { type ChargingStationId, type EpochMs, epochMs, HOUR, isoOf, MINUTE, type TenantId } from '@voltway/units'
import { started, stopped } from '../jobs/testing/job-world.ts'
import { reportFacts, withCard } from './testing/report-facts.ts'
import { type Loose, openTestApp, type TestApp } from './testing/test-app.ts'

let it: TestApp
let dana: string
let station: { readonly tenantId: TenantId; readonly stationId: ChargingStationId }
before(async () => {
  it = await openTestApp()
  dana = await it.signIn('dana@one.example')
  station = { tenantId: it.seeded.tenantId as TenantId, stationId: it.seeded.stations[0]?.id as ChargingStationId }
})
after(() => it.close())

const items = async (path: string): Promise<readonly Loose[]> => {
  const answer = await it.ask('GET', `/api/v1${path}`, { key: it.key })
  assert.equal(answer.status, 200, answer.text)
  return Object.values(answer.body.items ?? {})
}
const now = (): EpochMs => it.services.clock.now()

/** A slot of half an hour that begins in so many minutes. @returns its id */
const book = async (minutes: number): Promise<string> => {
  const arrival = epochMs(now() + minutes * MINUTE)
  const wish = {
    evseCode: it.seeded.stations[0]?.evses[0]?.code,
    arrival: isoOf(arrival),
    departure: isoOf(epochMs(arrival + HOUR / 2)),
    durationMinutes: 30,
    energyWh: 10_000,
  }
  const plans = await it.ask('POST', '/api/v1/driver/plans', { cookie: dana, body: wish })
  const offer = String(plans.body.plans?.[0]?.offer)
  const booked = await it.ask('POST', '/api/v1/driver/reservations', { cookie: dana, body: { offer } })
  assert.equal(booked.status, 201, booked.text)
  return String(booked.body.id)
}
/** The link as the server marks it. */
const link = (up: boolean) =>
  it.services.db.inTenant(station.tenantId, (tx) =>
    tx
      .updateTable('voltway.charging_station')
      .set(up ? { connected_at: now(), disconnected_at: null } : { disconnected_at: now() })
      .where('id', '=', station.stationId)
      .execute(),
  )
let commands = 0
/** That the station was asked, and how it went, as the gateway writes it. */
const asked = async (requestedBy: string, ended: Pick<Parameters<typeof endCommand>[1], 'state' | 'answer' | 'error'>) => {
  commands += 1
  const command = { ...station, id: `00000000-0000-7000-8000-${String(commands).padStart(12, '0')}`, action: 'ReserveNow' }
  await it.services.db.inTenant(station.tenantId, async (tx) => {
    await insertCommand(tx, { ...command, payload: {}, requestedBy, requestedAt: epochMs(now() + commands), nodeId: testId<'Node'>() })
    await endCommand(tx, { ...command, ...ended, endedAt: epochMs(now() + commands) })
  })
}

test('a reservation is in error when its station is offline, refused it, or nobody came; and not before it is due', async () => {
  const trouble = async (query = 'inError=true') =>
    Object.fromEntries(
      (await items(`/reservations?${query}`)).map((one) => [String(one.id), [one.trouble, one.troubleDetail].join(' ').trim()]),
    )
  const [soon, later, dropped] = [await book(10), await book(120), await book(200)]
  const asks = (id: string, ended: Parameters<typeof asked>[1]) => asked(`reservation:push:${id}`, ended)

  const needed = async () => {
    const { body } = await it.ask('GET', '/api/v1/overview', { key: it.key })
    const needs = Object.values(body.needs ?? {}).filter(({ kind }) => String(kind) === 'reservation')
    return needs.map(({ reservationId, codes, action }) => [
      String(reservationId),
      ...Object.values(codes ?? {}).map(String),
      String(action),
    ])
  }

  assert.deepEqual(await trouble(), { [soon]: 'stationOffline' })
  assert.deepEqual(await needed(), [[soon, 'stationOffline', 'openReservation']])
  await link(true)
  assert.deepEqual(await trouble(), {})
  assert.deepEqual(await needed(), [])
  await asks(soon, { state: 'answered', answer: { status: 'Occupied' }, error: undefined })
  await asks(later, { state: 'answered', answer: { status: 'Faulted' }, error: undefined })
  assert.deepEqual(await trouble(), { [soon]: 'refusedByStation Occupied' })
  await asks(soon, { state: 'expired', answer: undefined, error: 'expired' })
  assert.deepEqual(await trouble(), { [soon]: 'refusedByStation expired' })
  assert.deepEqual(await needed(), [[soon, 'refusedByStation', 'expired', 'openReservation']])
  const one = await it.ask('GET', `/api/v1/reservations/${soon}`, { key: it.key })
  assert.deepEqual([one.body.trouble, one.body.troubleDetail].map(String), ['refusedByStation', 'expired'])
  // Asked again, and held: all is well.
  await asks(soon, { state: 'answered', answer: { status: 'Accepted' }, error: undefined })
  assert.deepEqual(await trouble(), {})

  // Who gives a slot back is no error; who does not come is.
  await it.ask('POST', `/api/v1/driver/reservations/${dropped}/cancel`, { cookie: dana, body: {} })
  it.advance(30 * MINUTE)
  await reportFacts(it, [])
  assert.deepEqual(await trouble(), { [soon]: 'unused' })
  // Nobody can do anything about it any more.
  assert.deepEqual(await needed(), [])
  assert.deepEqual(await trouble(`stationId=${station.stationId}&inError=true&state=cancelled`), {})
  assert.equal((await items('/reservations')).length, 3)
})

test('a command is in error when the station refused the call or did not answer in time', async () => {
  await asked('user', { state: 'failed', answer: undefined, error: 'NotSupported: unknown action' })
  const states = (await items(`/stations/${station.stationId}/commands?inError=true`)).map(({ state }) => String(state))
  assert.deepEqual(states, ['failed', 'expired'])
  assert.ok((await items(`/stations/${station.stationId}/commands`)).length > states.length)
})

test('a message is in error when it was answered with an error, was not answered, or broke its schema', async () => {
  const frame = { ...station, epoch: 1, request: '[2,"m","Reset",{}]', respondedAt: now(), violations: undefined }
  const violations = [{ path: '/timestamp', message: 'must match format "date-time"' }]
  await it.services.db.inTenant(station.tenantId, async (tx) => {
    for (const [n, outcome] of (['result', 'error', 'expired'] as const).entries())
      await insertSentFrame(tx, {
        ...frame,
        sentAt: epochMs(now() + n),
        messageId: outcome,
        action: 'Reset',
        response: '[3,"m",{}]',
        outcome,
      })
  })
  const writer = createIngestWriter(it.services.db)
  const heard = {
    receivedAt: epochMs(now() + 10),
    epoch: 1,
    action: 'MeterValues',
    request: '[2,"x","MeterValues",{}]',
    response: '[3,"x",{}]',
  }
  const inbound = (messageId: string, more: object) => ({
    ...station,
    facts: [],
    frame: { ...heard, messageId, respondedAt: heard.receivedAt, outcome: 'result' as const, violations: undefined, ...more },
  })
  await writer.write([inbound('good', {}), inbound('mended', { violations }), inbound('refused', { outcome: 'error' })], [station.tenantId])
  await writer.close()
  const ids = async (query: string) =>
    (await items(`/stations/${station.stationId}/messages?${query}`)).map(({ messageId }) => String(messageId)).toSorted()
  assert.deepEqual(await ids('inError=true'), ['error', 'expired', 'mended', 'refused'])
  assert.deepEqual(await ids('inError=true&direction=in'), ['mended', 'refused'])
  assert.deepEqual(await ids('inError=true&action=Reset'), ['error', 'expired'])
  assert.deepEqual(await ids(''), ['error', 'expired', 'good', 'mended', 'refused', 'result'])
})

test('a session is in error when it was lost, whatever the station gave as the reason, and not while its bill is to come', async () => {
  const start = now()
  const charge = (minutes: number, number: number, stopReason: string) => {
    const at = epochMs(start + minutes * MINUTE)
    const ended = stopped(epochMs(at + 5 * MINUTE), 3_000, number)
    return [withCard(it, started(at, 'CARD', number)), { ...ended, stopReason } as typeof ended]
  }
  it.advance(40 * MINUTE)
  await reportFacts(it, [...charge(1, 1, 'driver'), ...charge(10, 2, 'other'), ...charge(20, 3, 'reset')])
  const reasons = async (query: string) => (await items(`/sessions?${query}`)).map(({ stopReason }) => String(stopReason))
  assert.deepEqual(await reasons('inError=true'), ['reset', 'other'])
  assert.deepEqual(await reasons(''), ['reset', 'other', 'driver'])
})
