import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { readCapture } from './v2g/read-capture.ts'
import { readSessions, type Session } from './v2g/read-session.ts'
import { sequenceLines } from './v2g/sequence-lines.ts'
import { AC_SESSION } from './v2g/testing/ac-session.ts'
import { frameOf, packetsOf, pcapOf, type Sent } from './v2g/testing/make-capture.ts'

type Packets = ReturnType<typeof packetsOf>
const sessionsOf = (packets: Packets): readonly Session[] => {
  const capture = readCapture(pcapOf(packets))
  assert.ok(capture.ok)
  return readSessions(capture.value).sessions
}
const faultsOf = (sessions: readonly Session[]) =>
  sessions.flatMap(({ events, wrong }) => [...events.flatMap((event) => event.wrong), ...wrong])
const namesOf = (sessions: readonly Session[]) => sessions.flatMap(({ events }) => events.flatMap(({ message }) => message?.name ?? []))
const gapsOf = (sessions: readonly Session[]) =>
  sessions.flatMap(({ events }) => events.flatMap(({ side, gap }) => (gap ? [`${side}: ${gap}`] : [])))
const lacksOf = (sessions: readonly Session[]) => sessions.flatMap(({ lacks }) => lacks)

/** Every message in three segments, the middle of a header and the end of a message among the cuts. */
const IN_PARTS: readonly Sent[] = AC_SESSION.flatMap((part) =>
  [0, 5, part.bytes.length - 1].map((at, index, cuts) => ({ ...part, bytes: part.bytes.subarray(at, cuts[index + 1]) })),
)
const WHOLE = packetsOf(AC_SESSION)
const PARTS = packetsOf(IN_PARTS)
const NAMES = namesOf(sessionsOf(WHOLE))
/** The names of the messages of which every packet is there; two packets open a connection before them. */
const namesLeft = (isThere: (packet: number) => boolean, partsEach: number) =>
  NAMES.filter((_, at) => Array.from({ length: partsEach }, (_each, part) => isThere(2 + at * partsEach + part)).every(Boolean))

test('nothing is wrong with the session, and nothing of it is missing', () => {
  for (const packets of [WHOLE, PARTS]) {
    const sessions = sessionsOf(packets)
    assert.deepEqual([namesOf(sessions), faultsOf(sessions), gapsOf(sessions), lacksOf(sessions)], [NAMES, [], [], []])
  }
  assert.equal(NAMES.length, 26)
})

/** Of messages in parts: gaps of up to so many packets, and those that reach either end. */
const LONGEST = 7
for (const [sentence, packets, partsEach] of [
  ['whole messages', WHOLE, 1],
  ['messages in parts', PARTS, 3],
] as const)
  test(`a capture of ${sentence} that is cut at any two places holds no fault, and every message that is left in it`, () => {
    for (let from = 0; from < packets.length; from++)
      for (let to = from + 1; to <= packets.length; to++) {
        if (partsEach > 1 && to - from > LONGEST && from > 0 && to < packets.length) continue
        const isThere = (at: number): boolean => at < from || at >= to
        const sessions = sessionsOf(packets.filter((_, at) => isThere(at)))
        const where = `without packets ${from} to ${to}`
        assert.deepEqual(faultsOf(sessions), [], where)
        assert.deepEqual(namesOf(sessions), namesLeft(isThere, partsEach), where)
        if (sessions[0] !== undefined) assert.match(sessions[0].car, /fe80::a/, where)
        // What is missing in the middle, or at the end, is told.
        const isInside = from > 1 && from < packets.length - 2 && sessions.length > 0
        if (isInside) assert.ok(gapsOf(sessions).length + lacksOf(sessions).length > 0, where)
      }
  })

test('a capture that lost any packets here and there holds no fault, and every message that is left in it', () => {
  const random = seeded(15_118)
  for (let time = 0; time < 400; time++) {
    const rate = random() / 2
    const there = PARTS.map(() => random() >= rate)
    const sessions = sessionsOf(PARTS.filter((_, at) => there[at]))
    assert.deepEqual([faultsOf(sessions), namesOf(sessions)], [[], namesLeft((at) => there[at] === true, 3)], `${time}`)
  }
})

test('a capture that lost one end and heard the other holds no fault', () => {
  for (const side of ['EV', 'station'] as const) {
    const isOf = (at: number): boolean => IN_PARTS[at - 2]?.side === side
    for (let from = 2; from < PARTS.length; from += 3) {
      const sessions = sessionsOf(PARTS.filter((_, at) => at < from || !isOf(at)))
      assert.deepEqual(faultsOf(sessions), [], `${side} from ${from}`)
    }
  }
})

const without = (packets: Packets, ...missing: readonly number[]): readonly Session[] =>
  sessionsOf(packets.filter((_, at) => !missing.includes(at)))
const SIZE = (at: number): number => AC_SESSION[at]!.bytes.length

test('a gap is told where it is, with its bytes, and the next request says where the session is', () => {
  // The selection of the payment and its answer.
  const sessions = without(WHOLE, 8, 9)
  assert.deepEqual(gapsOf(sessions), [`station: ${SIZE(7)} bytes are not in the capture`, `EV: ${SIZE(6)} bytes are not in the capture`])
  const lines = sequenceLines(sessions[0]!.events)
  assert.match(
    lines.join('\n'),
    /ServiceDiscoveryRes\n.* station: … \d+ bytes are not in the capture\n.* EV: … \d+ bytes are not in the capture\n.*AuthorizationReq/,
  )
})

const bad = (after: number, hex: Sent): readonly Sent[] => [...AC_SESSION.slice(0, after), hex]
test('behind a gap the order is held again from the first request on that fixes it', () => {
  const stray: Sent = { side: 'EV', seconds: 1_700_000_003, bytes: AC_SESSION[4]!.bytes }
  // PowerDelivery and its answer are missing; the ServiceDiscovery at the end is out of order all the same.
  const sessions = without(packetsOf(bad(20, stray)), 16, 17)
  assert.deepEqual(faultsOf(sessions)[0], 'ServiceDiscovery is out of order after ChargingStatus: a station answers FAILED_SequenceError')
  const answered: Sent = { side: 'station', seconds: 1_700_000_003, bytes: AC_SESSION[3]!.bytes }
  assert.deepEqual(faultsOf(without(packetsOf(bad(19, answered)), 16, 17))[0], 'SessionSetupRes does not answer ChargingStatusReq')
})

test('a capture that ends before its session says so and blames nobody', () => {
  assert.deepEqual(lacksOf(sessionsOf(WHOLE.slice(0, 12))), ['the capture ends after AuthorizationRes, before the session does'])
  assert.deepEqual(lacksOf(sessionsOf(WHOLE.slice(0, 11))), ['the capture ends after AuthorizationReq, before the session does'])
  assert.deepEqual(lacksOf(sessionsOf(PARTS.slice(0, 7))), [
    'the capture ends after supportedAppProtocolReq, before the session does',
    'the capture ends in the middle of a frame of the station',
  ])
})

test('a session that a connection ends is still blamed for it', () => {
  assert.deepEqual(faultsOf(sessionsOf(packetsOf(AC_SESSION.slice(0, 10)))), [
    'the session ends after AuthorizationRes, without SessionStop',
  ])
  assert.deepEqual(faultsOf(sessionsOf(packetsOf(AC_SESSION.slice(0, 9)))), ['AuthorizationReq was never answered'])
})

test('what cannot be read is told, and not that it was not answered or answers nothing', () => {
  const spoiled = (at: number) => AC_SESSION.map((part, index) => (index === at ? { ...part, bytes: frameOf('80ff') } : part))
  for (const at of [8, 9]) {
    const faults = faultsOf(sessionsOf(packetsOf(spoiled(at))))
    assert.equal(faults.length, 1, faults.join('\n'))
    assert.match(faults[0]!, /^not readable as iso15118-2/)
  }
})

test('what comes late is no gap, nor is what comes twice', () => {
  const late = WHOLE.flatMap((packet, at) => (at === 10 ? [] : at === 14 ? [packet, WHOLE[10]!, WHOLE[11]!] : [packet]))
  const sessions = sessionsOf(late)
  assert.deepEqual([gapsOf(sessions), namesOf(sessions).length, lacksOf(sessions)], [[], NAMES.length, []])
})
