import assert from 'node:assert/strict'
import { test } from 'node:test'
import { din70121Evcc, din70121Secc } from '../din70121/index.ts'
import type { StationTold, StationWord } from '../machine/station-words.ts'
import type { WaitingTimer } from '../machine/waiting.ts'
import { type CableEnd, type CableOptions, type Reply, runCable } from '../testing/cable.ts'
import { dcCable } from '../testing/dc-peers.ts'
import { iso2Evcc, iso2Secc } from './index.ts'

const BOTH = { 'ISO 15118-2': dcCable(iso2Secc, iso2Evcc), 'DIN 70121': dcCable(din70121Secc, din70121Evcc) } as const

const wordIn = (reply: Reply<StationWord>): StationWord => ('word' in reply ? reply : reply[0])

/** The same station, which takes so long for what it is told. */
const slow =
  (cable: CableOptions, name: StationTold['told'], milliseconds: number): CableOptions['station'] =>
  (told, at) => {
    const replies = cable.station(told, at)
    return told.told === name ? replies.map((reply) => [wordIn(reply), milliseconds]) : replies
  }

const secondsOf = ({ log }: CableEnd, timer: WaitingTimer): number => {
  const began = log.findLast(({ from, output }) => from === 'secc' && output.kind === 'startTimer' && output.timer === timer)
  const ended = log.find(({ from, output }) => from === 'secc' && output.kind === 'endLink')
  return ((ended?.at ?? 0) - (began?.at ?? 0)) / 1_000
}

const LIMITS: readonly (readonly [sentence: string, told: StationTold['told'], timer: WaitingTimer, seconds: number])[] = [
  ['an authorisation', 'authoriseWanted', 'V2G_SECC_Ongoing_Performance_Time', 55],
  ['a schedule', 'scheduleWanted', 'V2G_SECC_Ongoing_Performance_Time', 55],
  ['a cable check', 'cableCheckWanted', 'V2G_SECC_CableCheck_Performance_Time', 38],
  ['a voltage', 'preCharge', 'V2G_SECC_PreCharge_Performance_Time', 5],
]
for (const [protocol, cable] of Object.entries(BOTH))
  for (const [sentence, told, timer, seconds] of LIMITS) {
    test(`${sentence} that a station does not come to in ${seconds} s is answered with FAILED while the car still listens (${protocol})`, () => {
      const end = runCable({ ...cable, station: (one) => (one.told === told ? [] : cable.station(one, 0)) })
      assert.deepEqual(end.ends.secc, { code: 'notReady', timer, responseCode: 'FAILED' })
      assert.deepEqual([end.ends.evcc?.code, end.ends.evcc?.responseCode], ['refused', 'FAILED'])
      // With the first request after the time is over.
      assert.ok(Math.abs(secondsOf(end, timer) - seconds - 0.1) <= 0.3, `${secondsOf(end, timer)} s`)
      assert.ok(
        end.log.some(
          ({ from, output }) => from === 'secc' && output.kind === 'tell' && output.told.told === 'openContactor' && output.told.urgent,
        ),
      )
    })

    test(`${sentence} that takes a station a little less than ${seconds} s is in time, and its timer ends with it (${protocol})`, () => {
      const end = runCable({ ...cable, station: slow(cable, told, seconds * 1_000 - 600), carSays: [[150_000, { word: 'stop' }]] })
      assert.deepEqual(end.ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
    })
  }

test('a person may take longer to identify than a station may for itself', () => {
  const cable = BOTH['ISO 15118-2']
  const station: CableOptions['station'] = (told, at) =>
    told.told === 'authoriseWanted'
      ? [
          [{ word: 'waitingForCustomer' }, 10],
          [{ word: 'authorised' }, 240_000],
        ]
      : cable.station(told, at)
  const { ends } = runCable({ ...cable, station, carSays: [[300_000, { word: 'stop' }]] })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
})

test('what comes when the time is over and before the car asks again is still good', () => {
  const cable = BOTH['ISO 15118-2']
  const evcc = { ...cable.evcc, pace: 1_700 }
  const { log, ends } = runCable({
    ...cable,
    evcc,
    station: slow(cable, 'cableCheckWanted', 38_010),
    carSays: [[80_000, { word: 'stop' }]],
  })
  const late = log.find(({ output }) => output.kind === 'startTimer' && output.timer === 'V2G_SECC_CableCheck_Performance_Time')
  const asked = log.filter(({ at, from, output }) => from === 'evcc' && output.kind === 'send' && at > (late?.at ?? 0) + 37_000)
  // Nothing is asked between the end of the time and the result.
  assert.ok(asked.every(({ at }) => at < (late?.at ?? 0) + 38_000 || at > (late?.at ?? 0) + 38_010))
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
})
