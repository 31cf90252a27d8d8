import assert from 'node:assert/strict'
import { test } from 'node:test'
import { iso2 as iso2Messages } from '@voltway/wire/iso15118'
import { iso2Evcc, iso2Secc } from './iso2/index.ts'
import { ISO2_DIALECT } from './iso2/iso2-dialect.ts'
import type { Message } from './iso2/message.ts'
import { readMessage, writeMessage } from './iso20/codec.ts'
import { iso20Evcc, iso20Secc } from './iso20/index.ts'
import { evccOptions, seccOptions } from './iso20/testing/ends.ts'
import { deviated } from './machine/deviated.ts'
import type { Deviation } from './machine/deviation.ts'
import { appProtocolCodec } from './machine/negotiation.ts'
import { EVCC_POLICY, SECC_POLICY } from './machine/policy.ts'
import { toldOnce } from './machine/told-once.ts'
import { type CableOptions, runCable } from './testing/cable.ts'
import { dcCable } from './testing/dc-peers.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from './testing/peers.ts'

const AC: CableOptions = {
  secc: { ...SECC_OPTIONS, protocols: [iso2Secc] },
  evcc: { ...EVCC_OPTIONS, protocols: [iso2Evcc] },
  station: willingStation(),
  car: willingCar,
  carSays: [[60_000, { word: 'stop' }]],
}
const LENIENT_CAR = { ...EVCC_POLICY, wrongSessionId: 'ignore' } as const
const LENIENT_STATION = { ...SECC_POLICY, wrongSessionId: 'ignore' } as const

/** Writes what one end sends in another way, also against the schema. */
const changing =
  (who: 'secc' | 'evcc', change: (message: Message) => Message): NonNullable<CableOptions['onWire']> =>
  (payload, from) => {
    const read = from === who ? ISO2_DIALECT.read(payload) : undefined
    if (!read?.ok) return payload
    const { sessionId, body } = change(read.value)
    const Body = { [`${body.message}${body.kind === 'request' ? 'Req' : 'Res'}`]: body.value }
    const value = { Header: { SessionID: sessionId }, Body }
    const written = iso2Messages.codec.document.encode({ root: 'V2G_Message', value }, { lenient: true })
    return written.ok ? written.value : assert.fail(written.failure.message)
  }
const toldBy = (side: 'secc' | 'evcc', { log }: ReturnType<typeof runCable>): readonly string[] =>
  log.flatMap(({ from, output }) => {
    if (from !== side || output.kind !== 'deviation') return []
    const { code, message, what } = output.deviation
    return [`${code} ${message} ${what}`]
  })
const GOOD = { secc: { code: 'finished' }, evcc: { code: 'finished' } }
const foreign = new Uint8Array(8).fill(9)
const only = (wanted: string, change: (value: never) => object) => (message: Message) =>
  message.body.message === wanted
    ? ({ ...message, body: { ...message.body, value: change(message.body.value as never) } } as Message)
    : message

test('a session in which nobody deviates tells nothing of it', () => {
  const course = runCable(AC)
  assert.deepEqual([course.ends, toldBy('secc', course), toldBy('evcc', course)], [GOOD, [], []])
})

const COURSES: readonly (readonly [sentence: string, side: 'secc' | 'evcc', cable: CableOptions, told: readonly string[]])[] = [
  [
    'a car that was given another session’s number by its station',
    'evcc',
    {
      ...AC,
      evcc: { ...AC.evcc, policy: LENIENT_CAR },
      onWire: changing('secc', (message) => (message.body.message === 'ChargingStatus' ? { ...message, sessionId: foreign } : message)),
    },
    ['wrongSessionId ChargingStatusRes SessionID of another session'],
  ],
  [
    'a station whose car sends another number on and on',
    'secc',
    {
      ...AC,
      secc: { ...AC.secc, policy: LENIENT_STATION },
      onWire: changing('evcc', (message) => (message.body.message === 'ChargingStatus' ? { ...message, sessionId: foreign } : message)),
    },
    ['wrongSessionId ChargingStatusReq SessionID of another session'],
  ],
  [
    'a car whose station says only OK to a new session',
    'evcc',
    {
      ...AC,
      onWire: changing(
        'secc',
        only('SessionSetup', (value: object) => ({ ...value, ResponseCode: 'OK' })),
      ),
    },
    ['plainOk SessionSetupRes OK where OK_NewSessionEstablished is due'],
  ],
  [
    'a car whose station finishes without a schedule',
    'evcc',
    {
      ...AC,
      onWire: changing(
        'secc',
        only('ChargeParameterDiscovery', ({ SAScheduleList: _, ...value }: { SAScheduleList?: unknown }) => value),
      ),
    },
    ['missingSchedule ChargeParameterDiscoveryRes finished without a schedule'],
  ],
  [
    'a station whose car has a name that is too long',
    'secc',
    {
      ...AC,
      onWire: changing(
        'evcc',
        only('SessionSetup', (value: object) => ({ ...value, EVCCID: new Uint8Array(7) })),
      ),
    },
    ['facet SessionSetupReq'],
  ],
  [
    'a car whose station does not say that the isolation is good',
    'evcc',
    {
      ...dcCable(iso2Secc, iso2Evcc),
      carSays: [[30_000, { word: 'stop' }]],
      onWire: changing(
        'secc',
        only('CableCheck', (value: { DC_EVSEStatus: object }) => ({
          ...value,
          DC_EVSEStatus: { ...value.DC_EVSEStatus, EVSEIsolationStatus: 'No_IMD' },
        })),
      ),
    },
    ['isolationNotValid CableCheckRes finished with isolation No_IMD'],
  ],
]
for (const [sentence, side, cable, told] of COURSES)
  test(`${sentence} takes it, and tells it once: ${told[0]?.split(' ')[0]}`, () => {
    const course = runCable(cable)
    assert.deepEqual(course.ends, GOOD)
    const found = toldBy(side, course)
    assert.equal(found.length, told.length, found.join('\n'))
    for (const [index, one] of found.entries()) assert.ok(one.startsWith(told[index]!), one)
    assert.deepEqual(toldBy(side === 'secc' ? 'evcc' : 'secc', course), [])
  })

test('both ends take another minor version of a protocol, and tell it', () => {
  const course = runCable({
    ...AC,
    onWire: (payload, from) => {
      const read = from === 'evcc' ? appProtocolCodec.decode(payload) : undefined
      if (!read?.ok || read.value.root !== 'supportedAppProtocolReq') return payload
      const AppProtocol = read.value.value.AppProtocol.map((one) => ({ ...one, VersionNumberMinor: one.VersionNumberMinor + 1 }))
      const written = appProtocolCodec.encode({ root: 'supportedAppProtocolReq', value: { AppProtocol } })
      return written.ok ? written.value : assert.fail(written.failure.message)
    },
  })
  assert.deepEqual(course.ends, GOOD)
  assert.deepEqual(toldBy('secc', course), ['minorVersion supportedAppProtocolReq another minor version of the protocol'])
  assert.deepEqual(toldBy('evcc', course), ['minorVersion supportedAppProtocolRes another minor version of the protocol'])
})

test('both ends of ISO 15118-20 tell what they took', () => {
  const withoutPrices: NonNullable<CableOptions['onWire']> = (payload, from, _index, payloadType) => {
    const read = readMessage(payloadType, payload)
    if (!read.ok) return payload
    const { body } = read.value
    if (from === 'evcc' && body.message === 'AC_ChargeLoop') {
      const written = writeMessage({ ...read.value, sessionId: foreign })
      return written.ok ? written.value.payload : assert.fail(written.failure.detail)
    }
    const mode = body.kind === 'response' && body.message === 'ScheduleExchange' ? body.value.Scheduled_SEResControlMode : undefined
    if (!mode || body.kind === 'request' || body.message !== 'ScheduleExchange') return payload
    const ScheduleTuple = mode.ScheduleTuple.map(({ ChargingSchedule: { PriceLevelSchedule: _, ...ChargingSchedule }, ...tuple }) => ({
      ...tuple,
      ChargingSchedule,
    }))
    const value = { ...body.value, Scheduled_SEResControlMode: { ...mode, ScheduleTuple } }
    const written = writeMessage({ ...read.value, body: { kind: 'response', message: 'ScheduleExchange', value } })
    return written.ok ? written.value.payload : assert.fail(written.failure.detail)
  }
  const course = runCable({
    secc: seccOptions(['AC_three_phase'], { protocols: [iso20Secc], policy: LENIENT_STATION }),
    evcc: evccOptions('AC_three_phase', { protocols: [iso20Evcc] }),
    station: willingStation(),
    car: willingCar,
    carSays: [[20_000, { word: 'stop' }]],
    onWire: withoutPrices,
  })
  assert.deepEqual(course.ends, GOOD)
  assert.deepEqual(toldBy('secc', course), ['wrongSessionId AC_ChargeLoopReq SessionID of another session'])
  assert.deepEqual(toldBy('evcc', course), ['missingPrices ScheduleExchangeRes a schedule without prices'])
})

test('a peer with a thousand different deviations fills no log', () => {
  const many: readonly Deviation[] = Array.from({ length: 1_000 }, (_, nth) => ({ code: 'facet', message: 'XReq', what: `field ${nth}` }))
  const { known, outputs } = toldOnce([], deviated(many))
  assert.deepEqual([known.length, outputs.length], [32, 32])
  assert.equal(toldOnce(known, deviated(many)).outputs.length, 0)
})
