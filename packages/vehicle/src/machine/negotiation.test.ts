import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, epochMs, percent, volts } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import { din70121Evcc, din70121Secc } from '../din70121/index.ts'
import { iso2Evcc, iso2Secc } from '../iso2/index.ts'
import { runCable } from '../testing/cable.ts'
import { dcCable } from '../testing/dc-peers.ts'
import { DC_LIMITS, DC_NEEDS, EVCC_OPTIONS, SECC_OPTIONS } from '../testing/peers.ts'
import { evcc, evccEnd } from './evcc.ts'
import { appProtocolCodec, chosenOf, negotiate, offerOf } from './negotiation.ts'
import { remembered } from './remembered.ts'
import { secc, seccEnd } from './secc.ts'

const DIN = { namespace: 'urn:din:70121:2012:MsgDef', major: 2, minor: 0 } as const
const ISO2 = { namespace: 'urn:iso:15118:2:2013:MsgDef', major: 2, minor: 0 } as const
const TESLA = { namespace: 'urn:tesla:din:2018:MsgDef', major: 0, minor: 7 } as const
type Entry = typeof DIN | typeof ISO2 | typeof TESLA | { namespace: string; major: number; minor: number }
const offered = (...entries: readonly (readonly [Entry, id: number, priority: number])[]) =>
  entries.map(([{ namespace, major, minor }, SchemaID, Priority]) => ({
    ProtocolNamespace: namespace,
    VersionNumberMajor: major,
    VersionNumberMinor: minor,
    SchemaID,
    Priority,
  }))

const OK = 'OK_SuccessfulNegotiation'
const choices: readonly (readonly [sentence: string, theirs: ReturnType<typeof offered>, code: string, id: number | undefined])[] = [
  ["the car's best priority wins, whatever the order of its list", offered([DIN, 0, 2], [ISO2, 1, 1]), OK, 1],
  ['SchemaID 0 is as good as any', offered([DIN, 0, 1], [ISO2, 1, 2]), OK, 0],
  ['what nobody knows is passed over', offered([TESLA, 0, 1], [DIN, 7, 2]), OK, 7],
  ['another minor version deviates', offered([{ ...ISO2, minor: 3 }, 4, 1]), 'OK_SuccessfulNegotiationWithMinorDeviation', 4],
  ['another major version is another protocol', offered([{ ...ISO2, major: 1 }, 4, 1]), 'Failed_NoNegotiation', undefined],
  ['nothing in common fails', offered([TESLA, 0, 1]), 'Failed_NoNegotiation', undefined],
]
for (const [sentence, theirs, code, id] of choices)
  test(sentence, () => {
    const { answer, chosen } = negotiate(theirs, [DIN, ISO2])
    assert.deepEqual([answer.ResponseCode, answer.SchemaID], [code, id])
    assert.equal(chosen === undefined, id === undefined)
  })

test('a car finds its own entry by the SchemaID, or by itself where it made only one offer', () => {
  const mine = [ISO2, DIN]
  assert.deepEqual(
    offerOf(mine).map(({ SchemaID, Priority }) => [SchemaID, Priority]),
    [
      [1, 1],
      [2, 2],
    ],
  )
  assert.equal(chosenOf({ ResponseCode: OK, SchemaID: 2 }, mine), DIN)
  assert.equal(chosenOf({ ResponseCode: OK }, mine), undefined)
  assert.equal(chosenOf({ ResponseCode: OK }, [DIN]), DIN)
  assert.equal(chosenOf({ ResponseCode: OK, SchemaID: 77 }, mine), undefined)
  assert.equal(chosenOf({ ResponseCode: 'Failed_NoNegotiation', SchemaID: 1 }, mine), undefined)
})

const AT = epochMs(1_790_000_000_000)
const seccOptions = { ...SECC_OPTIONS, protocols: [din70121Secc, iso2Secc], transfers: ['DC'], limits: DC_LIMITS } as const
const frame = (payload: Uint8Array, payloadType: number = PAYLOAD_TYPE.exi) => ({ kind: 'frame', at: AT, payloadType, payload }) as const
const request = (entries: ReturnType<typeof offered>) => {
  const written = appProtocolCodec.encode({ root: 'supportedAppProtocolReq', value: { AppProtocol: entries } })
  assert.ok(written.ok)
  return written.value
}

test('a station waits 18 s for its car, a car 20 s for its session', () => {
  const station = secc.start(seccOptions, AT)
  assert.deepEqual(station.outputs, [{ kind: 'startTimer', timer: 'V2G_SECC_CommunicationSetup_Performance_Time', milliseconds: 18_000 }])
  const late = secc.step(station.state, { kind: 'timer', at: AT, timer: 'V2G_SECC_CommunicationSetup_Performance_Time' })
  assert.deepEqual(seccEnd(late.state), { code: 'timeout', timer: 'V2G_SECC_CommunicationSetup_Performance_Time' })
  const car = evcc.start({ ...EVCC_OPTIONS, protocols: [iso2Evcc] }, AT)
  assert.deepEqual(car.outputs[0], { kind: 'startTimer', timer: 'V2G_EVCC_CommunicationSetup_Timeout', milliseconds: 20_000 })
  const tired = evcc.step(car.state, { kind: 'timer', at: AT, timer: 'V2G_EVCC_CommunicationSetup_Timeout' })
  assert.deepEqual(evccEnd(tired.state), { code: 'timeout', timer: 'V2G_EVCC_CommunicationSetup_Timeout' })
})

test('a station without a common protocol says so before it parts', () => {
  const { state, outputs } = secc.step(secc.start(seccOptions, AT).state, frame(request(offered([TESLA, 0, 1]))))
  assert.equal(seccEnd(state)?.code, 'noNegotiation')
  assert.deepEqual(
    outputs.map(({ kind }) => kind),
    ['send', 'tell', 'tell', 'endLink'],
  )
})

const broken: readonly (readonly [sentence: string, input: ReturnType<typeof frame>, code: string])[] = [
  ['what cannot be read', frame(Uint8Array.of(0xff)), 'undecodable'],
  ['another payload type', frame(request(offered([DIN, 0, 1])), PAYLOAD_TYPE.commonMessages), 'payloadType'],
]
for (const [sentence, input, code] of broken)
  test(`${sentence} ends both ends before there is a protocol`, () => {
    assert.equal(seccEnd(secc.step(secc.start(seccOptions, AT).state, input).state)?.code, code)
    const car = evcc.start({ ...EVCC_OPTIONS, protocols: [iso2Evcc] }, AT).state
    assert.equal(evccEnd(evcc.step(car, input).state)?.code, code)
  })

test('what a station and a car say before there is a session counts in it', () => {
  const cable = dcCable(iso2Secc, iso2Evcc)
  const limits = { ...DC_LIMITS, charge: { ...DC_LIMITS.charge, maxCurrent: amperes(77) } }
  const { log, ends } = runCable({
    ...cable,
    // Nobody is asked: who may charge was known before the car came.
    station: (told, at) => (told.told === 'authoriseWanted' ? [] : cable.station(told, at)),
    stationSays: [
      [0, { word: 'authorised' }],
      [1, { word: 'limits', limits }],
    ],
    carSays: [
      [0, { word: 'battery', soc: percent(61) }],
      [1, { word: 'battery', targetVoltage: volts(333) }],
      [12_000, { word: 'stop' }],
    ],
  })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  const told = log.flatMap(({ output }) => (output.kind === 'tell' ? [output.told] : []))
  assert.ok(told.some((one) => one.told === 'limits' && one.limits.charge.maxCurrent === 77))
  assert.ok(told.some((one) => one.told === 'vehicle' && one.soc === 61))
  assert.ok(told.some((one) => one.told === 'preCharge' && one.voltage === 333))
})

test('of what is said before there is a session each kind is kept once, with what was said later of it', () => {
  const words = [{ word: 'battery', soc: 1, voltage: 2 }, { word: 'stop' }, { word: 'battery', soc: 3 }] as readonly {
    readonly word: string
    readonly soc?: number
    readonly voltage?: number
  }[]
  const kept = words.reduce<typeof words>((list, next) => remembered(list, next), [])
  assert.deepEqual(kept, [{ word: 'stop' }, { word: 'battery', soc: 3, voltage: 2 }])
})

test('a car that only wants alternating current does not offer DIN 70121, one for direct current offers both', () => {
  const protocols = [iso2Evcc, din70121Evcc]
  const offers = (options: Partial<typeof EVCC_OPTIONS>) =>
    protocols.flatMap((one) => one.supported({ ...EVCC_OPTIONS, protocols, ...options }))
  assert.deepEqual(
    offers({}).map(({ namespace }) => namespace),
    [ISO2.namespace],
  )
  assert.deepEqual(
    offers({ transfers: ['DC'], needs: DC_NEEDS }).map(({ namespace }) => namespace),
    [ISO2.namespace, DIN.namespace],
  )
})

test('a station with nothing to deliver in a protocol, or no way to be paid in it, does not take it', () => {
  const taken = (options: Partial<typeof SECC_OPTIONS>) =>
    [iso2Secc, din70121Secc].map((one) => one.supported({ ...SECC_OPTIONS, limits: DC_LIMITS, ...options }).length > 0)
  assert.deepEqual(taken({ transfers: ['DC'] }), [true, true])
  assert.deepEqual(taken({ transfers: ['AC_three_phase'] }), [true, false])
  assert.deepEqual(taken({ transfers: [] }), [false, false])
  assert.deepEqual(taken({ transfers: ['DC'], payments: [] }), [false, false])
  assert.deepEqual(taken({ transfers: ['DC'], payments: ['contract'] }), [false, false], 'a contract pays only under TLS')
})
