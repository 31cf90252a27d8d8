import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { iso2Evcc, iso2Secc } from '../iso2/index.ts'
import { iso20Evcc, iso20Secc } from '../iso20/index.ts'
import { runCable } from '../testing/cable.ts'
import { AC_LIMITS, EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from '../testing/peers.ts'
import { evcc, evccEnd } from './evcc.ts'
import type { Output } from './machine.ts'
import type { LinkFacts } from './options.ts'
import { secc, seccEnd } from './secc.ts'

const SECC_TIMER = 'V2G_SECC_CommunicationSetup_Performance_Time'
const EVCC_TIMER = 'V2G_EVCC_CommunicationSetup_Timeout'
const AT = 1_790_000_000_000
const STATION = { 'iso15118-2': iso2Secc, 'iso15118-20': iso20Secc } as const
const CAR = { 'iso15118-2': iso2Evcc, 'iso15118-20': iso20Evcc } as const
type Name = keyof typeof CAR

/** TLS 1.3 over a data link that came up so many seconds before, if that is known. */
const link = (secondsAgo: number | undefined): LinkFacts => ({
  security: 'tls1.3',
  peerCertificate: Uint8Array.of(1),
  ...(secondsAgo !== undefined && { dataLinkSince: epochMs(AT - secondsAgo * 1_000) }),
})
const ends = (secondsAgo: number | undefined, station: readonly Name[], car: readonly Name[] = station) => ({
  secc: { ...SECC_OPTIONS, link: link(secondsAgo), protocols: station.map((name) => STATION[name]), limits: AC_LIMITS },
  evcc: { ...EVCC_OPTIONS, link: link(secondsAgo), protocols: car.map((name) => CAR[name]) },
})
const left = (outputs: readonly Output<unknown>[], timer: string): readonly number[] =>
  outputs.flatMap((output) => (output.kind === 'startTimer' && output.timer === timer ? [output.milliseconds / 1_000] : []))

const starts: readonly (readonly [
  sentence: string,
  secondsAgo: number | undefined,
  protocols: readonly Name[],
  station: number,
  car: number,
])[] = [
  ['the discovery took 5 s of ISO 15118-2', 5, ['iso15118-2'], 13, 15],
  ['the discovery took 5 s of ISO 15118-20, which does not count them', 5, ['iso15118-20'], 18, 20],
  ['the discovery took 5 s and either may come of it', 5, ['iso15118-2', 'iso15118-20'], 18, 20],
  ['nobody knows of the data link', undefined, ['iso15118-2'], 18, 20],
  ['the data link is said to come up later than the link over it', -5, ['iso15118-2'], 18, 20],
]
for (const [sentence, secondsAgo, protocols, station, car] of starts)
  test(`where ${sentence}, ${station} s are left to a station and ${car} s to a car`, () => {
    const options = ends(secondsAgo, protocols)
    assert.deepEqual(left(secc.start(options.secc, epochMs(AT)).outputs, SECC_TIMER), [station])
    assert.deepEqual(left(evcc.start(options.evcc, epochMs(AT)).outputs, EVCC_TIMER), [car])
  })

test('a set-up that has taken its whole time before there is a link ends at once, with the power off', () => {
  const options = ends(18, ['iso15118-2'])
  const station = secc.start(options.secc, epochMs(AT))
  assert.deepEqual(seccEnd(station.state), { code: 'timeout', timer: SECC_TIMER })
  assert.deepEqual(
    station.outputs.map((output) => (output.kind === 'tell' ? output.told.told : output.kind)),
    ['openContactor', 'ended', 'endLink'],
  )
  assert.equal(evccEnd(evcc.start(options.evcc, epochMs(AT)).state), undefined)
  const car = evcc.start(ends(20, ['iso15118-2']).evcc, epochMs(AT))
  assert.deepEqual(evccEnd(car.state), { code: 'timeout', timer: EVCC_TIMER })
  assert.equal(
    car.outputs.some(({ kind }) => kind === 'send'),
    false,
  )
})

const run = (options: ReturnType<typeof ends>, more: Partial<Parameters<typeof runCable>[0]> = {}) =>
  runCable({ ...options, station: willingStation(), car: willingCar, ...more })

test('a station whose car says nothing after a long discovery ends when its 18 s are over', () => {
  const { ends: ended, log } = run(ends(17, ['iso15118-2']), { onWire: (bytes, from) => (from === 'evcc' ? undefined : bytes) })
  assert.deepEqual(ended.secc, { code: 'timeout', timer: SECC_TIMER })
  assert.equal(log.find(({ from, output }) => from === 'secc' && output.kind === 'endLink')?.at, 1_000)
})

test('a car whose station says nothing after a long discovery ends when its 20 s are over, before the 2 s of a message', () => {
  const options = { secc: ends(undefined, ['iso15118-2']).secc, evcc: ends(19, ['iso15118-2']).evcc }
  const { ends: ended, log } = run(options, { onWire: (bytes, from) => (from === 'secc' ? undefined : bytes) })
  assert.deepEqual(ended.evcc, { code: 'timeout', timer: EVCC_TIMER })
  assert.equal(log.find(({ from, output }) => from === 'evcc' && output.kind === 'endLink')?.at, 1_000)
})

/** What is left of the set-up at either end, in seconds: at its start and when the protocol is known. */
const leftOf = (options: ReturnType<typeof ends>) => {
  const { log } = run(options, { untilMs: 1_000 })
  const of = (side: string, timer: string) =>
    left(
      log.flatMap(({ from, output }) => (from === side ? [output] : [])),
      timer,
    )
  return { station: of('secc', SECC_TIMER), car: of('evcc', EVCC_TIMER) }
}

test('the agreed protocol says what the set-up is counted from', () => {
  const both: readonly Name[] = ['iso15118-20', 'iso15118-2']
  // Frames take 2 ms.
  assert.deepEqual(leftOf(ends(5, both)), { station: [18, 17.998], car: [20, 19.996] })
  assert.deepEqual(leftOf(ends(5, both, ['iso15118-2'])), { station: [18, 12.998], car: [15, 14.996] })
  assert.deepEqual(leftOf(ends(5, ['iso15118-2'], both)), { station: [13, 12.998], car: [20, 14.996] })
})

test('a protocol whose set-up is over when it is agreed on is not begun', () => {
  const late = run(ends(18.5, ['iso15118-20', 'iso15118-2'], ['iso15118-2']))
  assert.deepEqual(late.ends.secc, { code: 'timeout', timer: SECC_TIMER })
  assert.equal(
    late.log.some(({ from, output }) => from === 'secc' && output.kind === 'send'),
    false,
  )
  const car = ends(21, ['iso15118-2'], ['iso15118-20', 'iso15118-2']).evcc
  const patient = run({ secc: ends(undefined, ['iso15118-2']).secc, evcc: car })
  assert.deepEqual(patient.ends.evcc, { code: 'timeout', timer: EVCC_TIMER })
})

test('a session that is set up in time has no timer of the set-up left to run out', () => {
  const { ends: ended } = run(ends(17, ['iso15118-2']), { carSays: [[60_000, { word: 'stop' }]] })
  assert.deepEqual(ended, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
})
