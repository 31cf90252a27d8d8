import assert from 'node:assert/strict'
import { env } from 'node:process'
import { test } from 'node:test'
import { readRecordings, sessionsFolder } from '../testing/recordings.ts'
import { recordedSession } from './testing/recorded.ts'
import { replayCar, replayStation } from './testing/replay.ts'

const folder = sessionsFolder(env.VOLTWAY_DATA)
const skip = folder === undefined ? 'VOLTWAY_DATA names no folder with the recordings' : false
const sessions = (folder === undefined ? [] : readRecordings(folder)).flatMap((recording) => recordedSession(recording) ?? [])

for (const [sentence, replay] of [
  ['recorded cars of ISO 15118-20 are answered by our station as the recorded station answered them', replayCar],
  ['our car takes what recorded stations of ISO 15118-20 answer, from SessionSetup to SessionStop', replayStation],
] as const)
  test(sentence, { skip }, (t) => {
    assert.ok(sessions.length >= 5, `${sessions.length} sessions`)
    const replayed = sessions.map((session) => ({ name: session.name, ...replay(session) }))
    t.diagnostic(`${sessions.length} sessions, ${replayed.reduce((sum, { agreed }) => sum + agreed, 0)} exchanges`)
    assert.deepEqual(
      replayed.flatMap(({ name, disagreements }) => disagreements.map((text) => `${name}: ${text}`)),
      [],
    )
    assert.deepEqual(
      replayed.map(({ name, end }) => `${name} ${end?.code}`),
      sessions.map(({ name }) => `${name} finished`),
    )
  })
