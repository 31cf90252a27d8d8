import assert from 'node:assert/strict'
import { env } from 'node:process'
import { test } from 'node:test'
import { din70121Evcc, din70121Secc } from './din70121/index.ts'
import { iso2Evcc, iso2Secc } from './iso2/index.ts'
import { recordedSession } from './testing/recorded-exchange.ts'
import { readRecordings, sessionsFolder } from './testing/recordings.ts'
import { replayAgainstCar } from './testing/replay-car.ts'
import { replayAgainstStation } from './testing/replay-station.ts'

const folder = sessionsFolder(env.VOLTWAY_DATA)
const skip = folder === undefined ? 'VOLTWAY_DATA names no folder with the recordings' : false
const sessions = (folder === undefined ? [] : readRecordings(folder)).flatMap((recording) => recordedSession(recording) ?? [])

test('recorded cars of DIN 70121 and ISO 15118-2 are answered by our station as the recorded station answered them', { skip }, (t) => {
  let agreed = 0
  let bridged = 0
  let skipped = 0
  const wrong: string[] = []
  for (const session of sessions) {
    const replayed = replayAgainstStation(session, session.dialect.name === 'din70121' ? din70121Secc : iso2Secc)
    agreed += replayed.agreed
    bridged += replayed.bridged
    skipped += replayed.skipped
    wrong.push(...replayed.disagreements.map((text) => `${session.name}: ${text}`))
  }
  t.diagnostic(
    `${sessions.length} sessions, ${agreed} requests answered alike, ${bridged} put in over gaps, ${skipped} without a recorded answer or after a refusal`,
  )
  assert.deepEqual(wrong, [])
})

test('recorded stations of DIN 70121 and ISO 15118-2 are accepted by our car where the recorded car accepted them', { skip }, (t) => {
  let accepted = 0
  let refused = 0
  let skipped = 0
  const wrong: string[] = []
  for (const session of sessions) {
    const replayed = replayAgainstCar(session, session.dialect.name === 'din70121' ? din70121Evcc : iso2Evcc)
    accepted += replayed.accepted
    refused += replayed.refused
    skipped += replayed.skipped
    wrong.push(...replayed.disagreements.map((text) => `${session.name}: ${text}`))
  }
  t.diagnostic(`${sessions.length} sessions, ${accepted} responses accepted, ${refused} refusals taken as such, ${skipped} skipped`)
  assert.deepEqual(wrong, [])
})
