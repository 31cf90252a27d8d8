import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import { DIN70121_DIALECT } from '../din70121/din70121-dialect.ts'
import { din70121Evcc, din70121Secc } from '../din70121/index.ts'
import type { CarTold, CarWord } from '../machine/car-words.ts'
import type { Input, Output, Running } from '../machine/machine.ts'
import type { EvccProtocol, SeccProtocol } from '../machine/options.ts'
import type { StationTold, StationWord } from '../machine/station-words.ts'
import { TIMER_NAMES } from '../machine/timeouts.ts'
import { runCable } from '../testing/cable.ts'
import { dcCable } from '../testing/dc-peers.ts'
import { bodyNameOf, oddFrames } from '../testing/odd-frames.ts'
import { AC_LIMITS, DC_LIMITS, DC_NEEDS, EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from '../testing/peers.ts'
import { randomCarWord, randomStationWord } from '../testing/random-words.ts'
import { sampleRequests } from '../testing/sample-requests.ts'
import { AT } from '../testing/station-bench.ts'
import type { Dialect } from './dialect.ts'
import { EVCC_TABLE, type EvccStateName, REQUEST_OF } from './evcc/table.ts'
import { iso2Evcc, iso2Secc } from './index.ts'
import { ISO2_DIALECT } from './iso2-dialect.ts'
import { SECC_EVENTS, SECC_TABLE, type SeccStateName } from './secc/table.ts'

type Random = () => number
const pick = <Thing>(random: Random, things: readonly Thing[]): Thing => things[Math.floor(random() * things.length)]!

/** The states that a table leads to from one. */
const leadsTo = (table: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>, from: string): readonly string[] =>
  Object.values(table[from] ?? {}).flat()

/** What may bring voltage to the output. */
const ENERGISING: ReadonlySet<string> = new Set(['closeContactor', 'preCharge', 'cableCheckWanted'])

/** What must hold of every step of any machine; returns whether its contactor was told to close and not to open since. */
const checkStep = <Word, Told extends StationTold | CarTold>(
  before: Running<Word, Told>,
  { state, outputs }: { readonly state: Running<Word, Told>; readonly outputs: readonly Output<Told>[] },
  closed: boolean,
): boolean => {
  if (before.ended !== undefined) assert.deepEqual(outputs, [], 'it did something after its end')
  const ends = outputs.filter(({ kind }) => kind === 'endLink').length
  assert.equal(ends, before.ended === undefined && state.ended !== undefined ? 1 : 0)
  if (ends === 1) assert.equal(outputs.at(-1)?.kind, 'endLink')
  let now = closed
  for (const output of outputs) {
    if (output.kind === 'startTimer') assert.ok(output.milliseconds > 0)
    if (output.kind !== 'tell') continue
    if (ENERGISING.has(output.told.told)) now = true
    if (output.told.told === 'openContactor') now = false
  }
  if (state.ended !== undefined) assert.equal(now, false, 'the session ended with the output on')
  return now
}

const spoiled = (random: Random, bytes: Uint8Array): Uint8Array => {
  const copy = Uint8Array.from(bytes)
  if (copy.length > 0) copy[Math.floor(random() * copy.length)]! ^= 1 << Math.floor(random() * 8)
  return random() < 0.5 ? copy : copy.slice(0, Math.floor(random() * copy.length))
}

const stationRound = (random: Random, protocol: SeccProtocol, dialect: Dialect, odd: readonly Uint8Array[], seen: Set<string>): void => {
  const direct = !dialect.can.alternatingCurrent || random() < 0.5
  const requests = sampleRequests(direct)
  const options = { ...SECC_OPTIONS, transfers: [direct ? 'DC' : 'AC_three_phase'], limits: direct ? DC_LIMITS : AC_LIMITS } as const
  let session: Running<StationWord, StationTold> = protocol.begin(options, dialect, AT).state
  let closed = false
  const frameOf = (): Uint8Array => {
    if (random() < 0.04) return spoiled(random, pick(random, odd))
    if (random() < 0.02) return pick(random, odd)
    const allowed = SECC_EVENTS.filter((event) => SECC_TABLE[session.stateName as SeccStateName][event].length > 0)
    const forward = allowed.filter((event) => !event.startsWith('SessionStop') && event !== 'PowerDelivery(Stop)')
    const event = pick(
      random,
      random() < 0.02 || allowed.length === 0 ? SECC_EVENTS : random() < 0.9 && forward.length > 0 ? forward : allowed,
    )
    const written = dialect.write({ sessionId: options.sessionId, body: { kind: 'request', ...requests[event] } })
    return written.ok ? written.value : pick(random, odd)
  }
  let waits = false
  for (let step = 0; step < 60 && (session.ended === undefined || step % 10 !== 0); step++) {
    seen.add(session.stateName)
    const way = random()
    const input: Input<StationWord> =
      waits && way < 0.8
        ? { kind: 'word', at: AT, word: random() < 0.9 ? { word: 'contactor', closed: random() < 0.9 } : randomStationWord(random) }
        : way < 0.5
          ? { kind: 'frame', at: AT, payloadType: PAYLOAD_TYPE.exi, payload: frameOf() }
          : way < 0.99
            ? { kind: 'word', at: AT, word: randomStationWord(random) }
            : way < 0.995
              ? { kind: 'timer', at: AT, timer: pick(random, TIMER_NAMES) }
              : { kind: 'linkEnded', at: AT }
    const next = session.step(input)
    closed = checkStep(session, next, closed)
    const sent = next.outputs.flatMap((output) => (output.kind === 'send' ? [output.payload] : []))
    assert.ok(sent.length <= 1, 'more than one answer')
    for (const payload of sent) {
      const name = bodyNameOf(dialect.name === 'din70121' ? 'din70121' : 'iso15118-2', payload)
      assert.ok(name?.endsWith('Res'), `it sent ${name}`)
    }
    if (next.state.stateName !== session.stateName && next.state.ended === undefined)
      assert.ok(leadsTo(SECC_TABLE, session.stateName).includes(next.state.stateName), `${session.stateName} to ${next.state.stateName}`)
    waits = (input.kind === 'frame' && sent.length === 0) || (waits && sent.length === 0)
    session = next.state
  }
}

/** Responses with random contents that say OK, by message. */
const okayResponses = (dialect: Dialect, odd: readonly Uint8Array[]): ReadonlyMap<string, readonly Uint8Array[]> => {
  const okay = odd.flatMap((payload) => {
    const read = dialect.read(payload)
    if (!read.ok || read.value.body.kind !== 'response') return []
    const { sessionId, body } = read.value
    const written = dialect.write({ sessionId, body: { ...body, value: { ...body.value, ResponseCode: 'OK' } } as typeof body })
    return written.ok ? [{ message: body.message, payload: written.value }] : []
  })
  return new Map([...Map.groupBy(okay, ({ message }) => message)].map(([message, all]) => [message, all.map(({ payload }) => payload)]))
}

interface Frames {
  readonly odd: readonly Uint8Array[]
  readonly okay: ReadonlyMap<string, readonly Uint8Array[]>
}

const carRound = (
  random: Random,
  { protocol, dialect }: { readonly protocol: EvccProtocol; readonly dialect: Dialect },
  { odd, okay }: Frames,
): string => {
  const options = { ...EVCC_OPTIONS, transfers: ['DC'], needs: DC_NEEDS } as const
  let session: Running<CarWord, CarTold> = protocol.begin(options, dialect, AT).state
  let closed = false
  let furthest = session.stateName
  for (let step = 0; step < 40; step++) {
    const way = random()
    const frame = (payload: Uint8Array): Input<CarWord> => ({ kind: 'frame', at: AT, payloadType: PAYLOAD_TYPE.exi, payload })
    const wanted = REQUEST_OF[session.stateName as EvccStateName]
    const fitting = okay.get(wanted ?? '') ?? []
    const input: Input<CarWord> =
      way < 0.6
        ? frame(pick(random, fitting.length > 0 && random() < 0.95 ? fitting : odd))
        : way < 0.8
          ? { kind: 'word', at: AT, word: randomCarWord(random) }
          : way < 0.99
            ? { kind: 'timer', at: AT, timer: 'Voltway_EVCC_Pace' }
            : { kind: 'timer', at: AT, timer: pick(random, TIMER_NAMES) }
    const next = session.step(input)
    closed = checkStep(session, next, closed)
    for (const output of next.outputs) {
      if (output.kind !== 'send') continue
      const read = dialect.read(output.payload)
      assert.ok(read.ok && read.value.body.kind === 'request', 'it sent what is no request')
    }
    if (next.state.stateName !== session.stateName && next.state.ended === undefined)
      assert.ok(leadsTo(EVCC_TABLE, session.stateName).includes(next.state.stateName), `${session.stateName} to ${next.state.stateName}`)
    if (next.state.ended === undefined) furthest = next.state.stateName
    session = next.state
  }
  return furthest
}

for (const { dialect, secc, evcc, rounds } of [
  { dialect: ISO2_DIALECT, secc: iso2Secc, evcc: iso2Evcc, rounds: 600 },
  { dialect: DIN70121_DIALECT, secc: din70121Secc, evcc: din70121Evcc, rounds: 400 },
]) {
  const odd = oddFrames(dialect.name === 'din70121' ? 'din70121' : 'iso15118-2', SECC_OPTIONS.sessionId)

  test(`a station of ${dialect.name} stays itself whatever frames, timers and words come in whatever order`, () => {
    const random = seeded(15118)
    const seen = new Set<string>()
    assert.ok(odd.length > 60, `${odd.length} odd frames`)
    for (let round = 0; round < rounds; round++) stationRound(random, secc, dialect, odd, seen)
    const reachable = Object.keys(SECC_TABLE).filter((state) => dialect.can.alternatingCurrent || !state.startsWith('ac'))
    // Contracts need TLS and keys: Plug & Charge has tests of its own.
    const expected = reachable.filter((state) => state !== 'identification' && state !== 'paymentDetails')
    assert.deepEqual(
      expected.filter((state) => !seen.has(state)),
      [],
    )
  })

  test(`a car of ${dialect.name} stays itself whatever frames, timers and words come in whatever order`, () => {
    const random = seeded(70121)
    const okay = okayResponses(dialect, odd)
    const furthest = new Set<string>()
    for (let round = 0; round < 400; round++) furthest.add(carRound(random, { protocol: evcc, dialect }, { odd, okay }))
    assert.ok(furthest.size >= 5, [...furthest].join())
  })

  test(`a car and a station of ${dialect.name} part with both contactors open, whatever is said, lost and spoiled between them`, () => {
    const random = seeded(61851)
    const states = new Map<string, number>()
    for (let round = 0; round < 60; round++) {
      const { ends, log } = runCable({
        ...dcCable(secc, evcc),
        station: (told) => (random() < 0.02 ? [randomStationWord(random)] : random() < 0.01 ? [] : willingStation()(told)),
        car: (told) => (random() < 0.01 ? [randomCarWord(random)] : willingCar(told)),
        onWire: (payload) => (random() < 0.002 ? undefined : random() < 0.002 ? spoiled(random, payload) : payload),
        carSays: [[Math.floor(random() * 20_000), { word: 'stop' }]],
        untilMs: 300_000,
      })
      assert.ok(ends.secc !== undefined && ends.evcc !== undefined, `round ${round}: ${JSON.stringify(ends)}`)
      for (const from of ['secc', 'evcc'] as const) {
        const contactor = log.flatMap((one) =>
          one.from === from && one.output.kind === 'tell' && one.output.told.told.endsWith('Contactor') ? [one.output.told.told] : [],
        )
        assert.notEqual(contactor.at(-1), 'closeContactor', `round ${round}`)
      }
      states.set(ends.secc.code, (states.get(ends.secc.code) ?? 0) + 1)
    }
    assert.ok((states.get('finished') ?? 0) > 20 && states.size > 2, JSON.stringify([...states]))
  })
}

test('every state of both tables leads on, or is the end', () => {
  for (const [state, row] of [...Object.entries(SECC_TABLE), ...Object.entries(EVCC_TABLE)])
    assert.equal(Object.values(row).flat().length === 0, state === 'ended', state)
})
