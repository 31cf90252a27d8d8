import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { runVoltway } from './run-voltway.ts'

interface Played {
  readonly sessionId: string
  readonly energyWh: number
  readonly seconds: number
  readonly costMicros: string
  readonly receiptNumber?: number
  readonly differences: readonly string[]
}
interface Answer {
  readonly played: number
  readonly matched: number
  readonly differing: number
  readonly energyWh: number
  readonly revenue: { readonly currency: string; readonly micros: string }
  readonly sessions: readonly Played[]
  readonly overlaps: readonly { readonly sessionId: string; readonly overlapsWith: string }[]
  readonly rejected: readonly { readonly line: number; readonly reason: string }[]
}

const HARBOUR = join(import.meta.dirname, 'harbour.csv')

const replay = async (...args: readonly string[]): Promise<Answer> => {
  const { code, out, notes } = await runVoltway(['sim', 'replay', ...args, '--json'])
  assert.ok(out.startsWith('{'), `no answer: ${notes}`)
  const answer: Answer = JSON.parse(out)
  assert.deepEqual(
    answer.sessions.flatMap(({ sessionId, differences }) => differences.map((difference) => `${sessionId}: ${difference}`)),
    [],
  )
  assert.equal(code, 0, notes)
  return answer
}

test('two recorded days over a daylight-saving change become receipts that say what was recorded', async () => {
  const answer = await replay(HARBOUR, '--time-zone', 'Europe/London')
  assert.deepEqual([answer.played, answer.matched, answer.differing], [13, 13, 0])
  assert.equal(answer.energyWh, 183_481)
  assert.deepEqual(
    answer.overlaps.map(({ sessionId, overlapsWith }) => [sessionId, overlapsWith]),
    [['h-08', 'h-07']],
  )
  assert.deepEqual(
    answer.rejected.map(({ line, reason }) => [line, reason]),
    [[15, 'departureNotAfterArrival']],
  )
  const numbers = answer.sessions.map(({ receiptNumber }) => receiptNumber).toSorted((a = 0, b = 0) => a - b)
  assert.deepEqual(
    numbers,
    numbers.map((_, index) => index + 1),
    'receipts are numbered without a gap',
  )
  const of = (id: string) => answer.sessions.find(({ sessionId }) => sessionId === id)
  // By hand, from 0.45 by day, 0.29 from 22:00 to 07:00, and 0.05 a minute from half an hour after charging, at most 10.
  const byHand = {
    'h-01': [9_000, '6550000'], // 12.4 kWh by day 5.58; full at 09:40:32, so 19.46 minutes idle 0.97
    'h-04': [25_200, '15840000'], // 31.7 kWh by night 9.19; full after 4.28 of 7 hours (the clock is put forward): 132.97 minutes 6.65
    'h-05': [420, '0'],
    'h-10': [7_200, '1910000'],
    'h-13': [36_000, '14500000'], // 4.50, and the most for idling
  }
  for (const [id, expected] of Object.entries(byHand)) assert.deepEqual([of(id)?.seconds, of(id)?.costMicros], expected, id)
})

test('with one price for all hours, each receipt is kWh times that', async () => {
  const tariff = join(import.meta.dirname, 'flat-tariff.json')
  const { sessions, revenue } = await replay(
    HARBOUR,
    '--time-zone',
    'Europe/London',
    '--from',
    '2026-03-28',
    '--days',
    '1',
    '--tariff',
    tariff,
  )
  assert.equal(sessions.length, 9)
  for (const { sessionId, energyWh, costMicros } of sessions) {
    const pence = Math.round((energyWh * 40) / 1_000)
    assert.equal(costMicros, String(pence * 10_000), sessionId)
  }
  assert.equal(revenue.currency, 'GBP')
})

test('a running server is not played into, and what to do instead is said', async () => {
  const { code, out, notes } = await runVoltway(['sim', 'replay', HARBOUR, '--url', 'http://127.0.0.1:8080'])
  assert.deepEqual([code, out], [2, ''])
  assert.match(notes, /keeps its own clock/)
})

const data = process.env.VOLTWAY_DATA
const folder = data && [join(data, 'charging'), data].find((path) => existsSync(join(path, 'acn_caltech_2019-03_events.csv')))
const REAL = [
  ['acn_caltech_2019-03_events.csv', '2019-03-10'],
  ['epfl_level3_2022-2023_sessions.csv', '2022-04-14'],
  ['risvollan_2018-2020_sessions.csv', '2019-03-31'],
] as const
for (const [file, from] of REAL)
  test(`a real day of ${file} becomes receipts that say what was recorded`, {
    skip: folder ? false : 'VOLTWAY_DATA names no folder with the recordings',
  }, async () => {
    const { played, matched } = await replay(join(String(folder), file), '--from', from, '--days', '1')
    assert.ok(played > 0)
    assert.equal(matched, played)
  })
