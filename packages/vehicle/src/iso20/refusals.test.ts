import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, seconds, volts, watts } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { EndReason } from '../machine/end-reason.ts'
import { readMessage, writeMessage } from './codec.ts'
import { MESSAGES, type Message, type RequestBody, type ResponseBody } from './message.ts'
import { REFUSALS } from './secc/refusals.ts'
import { seccBegin, seccStep } from './secc/secc.ts'
import { SECC_STATES, SECC_TABLE, seccEventOf } from './secc/table.ts'
import { type Course, connect, type Ends } from './testing/cable.ts'
import { evccOptions, obligingCar, obligingEnds, obligingStation, SESSION_ID, seccOptions } from './testing/ends.ts'
import { sampleRequests } from './testing/sample-requests.ts'

const AT = epochMs(1_800_000_000_000)

const frameOf = (body: RequestBody, sessionId = SESSION_ID, stream: Message['stream'] = 'main') => {
  const written = writeMessage({ stream, sessionId, timeStamp: 1n, body: { kind: 'request', ...body } })
  assert.ok(written.ok, written.ok ? '' : written.failure.detail)
  return { kind: 'frame', at: AT, ...written.value } as const
}

const codeIn = (outputs: ReturnType<typeof seccStep>['outputs']): string | undefined => {
  const sent = outputs.find(({ kind }) => kind === 'send')
  if (sent?.kind !== 'send') return undefined
  const read = readMessage(sent.payloadType, sent.payload)
  return read.ok && read.value.body.kind === 'response' ? `${read.value.body.message} ${read.value.body.value.ResponseCode}` : 'unreadable'
}

for (const kind of ['AC_three_phase', 'AC_BPT', 'DC', 'DC_BPT', 'WPT', 'DC_ACDP'] as const)
  test(`every response that says no can be written before anything is settled, at a station of ${kind}`, () => {
    const [chosen] = obligingEnds(kind).secc.protocols.flatMap((protocol) => protocol.supported(seccOptions([kind])))
    assert.ok(chosen)
    const { state } = seccBegin(seccOptions([kind]), chosen)
    for (const message of MESSAGES) {
      const body = { message, value: REFUSALS[message]('FAILED', state) } as ResponseBody
      const written = writeMessage({ stream: 'main', sessionId: SESSION_ID, timeStamp: 1n, body: { kind: 'response', ...body } })
      assert.ok(written.ok, `${message}: ${written.ok ? '' : written.failure.detail}`)
    }
  })

test('in every state every request that the table does not allow is answered FAILED_SequenceError in its own response, and the contactor opens first', () => {
  const options = seccOptions(['AC_three_phase'])
  const [chosen] = options.protocols.flatMap((protocol) => protocol.supported(options))
  assert.ok(chosen)
  const begun = seccBegin(options, chosen).state
  let refused = 0
  for (const name of SECC_STATES.filter((state) => state !== 'ended'))
    for (const { body, stream } of sampleRequests()) {
      if (SECC_TABLE[name][seccEventOf(body, stream)].length > 0) continue
      const { state, outputs } = seccStep({ ...begun, name, sessionId: SESSION_ID }, frameOf(body, SESSION_ID, stream))
      refused++
      assert.equal(state.ended?.code, 'sequence', `${body.message} in ${name}`)
      assert.equal(codeIn(outputs), `${body.message} FAILED_SequenceError`)
      assert.deepEqual(outputs[0], { kind: 'tell', told: { told: 'openContactor', urgent: true } })
      assert.equal(outputs.at(-1)?.kind, 'endLink')
    }
  assert.ok(refused > 300, `${refused} pairs`)
})

test('another session id is refused in every state but the first, unless a site lets it pass', () => {
  const options = seccOptions(['AC_three_phase'])
  const [chosen] = options.protocols.flatMap((protocol) => protocol.supported(options))
  assert.ok(chosen)
  const begun = { ...seccBegin(options, chosen).state, sessionId: SESSION_ID, name: 'authorizationSetup' } as const
  const request = frameOf({ message: 'AuthorizationSetup', value: {} }, Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9))
  const { state, outputs } = seccStep(begun, request)
  assert.equal(state.ended?.code, 'unknownSession')
  assert.equal(codeIn(outputs), 'AuthorizationSetup FAILED_UnknownSession')
  const lenient = { ...options, policy: { ...options.policy, wrongSessionId: 'ignore' } } as const
  assert.equal(codeIn(seccStep({ ...begun, options: lenient }, request).outputs), 'AuthorizationSetup OK')
})

test('a second request before the first was answered is out of sequence', () => {
  const options = seccOptions(['AC_three_phase'])
  const [chosen] = options.protocols.flatMap((protocol) => protocol.supported(options))
  assert.ok(chosen)
  const ready = {
    ...seccBegin(options, chosen).state,
    sessionId: SESSION_ID,
    name: 'authorization',
    options: { ...options, certificateService: true },
  } as const
  const asked = sampleRequests().find(({ body }) => body.message === 'CertificateInstallation')
  assert.ok(asked)
  const waiting = seccStep(ready, frameOf(asked.body))
  assert.equal(codeIn(waiting.outputs), undefined)
  const { state, outputs } = seccStep(
    waiting.state,
    frameOf({ message: 'Authorization', value: { SelectedAuthorizationService: 'EIM', EIM_AReqAuthorizationMode: {} } }),
  )
  assert.equal(state.ended?.code, 'sequence')
  assert.equal(codeIn(outputs), 'Authorization FAILED_SequenceError')
})

const bad = (payloadType: number, payload: Uint8Array) => ({ kind: 'frame', at: AT, payloadType, payload }) as const
const UNREADABLE: readonly (readonly [sentence: string, frame: ReturnType<typeof bad>, code: EndReason['code']])[] = [
  ['EXI that ends too soon', bad(PAYLOAD_TYPE.commonMessages, Uint8Array.of(0x80, 0x8c)), 'undecodable'],
  ['an element of the schema that is no message', bad(PAYLOAD_TYPE.commonMessages, Uint8Array.of(0x80, 0x20)), 'undecodable'],
  ['a payload type of another protocol', bad(PAYLOAD_TYPE.exi, Uint8Array.of(0x80)), 'payloadType'],
  [
    'a message on a side stream that is not its own',
    bad(PAYLOAD_TYPE.meteringConfirmation, frameOf({ message: 'AuthorizationSetup', value: {} }).payload),
    'payloadType',
  ],
]
for (const [sentence, frame, code] of UNREADABLE)
  test(`${sentence} gets no answer: the session ends, coded, with the output off`, () => {
    const options = seccOptions(['DC'])
    const [chosen] = options.protocols.flatMap((protocol) => protocol.supported(options))
    assert.ok(chosen)
    const { state, outputs } = seccStep({ ...seccBegin(options, chosen).state, name: 'dcCharging' }, frame)
    assert.equal(state.ended?.code, code)
    assert.deepEqual(
      outputs.map((output) => (output.kind === 'tell' ? output.told.told : output.kind)),
      ['openContactor', 'ended', 'endLink'],
    )
  })

const ends = (course: Course) => [
  course.seccEnd?.responseCode ?? course.seccEnd?.code,
  course.evccEnd?.responseCode ?? course.evccEnd?.code,
]
const opened = (course: Course) =>
  [course.station, course.car].map((told) => told.some((one) => one.told === 'openContactor' && one.urgent))

/** Changes what an end says, on its way. */
const forging =
  (
    message: string,
    change: (value: Record<string, unknown>) => Record<string, unknown>,
    side: 'secc' | 'evcc' = 'evcc',
  ): NonNullable<Ends['meddle']> =>
  (payload, from, read) => {
    if (from !== side || read?.body.message !== message) return payload
    const body = { ...read.body, value: change({ ...read.body.value }) } as Message['body']
    const written = writeMessage({ ...read, body })
    assert.ok(written.ok, written.ok ? '' : written.failure.detail)
    return written.value.payload
  }

const dcStation = obligingStation()
const WRONG: readonly (readonly [sentence: string, ends: Ends, code: string])[] = [
  [
    'a service that was not offered',
    obligingEnds('DC', { meddle: forging('ServiceDetail', () => ({ ServiceID: 77 })) }),
    'FAILED_ServiceIDInvalid',
  ],
  [
    'another energy service than those offered',
    obligingEnds('DC', {
      meddle: forging('ServiceSelection', () => ({ SelectedEnergyTransferService: { ServiceID: 1, ParameterSetID: 1 } })),
    }),
    'FAILED_NoEnergyTransferServiceSelected',
  ],
  [
    'a parameter set that was not offered',
    obligingEnds('DC', {
      meddle: forging('ServiceSelection', () => ({ SelectedEnergyTransferService: { ServiceID: 2, ParameterSetID: 31 } })),
    }),
    'FAILED_ServiceSelectionInvalid',
  ],
  [
    'a battery above the voltage of the station',
    obligingEnds('DC', {
      evcc: evccOptions('DC', {
        needs: { ...evccOptions('DC').needs, charge: { maxVoltage: volts(900), minVoltage: volts(700), maxPower: watts(9_000) } },
      }),
    }),
    'FAILED_WrongChargeParameter',
  ],
  [
    'a schedule that was not offered',
    obligingEnds('AC_three_phase', {
      car: (told) =>
        told.told === 'offers'
          ? [[1, { word: 'choose', profile: { scheduleId: 9, entries: [{ start: seconds(0), power: watts(1) }] } }]]
          : [],
    }),
    'FAILED_ScheduleSelectionInvalid',
  ],
  [
    'a profile above its schedule',
    obligingEnds('AC_three_phase', {
      car: (told) =>
        told.told === 'offers'
          ? [[1, { word: 'choose', profile: { scheduleId: 1, entries: [{ start: seconds(0), power: watts(11_500) }] } }]]
          : [],
    }),
    'FAILED_EVPowerProfileInvalid',
  ],
  [
    'a cable whose isolation has a fault',
    obligingEnds('DC', {
      station: (told) => (told.told === 'cableCheckWanted' ? [[500, { word: 'cableChecked', isolation: 'fault' }]] : dcStation(told)),
    }),
    'FAILED',
  ],
  [
    'a contactor that does not close',
    obligingEnds('AC_three_phase', {
      station: (told) => (told.told === 'closeContactor' ? [[500, { word: 'contactor', closed: false }]] : dcStation(told)),
    }),
    'FAILED_ContactorError',
  ],
  [
    'a contactor that says nothing',
    obligingEnds('AC_three_phase', { station: (told) => (told.told === 'closeContactor' ? [] : dcStation(told)) }),
    'FAILED_ContactorError',
  ],
  [
    'a contactor that falls while energy flows',
    obligingEnds('DC', { stationScript: [[7_000, { word: 'contactor', closed: false }]] }),
    'FAILED_ContactorError',
  ],
  [
    'a pause that the station does not allow',
    obligingEnds('AC_three_phase', {
      secc: seccOptions(['AC_three_phase'], {
        freedoms: { controls: ['scheduled'], prices: [], renegotiateServices: false, standby: false, pause: false },
      }),
      car: (told) => (told.told === 'closeContactor' ? [[2_000, { word: 'pause' }]] : obligingCar(told)),
    }),
    'FAILED_PauseNotAllowed',
  ],
  [
    'services that are not negotiated again',
    obligingEnds('AC_three_phase', {
      secc: seccOptions(['AC_three_phase'], {
        freedoms: { controls: ['scheduled'], prices: [], renegotiateServices: false, standby: false, pause: false },
      }),
      car: (told) => (told.told === 'closeContactor' ? [[2_000, { word: 'renegotiate', of: 'services' }]] : obligingCar(told)),
    }),
    'FAILED_NoServiceRenegotiationSupported',
  ],
]
for (const [sentence, wrong, code] of WRONG)
  test(`${sentence}: ${code}, and both ends are open`, () => {
    const course = connect(wrong)
    assert.deepEqual(ends(course), [code, code])
    assert.deepEqual(opened(course), [true, true])
  })

test('a person who is refused is warned, and the car says goodbye with the reason', () => {
  const course = connect(
    obligingEnds('DC', { station: (told) => (told.told === 'authoriseWanted' ? [[400, { word: 'refused', reason: 'unknown' }]] : []) }),
  )
  assert.deepEqual(course.evccEnd, { code: 'refused', responseCode: 'WARNING_EIMAuthorizationFailure', detail: 'eim' })
  assert.equal(course.seccEnd?.code, 'finished')
})

test('a person may take longer than a minute', () => {
  const course = connect(
    obligingEnds('AC_three_phase', {
      station: (told) =>
        told.told === 'authoriseWanted'
          ? [
              [10, { word: 'waitingForCustomer' }],
              [150_000, { word: 'authorised' }],
            ]
          : dcStation(told),
    }),
  )
  assert.equal(course.evccEnd?.code, 'finished')
})

const AC = 'AC_three_phase'

test('an emergency at either end opens both, whatever is being said', () => {
  const station = connect(obligingEnds('DC', { stationScript: [[7_000, { word: 'emergency', cause: 'button' }]] }))
  assert.deepEqual(
    [station.seccEnd, station.evccEnd?.code, opened(station)],
    [{ code: 'emergency', detail: 'button' }, 'linkLost', [true, true]],
  )
  const car = connect(obligingEnds('DC', { carScript: [[7_000, { word: 'emergency', cause: 'crash' }]] }))
  assert.deepEqual([car.evccEnd, car.seccEnd?.code, opened(car)], [{ code: 'emergency', detail: 'crash' }, 'linkLost', [true, true]])
  const residual = connect(obligingEnds(AC, { stationScript: [[5_000, { word: 'residualCurrent', tripped: true }]] }))
  assert.deepEqual([residual.seccEnd?.code, opened(residual)], ['emergency', [true, true]])
})

test('over a link without TLS 1.3 the protocol is neither offered nor taken, unless a policy says so', () => {
  const plain = { link: { security: 'none' } } as const
  const none = connect(obligingEnds(AC, { evcc: evccOptions(AC, plain) }))
  assert.equal(none.evccEnd?.code, 'noNegotiation')
  const half = connect(obligingEnds(AC, { secc: seccOptions([AC], plain) }))
  assert.equal(half.seccEnd?.code, 'noNegotiation')
  const bench = obligingEnds(AC)
  const both = connect({
    ...bench,
    secc: { ...bench.secc, ...plain, policy: { ...bench.secc.policy, iso20OnAnyLink: true } },
    evcc: { ...bench.evcc, ...plain, policy: { ...bench.evcc.policy, iso20OnAnyLink: true } },
  })
  assert.equal(both.evccEnd?.code, 'finished')
})

test('a car that finds no service, no control or no schedule of its kind leaves in order and says why', () => {
  const scheduledOnly = { controls: ['scheduled'], prices: [], renegotiateServices: true, standby: true, pause: true } as const
  const options = evccOptions(AC)
  const course = connect(
    obligingEnds(AC, {
      secc: seccOptions([AC], { freedoms: scheduledOnly }),
      evcc: { ...options, needs: { ...options.needs, control: 'dynamic' } },
    }),
  )
  assert.equal(course.evccEnd?.code, 'incompatible')
  assert.equal(course.seccEnd?.code, 'finished')
})

test('schedules without prices are taken, or left where a policy says so', () => {
  const bare = forging(
    'ScheduleExchange',
    (value) => {
      const { ScheduleTuple } = value.Scheduled_SEResControlMode as {
        readonly ScheduleTuple: readonly { readonly ChargingSchedule: object }[]
      }
      const tuples = ScheduleTuple.map((tuple) => {
        const { PriceLevelSchedule: _, ...ChargingSchedule } = tuple.ChargingSchedule as { readonly PriceLevelSchedule?: object }
        return { ...tuple, ChargingSchedule }
      })
      return { ...value, Scheduled_SEResControlMode: { ScheduleTuple: tuples } }
    },
    'secc',
  )
  assert.equal(connect(obligingEnds(AC, { meddle: bare })).evccEnd?.code, 'finished')
  const strict = evccOptions(AC)
  const course = connect(obligingEnds(AC, { meddle: bare, evcc: { ...strict, policy: { ...strict.policy, missingPrices: 'refuse' } } }))
  assert.equal(course.evccEnd?.code, 'incompatible')
  assert.equal(course.seccEnd?.code, 'finished')
})
