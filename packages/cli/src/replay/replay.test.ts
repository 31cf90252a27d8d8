import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import type { PlayedSession, RecordedSession } from '@voltway/sim'
import { epochMs, isoOf } from '@voltway/units'
import { columnsOf } from './column-map.ts'
import { compareSession } from './compare-session.ts'
import type { BilledSession } from './fetch-receipts.ts'
import { loadRecording } from './load-recording.ts'
import { recordedUsage } from './recorded-usage.ts'
import { DEFAULT_TARIFF } from './replay-tariff.ts'

const QUARTER = 900_000
const noon = Date.UTC(2026, 5, 15, 12)
const recorded = (over: Partial<RecordedSession> = {}): RecordedSession => ({
  id: 's',
  site: 'here',
  evse: 'E',
  user: '',
  arrival: epochMs(noon),
  departure: epochMs(noon + 3_600_000),
  energyWh: 5_001,
  maxPowerW: 10_000,
  soc: undefined,
  ...over,
})
const readings = (session: RecordedSession) =>
  recordedUsage(session, QUARTER).points.map(({ at, importWh }) => [(at - noon) / 60_000, importWh])

test('a recorded session as its meter shows it: each quarter of an hour, where charging ends, and at the end', () => {
  assert.deepEqual(readings(recorded()), [
    [0, 0],
    [15, 2_500],
    [30, 5_000],
    [30.006, 5_001],
    [60, 5_001],
  ])
  const spread = recorded({ maxPowerW: undefined, energyWh: 1_000 })
  assert.deepEqual(
    readings(spread).map(([, wh]) => wh),
    [0, 250, 500, 750, 1_000],
  )
  assert.equal(recordedUsage(spread, QUARTER).chargingEndedAt, spread.departure)
  const nothing = recorded({ energyWh: 0 })
  assert.deepEqual(readings(nothing), [
    [0, 0],
    [60, 0],
  ])
  assert.equal(recordedUsage(nothing, QUARTER).chargingEndedAt, nothing.departure, 'a car that got nothing does not idle')
})

const played: PlayedSession = {
  sessionId: 's',
  identity: 'R1-E',
  idToken: 'RPL00001',
  transactionId: '1',
  startedAt: epochMs(noon),
  endedAt: epochMs(noon + 3_600_000),
  meterStartWh: 0,
  meterStopWh: 5_001,
  energyWh: 5_001,
  outcome: 'played',
}
const compare = (billed: BilledSession | undefined) =>
  compareSession({ recorded: recorded(), played, billed, tariff: DEFAULT_TARIFF, intervalMs: QUARTER })
const cost = (micros: string) => ({ total: { currency: 'EUR', micros } })
const receipt = {
  number: 7,
  importWh: 5_001,
  connectedSeconds: 3_600,
  startedAt: isoOf(epochMs(noon)),
  endedAt: isoOf(epochMs(noon + 3_600_000)),
  cost: cost('2250000'),
}
const session = { state: 'billed', heldReasons: [], cost: cost('2250000') }

test('a receipt that says what was recorded differs in nothing', () => {
  const { differences, costMicros, receiptNumber } = compare({ session, receipt })
  assert.deepEqual([differences, costMicros, receiptNumber], [[], '2250000', 7])
})

test('a cent, a Wh and a second too much are each told, and so is a live display that says something else', () => {
  const wrong = { ...receipt, importWh: 5_002, connectedSeconds: 3_601, cost: cost('2260000') }
  assert.deepEqual(
    compare({ session, receipt: wrong }).differences.map((text) => text.split(':')[0]),
    ['the energy in Wh', 'the duration in seconds', 'the cost in millionths', 'the cost in millionths'],
  )
})

test('a session without a receipt says why', () => {
  assert.deepEqual(compare(undefined).differences, ['the server knows no such session'])
  const held = { state: 'held', heldReasons: ['registerFell'] }
  assert.deepEqual(compare({ session: held, receipt: undefined }).differences, ['it was not billed: its state is held: registerFell'])
})

const OURS = ['session_id', 'site', 'evse_id', 'user_id', 'arrival', 'departure', 'energy_kwh', 'pmax_kw', 'extra']

test('columns have our names unless others are given; only what is needed must be there', () => {
  const ours = columnsOf('', OURS)
  assert.equal(ours.ok && ours.value.maxPowerKw, 'pmax_kw')
  const theirs = columnsOf('evse_id=box, arrival=from,departure=to,energy_wh=wh', ['box', 'from', 'to', 'wh'])
  assert.deepEqual(theirs, { ok: true, value: { evse: 'box', arrival: 'from', departure: 'to', energyWh: 'wh' } })
})

const BAD_MAPS: readonly (readonly [map: string, header: readonly string[], says: RegExp])[] = [
  ['arrival', OURS, /not column=column/],
  ['plug=from', OURS, /"plug" is not one of/],
  ['arrival=from', OURS, /no column from/],
  ['', ['evse_id', 'arrival'], /no column departure/],
  ['', ['evse_id', 'arrival', 'departure'], /energy_kwh or energy_wh/],
]
for (const [map, header, says] of BAD_MAPS)
  test(`the map "${map}" over ${header.length} columns is refused: ${says.source}`, () => {
    const read = columnsOf(map, header)
    assert.match(read.ok ? '' : read.failure, says)
  })

test('a day of 23 hours is a day, and each site has its own clock', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'voltway-recording-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'two.csv')
  const row = (id: string, site: string, arrival: string, departure: string) => `${id},${site},E,,${arrival},${departure},1,,`
  const rows = [
    row('a', 'caltech', '2019-03-10T00:30:00', '2019-03-10T03:30:00'),
    row('b', 'caltech', '2019-03-10T23:30:00', '2019-03-10T23:59:00'),
    row('c', 'caltech', '2019-03-11T00:10:00', '2019-03-11T01:00:00'),
    row('d', 'epfl-l3', '2019-03-10T00:10:00', '2019-03-10T01:10:00'),
  ]
  writeFileSync(file, [OURS.join(','), ...rows].join('\n'))
  const options = { file, map: '', timeZone: undefined, from: '2019-03-10', days: 1 }
  const { sessions, zoneOf } = await loadRecording(options)
  assert.deepEqual(
    sessions.map(({ id, arrival, departure }) => [id, isoOf(arrival), (departure - arrival) / 3_600_000]),
    [
      ['d', '2019-03-09T23:10:00.000Z', 1],
      ['a', '2019-03-10T08:30:00.000Z', 2],
      ['b', '2019-03-11T06:30:00.000Z', 29 / 60],
    ],
  )
  assert.equal(zoneOf('epfl-l3'), 'Europe/Zurich')
  await assert.rejects(loadRecording({ ...options, from: '2030-01-01' }), /no session in those days/)
  await assert.rejects(loadRecording({ ...options, file: join(folder, 'none.csv') }), /cannot be read/)
})

test('lines may end in several ways in one file, and a file that is no CSV says where', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'voltway-recording-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'mixed.csv')
  const row = (id: string, end: string) => `${id},here,E,,2026-06-15T1${id}:00:00,2026-06-15T1${id}:30:00,1,,"{""a"": 1}"${end}`
  writeFileSync(file, `${OURS.join(',')}\n${row('1', '\r\n')}${row('2', '\n')}${row('3', '')}`)
  const options = { file, map: '', timeZone: 'UTC', from: undefined, days: undefined }
  assert.deepEqual(
    (await loadRecording(options)).sessions.map(({ id }) => id),
    ['1', '2', '3'],
  )
  writeFileSync(file, `${OURS.join(',')}\n1,"he"re,E,,2026-06-15T10:00:00,2026-06-15T11:00:00,1,,\n`)
  await assert.rejects(loadRecording(options), /mixed\.csv cannot be read as CSV: .* at line 2/)
})
