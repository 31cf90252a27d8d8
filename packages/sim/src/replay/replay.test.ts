import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { isoOf } from '@voltway/units'
import { listOf, objectOf } from '../json.ts'
import { startTestServer } from '../testing/test-server.ts'
import { type RecordedSession, readRecording } from './recording.ts'
import { replay } from './replay.ts'
import { planReplay } from './replay-plan.ts'

const CSV = `session_id,site,evse_id,user_id,arrival,departure,energy_kwh,pmax_kw,extra
a,depot,E1,ann,2026-03-28T22:00:00,2026-03-29T04:30:00,12.345,11,"{""soc0"": 20, ""soc1"": 60}"
b,depot,E1,bob,2026-03-29T04:30:00,2026-03-29T05:00:00,3.1,,
c,depot,E2,ann,2026-03-28T23:00:00,2026-03-28T23:20:00,20,50,
d,depot,E2,,2026-03-28T23:10:00,2026-03-28T23:50:00,0.4,50,
e,depot,E2,,2026-03-29T10:00:00,2026-03-29T09:00:00,1,,
f,depot,E1,bob,yesterday,2026-03-29T09:00:00,1,,
`
const read = (csv: string, timeZone = 'Europe/Oslo') => {
  const recording = readRecording(csv, { timeZone })
  assert.ok(recording.ok)
  return recording.value
}

test('reads local times over a daylight-saving change, and says which rows it cannot use', () => {
  const { sessions, rejected } = read(CSV)
  assert.equal(isoOf(sessions[0]!.arrival), '2026-03-28T21:00:00.000Z')
  assert.equal((sessions[0]!.departure - sessions[0]!.arrival) / 3_600_000, 5.5)
  assert.deepEqual(
    rejected.map(({ line, reason }) => [line, reason]),
    [
      [6, 'departureNotAfterArrival'],
      [7, 'timeUnreadable'],
    ],
  )
})

test("reads anybody's columns, and names those that are missing", () => {
  const columns = { evse: 'box', arrival: 'from', departure: 'to', energyWh: 'wh' }
  const csv = 'box,from,to,wh\nX,2026-01-01T10:00:00+01:00,2026-01-01T11:00:00+01:00,1500\n'
  const recording = readRecording(csv, { columns, timeZone: 'UTC' })
  assert.deepEqual(recording.ok && recording.value.sessions.map(({ id, energyWh, arrival }) => [id, energyWh, isoOf(arrival)]), [
    ['1', 1500, '2026-01-01T09:00:00.000Z'],
  ])
  assert.deepEqual(readRecording(csv, { timeZone: 'UTC' }), {
    ok: false,
    failure: ['session_id', 'site', 'evse_id', 'user_id', 'arrival', 'departure', 'energy_kwh', 'pmax_kw', 'extra'],
  })
})

test('plans a lane for an overlap, and a second card for a user who charges twice at once', () => {
  const plan = planReplay(read(CSV).sessions)
  assert.deepEqual(
    plan.stations.map(({ identity, name, template }) => [identity, name, template.evses[0]?.maxPowerW, template.evses[0]?.currentType]),
    [
      ['R1-E1', 'E1', 11_000, 'AC'],
      ['R2-E2', 'E2', 60_000, 'DC'],
      ['R2-E2-2', 'E2 (2)', 50_000, 'DC'],
    ],
  )
  assert.deepEqual(
    plan.overlaps.map(({ sessionId, overlapsWith, playedOn }) => [sessionId, overlapsWith, playedOn]),
    [['d', 'c', 'R2-E2-2']],
  )
  const [a, c] = ['a', 'c'].map((id) => plan.sessions.find(({ session }) => session.id === id)?.idToken)
  assert.notEqual(a, c)
})

for (const version of ['ocpp1.6', 'ocpp2.0.1'] as const)
  test(`${version}: plays a night in a moment, with the recording's times and energy on the wire`, async (t) => {
    const { sessions } = read(CSV)
    const server = await startTestServer({ port: 0 })
    t.after(server.close)
    const seen: number[] = []
    const report = await replay({
      sessions,
      version,
      speed: 'max',
      provision: async (plan) => ({
        url: server.url,
        passwords: Object.fromEntries(plan.stations.map(({ identity }) => [identity, 'secret'])),
      }),
      progress: ({ played }) => seen.push(played),
    })
    assert.deepEqual(seen, [1, 2, 3, 4])
    const byId = (id: string): RecordedSession => sessions.find((one) => one.id === id)!
    for (const played of report.sessions) {
      const recorded = byId(played.sessionId)
      assert.deepEqual(
        [played.outcome, played.energyWh, played.startedAt, played.endedAt],
        ['played', recorded.energyWh, recorded.arrival, recorded.departure],
        played.sessionId,
      )
    }
    assert.deepEqual(
      report.sessions.find(({ sessionId }) => sessionId === 'b')?.meterStartWh,
      report.sessions.find(({ sessionId }) => sessionId === 'a')?.meterStopWh,
    )
    if (version === 'ocpp2.0.1') {
      const energies = server
        .of('TransactionEvent')
        .filter(({ eventType }) => eventType === 'Ended')
        .map(({ meterValue }) => listOf(listOf(meterValue)[0]?.sampledValue)[0]?.value)
      assert.deepEqual(energies, [20_000, 400, 12_345, 15_445])
      const last = server.of('TransactionEvent').filter(({ timestamp }) => timestamp === '2026-03-29T02:30:00.000Z')
      const states = last.map(({ transactionInfo }) => objectOf(transactionInfo).chargingState)
      assert.deepEqual(states.slice(0, 2), [undefined, 'EVConnected'], 'a full car that leaves does not charge again')
      return
    }
    const stops = server.of('StopTransaction').map(({ timestamp, meterStop }) => [timestamp, meterStop])
    assert.deepEqual(stops, [
      ['2026-03-28T22:20:00.000Z', 20_000],
      ['2026-03-28T22:50:00.000Z', 400],
      ['2026-03-29T02:30:00.000Z', 12_345],
      ['2026-03-29T03:00:00.000Z', 15_445],
    ])
    // 12.345 kWh at 11 kW take 67 minutes and 20 seconds: then the car is done but stays.
    const suspended = server.calls.find(({ action, payload }) => action === 'StatusNotification' && payload.status === 'SuspendedEV')
    assert.deepEqual(suspended?.payload.timestamp, '2026-03-28T22:07:20.182Z')
    const readings = server.of('MeterValues').map(({ meterValue }) => listOf(meterValue)[0])
    const atItsEnd = readings.find((one) => one?.timestamp === '2026-03-28T22:07:20.182Z')
    const energy = listOf(atItsEnd?.sampledValue).find(({ measurand }) => measurand === 'Energy.Active.Import.Register')
    assert.equal(energy?.value, '12345')
  })

test('each station may speak its own version', async (t) => {
  const { sessions } = read(CSV)
  const server = await startTestServer({ port: 0 })
  t.after(server.close)
  const report = await replay({
    sessions,
    url: server.url,
    speed: 'max',
    version: ({ recordedEvse }) => (recordedEvse === 'E1' ? 'ocpp1.6' : 'ocpp2.0.1'),
    provision: async () => ({ passwords: {} }),
  })
  assert.ok(report.sessions.every(({ outcome }) => outcome === 'played'))
  assert.equal(server.of('StartTransaction').length, 2)
  assert.equal(server.of('TransactionEvent').filter(({ eventType }) => eventType === 'Ended').length, 2)
})

test('an outage in the middle changes nothing of what was played', async (t) => {
  const { sessions } = read(CSV)
  const server = await startTestServer({ port: 0 })
  t.after(server.close)
  let cut = false
  const report = await replay({
    sessions,
    url: server.url,
    speed: 'max',
    provision: async () => ({ passwords: {} }),
    progress: () => {
      if (!cut) server.cutAll()
      cut = true
    },
  })
  assert.deepEqual(
    report.sessions.map(({ outcome, energyWh }) => [outcome, energyWh]),
    [
      ['played', 12_345],
      ['played', 20_000],
      ['played', 400],
      ['played', 3_100],
    ],
  )
})

test('stations that the server refuses fail the replay by name', async (t) => {
  const server = await startTestServer({ port: 0, admit: () => 401 })
  t.after(server.close)
  const played = replay({
    sessions: read(CSV).sessions,
    url: server.url,
    speed: 'max',
    provision: async () => ({ passwords: {} }),
    connectTimeoutMs: 100,
  })
  await assert.rejects(played, /R1-E1 \(refused\)/)
})

const folder = process.env.VOLTWAY_DATA
const real =
  folder && [join(folder, 'charging'), folder].map((one) => join(one, 'acn_caltech_2019-03_events.csv')).find((path) => existsSync(path))
test('a real day of the Caltech recording keeps its energy to the Wh', {
  skip: real ? false : 'VOLTWAY_DATA names no folder with the recordings',
}, async (t) => {
  const all = read(readFileSync(String(real), 'utf8'), 'America/Los_Angeles').sessions
  const day = all.filter(({ arrival }) => isoOf(arrival).startsWith('2019-03-05'))
  const server = await startTestServer({ port: 0 })
  t.after(server.close)
  const report = await replay({ sessions: day, url: server.url, speed: 'max', provision: async () => ({ passwords: {} }) })
  assert.ok(day.length > 20)
  for (const { sessionId, energyWh, outcome } of report.sessions)
    assert.deepEqual([outcome, energyWh], ['played', day.find(({ id }) => id === sessionId)?.energyWh])
})
