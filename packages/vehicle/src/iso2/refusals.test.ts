import assert from 'node:assert/strict'
import { test } from 'node:test'
import { din70121 } from '@voltway/wire/iso15118'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import { DIN70121_DIALECT } from '../din70121/din70121-dialect.ts'
import { din70121Secc } from '../din70121/index.ts'
import { TIMER_NAMES } from '../machine/timeouts.ts'
import { AC_LIMITS, DC_LIMITS, SECC_OPTIONS } from '../testing/peers.ts'
import { sampleRequests } from '../testing/sample-requests.ts'
import { StationBench, WAYS, walk } from '../testing/station-bench.ts'
import { iso2Secc } from './index.ts'
import { ISO2_DIALECT } from './iso2-dialect.ts'
import type { RequestBody } from './message.ts'
import { SECC_EVENTS, SECC_STATES, SECC_TABLE, type SeccStateName } from './secc/table.ts'

const PROTOCOLS = [
  { protocol: iso2Secc, dialect: ISO2_DIALECT },
  { protocol: din70121Secc, dialect: DIN70121_DIALECT },
] as const
type Protocol = (typeof PROTOCOLS)[number]

const benchIn = ({ protocol, dialect }: Protocol, state: SeccStateName, options = SECC_OPTIONS): StationBench => {
  const way = WAYS[state] ?? assert.fail(`no way to ${state}`)
  const limits = way.direct ? DC_LIMITS : AC_LIMITS
  const bench = new StationBench(protocol, dialect, { ...options, transfers: way.direct ? ['DC'] : ['AC_three_phase'], limits })
  walk(bench, way)
  assert.equal(bench.state, state)
  return bench
}
const statesOf = ({ dialect }: Protocol) =>
  SECC_STATES.filter((state) => WAYS[state] !== undefined && (dialect.can.alternatingCurrent || !state.startsWith('ac')))

const isOff = (bench: StationBench) => bench.told.some((told) => told.told === 'openContactor' && told.urgent)

for (const protocol of PROTOCOLS) {
  const { dialect } = protocol
  test(`a request of ${dialect.name} in the wrong order is answered FAILED_SequenceError in its own response, and the session ends`, () => {
    let refused = 0
    for (const state of statesOf(protocol))
      for (const event of SECC_EVENTS) {
        const request = sampleRequests(WAYS[state]?.direct ?? true)[event]
        const spoken = dialect.messages.has(request.message)
        if (spoken && SECC_TABLE[state][event].length > 0) continue
        const written = dialect.write({ sessionId: new Uint8Array(8), body: { kind: 'request', ...request } })
        // What DIN 70121 has no words for cannot be asked either.
        if (!written.ok && dialect.name === 'din70121') continue
        assert.ok(written.ok, event)
        if (request.message === 'SessionStop' && !dialect.can.pause && SECC_TABLE[state]['SessionStop(Terminate)'].length > 0) continue
        if (event === 'PowerDelivery(Renegotiate)' && !dialect.can.renegotiate) continue
        const bench = benchIn(protocol, state)
        bench.ask(request)
        const where = `${event} in ${state}`
        assert.equal(bench.response?.kind, 'response', where)
        assert.equal(bench.response?.message, request.message, where)
        assert.equal(bench.response?.kind === 'response' && bench.response.value.ResponseCode, 'FAILED_SequenceError', where)
        assert.equal(bench.ended?.code, 'sequence', where)
        assert.ok(isOff(bench), where)
        assert.deepEqual(bench.ask(request), [], where)
        refused++
      }
    assert.ok(refused > (dialect.can.contract ? 150 : 60), `${refused}`)
  })

  test(`a request of ${dialect.name} with another session's id is answered FAILED_UnknownSession`, () => {
    for (const state of statesOf(protocol).filter((name) => name !== 'sessionSetup')) {
      const allowed = SECC_EVENTS.find((event) => SECC_TABLE[state][event].length > 0) ?? assert.fail(state)
      const bench = benchIn(protocol, state)
      bench.ask(sampleRequests(WAYS[state]?.direct ?? true)[allowed], Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9))
      assert.equal(bench.response?.kind === 'response' && bench.response.value.ResponseCode, 'FAILED_UnknownSession', state)
      assert.equal(bench.ended?.code, 'unknownSession')
    }
  })

  test(`in every state of ${dialect.name} what cannot be read, another payload type, a lost link, silence and a response end the session with power off`, () => {
    const requests = sampleRequests(true)
    const response = dialect.write({
      sessionId: SECC_OPTIONS.sessionId,
      body: { kind: 'response', message: 'SessionStop', value: { ResponseCode: 'OK' } },
    })
    assert.ok(response.ok)
    for (const state of statesOf(protocol)) {
      const ends: readonly (readonly [code: string, (bench: StationBench) => unknown])[] = [
        ['undecodable', (bench) => bench.bytes(Uint8Array.of(0x80, 0xff, 0xff))],
        ['undecodable', (bench) => bench.bytes(new Uint8Array())],
        ['payloadType', (bench) => bench.bytes(Uint8Array.of(0x80), PAYLOAD_TYPE.sdpRequest)],
        ['linkLost', (bench) => bench.cut()],
        ['timeout', (bench) => bench.runOut('V2G_SECC_Sequence_Timeout')],
        ['sequence', (bench) => bench.bytes(response.value)],
      ]
      for (const [code, happen] of ends) {
        const bench = benchIn(protocol, state)
        happen(bench)
        assert.equal(bench.ended?.code, code, `${code} in ${state}`)
        assert.ok(isOff(bench), `${code} in ${state}`)
        assert.ok(
          bench.last.every((output) => output.kind !== 'send'),
          `${code} in ${state}`,
        )
        assert.equal(bench.last.at(-1)?.kind, 'endLink')
        for (const timer of TIMER_NAMES) assert.deepEqual(bench.runOut(timer), [])
        assert.deepEqual(bench.say({ word: 'authorised' }), [])
        assert.deepEqual(bench.ask(requests.SessionSetup), [])
      }
    }
  })

  test(`an emergency in any state of ${dialect.name} switches off at once, tells the car with the next answer and ends`, () => {
    for (const state of statesOf(protocol).filter((name) => name !== 'sessionSetup')) {
      const bench = benchIn(protocol, state)
      bench.say({ word: 'emergency', cause: 'button' })
      assert.ok(isOff(bench), state)
      const allowed = SECC_EVENTS.find((event) => SECC_TABLE[state][event].length > 0) ?? assert.fail(state)
      bench.ask(sampleRequests(WAYS[state]?.direct ?? true)[allowed])
      assert.equal(bench.response?.kind === 'response' && bench.response.value.ResponseCode, 'FAILED', state)
      assert.deepEqual(bench.ended, { code: 'emergency', detail: 'button' }, state)
    }
  })
}

test('a car that asks nothing more after an emergency is left after two seconds, for the emergency', () => {
  const bench = benchIn(PROTOCOLS[0], 'acCharging')
  bench.say({ word: 'emergency', cause: 'button' })
  assert.deepEqual(bench.last.at(-1), { kind: 'startTimer', timer: 'V2G_SECC_Sequence_Timeout', milliseconds: 2_000 })
  bench.runOut('V2G_SECC_Sequence_Timeout')
  assert.deepEqual(bench.ended, { code: 'emergency', detail: 'button' })
})

test('a contactor that does not close in time is FAILED_ContactorError, and the station is told to switch off', () => {
  const bench = benchIn(PROTOCOLS[0], 'acReady')
  bench.ask(sampleRequests(false)['PowerDelivery(Start)'])
  assert.deepEqual(bench.last.at(-1), { kind: 'startTimer', timer: 'V2G_SECC_Msg_Performance_Time', milliseconds: 4_500 })
  assert.ok(bench.last.every((output) => output.kind !== 'send'))
  bench.runOut('V2G_SECC_Msg_Performance_Time')
  assert.equal(bench.response?.kind === 'response' && bench.response.value.ResponseCode, 'FAILED_ContactorError')
  assert.deepEqual(bench.ended, { code: 'notReady', timer: 'V2G_SECC_Msg_Performance_Time', responseCode: 'FAILED_ContactorError' })
  assert.ok(isOff(bench))
})

test('a second request before the first is answered is out of order', () => {
  const bench = benchIn(PROTOCOLS[0], 'acReady')
  bench.ask(sampleRequests(false)['PowerDelivery(Start)'])
  bench.ask(sampleRequests(false).ChargingStatus)
  assert.equal(bench.response?.message, 'ChargingStatus')
  assert.equal(bench.ended?.code, 'sequence')
})

test('a contactor that opens by itself is an emergency', () => {
  const bench = benchIn(PROTOCOLS[0], 'acCharging')
  bench.say({ word: 'contactor', closed: false })
  assert.ok(isOff(bench))
  bench.ask(sampleRequests(false).ChargingStatus)
  assert.equal(bench.ended?.code, 'emergency')
})

test('a station waits 18 s for SessionSetup, then 60 s for each request', () => {
  const bench = benchIn(PROTOCOLS[0], 'sessionSetup')
  bench.ask(sampleRequests(false).SessionSetup)
  assert.deepEqual(bench.last.filter(({ kind }) => kind === 'cancelTimer').at(0), {
    kind: 'cancelTimer',
    timer: 'V2G_SECC_CommunicationSetup_Performance_Time',
  })
  assert.deepEqual(bench.last.at(-1), { kind: 'startTimer', timer: 'V2G_SECC_Sequence_Timeout', milliseconds: 60_000 })
  bench.ask(sampleRequests(false).ServiceDiscovery)
  assert.deepEqual(bench.last.filter(({ kind }) => kind === 'cancelTimer').at(0), {
    kind: 'cancelTimer',
    timer: 'V2G_SECC_Sequence_Timeout',
  })
  assert.deepEqual(bench.last.at(-1), { kind: 'startTimer', timer: 'V2G_SECC_Sequence_Timeout', milliseconds: 60_000 })
  const silent = benchIn(PROTOCOLS[0], 'sessionSetup')
  silent.runOut('V2G_SECC_CommunicationSetup_Performance_Time')
  assert.deepEqual(silent.ended, { code: 'timeout', timer: 'V2G_SECC_CommunicationSetup_Performance_Time' })
})

const choices: readonly (readonly [sentence: string, request: RequestBody, code: string])[] = [
  ['a service that is not offered', { message: 'ServiceDetail', value: { ServiceID: 77 } }, 'FAILED_ServiceIDInvalid'],
  [
    'a selection without charging',
    {
      message: 'PaymentServiceSelection',
      value: { SelectedPaymentOption: 'ExternalPayment', SelectedServiceList: { SelectedService: [{ ServiceID: 77 }] } },
    },
    'FAILED_NoChargeServiceSelected',
  ],
  [
    'a selection of what is not offered',
    {
      message: 'PaymentServiceSelection',
      value: { SelectedPaymentOption: 'ExternalPayment', SelectedServiceList: { SelectedService: [{ ServiceID: 1 }, { ServiceID: 77 }] } },
    },
    'FAILED_ServiceSelectionInvalid',
  ],
  [
    'a payment that is not offered',
    {
      message: 'PaymentServiceSelection',
      value: { SelectedPaymentOption: 'Contract', SelectedServiceList: { SelectedService: [{ ServiceID: 1 }] } },
    },
    'FAILED_PaymentSelectionInvalid',
  ],
]
for (const [sentence, request, code] of choices)
  test(`${sentence} is answered ${code}`, () => {
    const bench = benchIn(PROTOCOLS[0], 'serviceSelection')
    bench.ask(request)
    assert.equal(bench.response?.kind === 'response' && bench.response.value.ResponseCode, code)
    assert.deepEqual([bench.ended?.code, bench.ended?.responseCode], ['refusing', code])
  })

const VOLTS = { Multiplier: 0, Unit: 'V', Value: 400 } as const
const AMPERES = { Multiplier: 0, Unit: 'A', Value: 16 } as const
const acOnly = {
  AC_EVChargeParameter: {
    EAmount: { Multiplier: 0, Unit: 'Wh', Value: 1 },
    EVMaxVoltage: VOLTS,
    EVMaxCurrent: AMPERES,
    EVMinCurrent: AMPERES,
  },
} as const

test('an energy transfer that is not offered, and parameters of another one, are refused', () => {
  const direct = benchIn(PROTOCOLS[0], 'chargeParameters')
  direct.ask(sampleRequests(false).ChargeParameterDiscovery)
  assert.equal(direct.ended?.responseCode, 'FAILED_WrongEnergyTransferMode')
  const mixed = benchIn(PROTOCOLS[0], 'chargeParameters')
  mixed.ask({ message: 'ChargeParameterDiscovery', value: { RequestedEnergyTransferMode: 'DC_extended', ...acOnly } })
  assert.equal(mixed.ended?.responseCode, 'FAILED_WrongChargeParameter')
})

test('what DIN 70121 calls otherwise is said in its words', () => {
  const bench = benchIn(PROTOCOLS[1], 'preCharging')
  bench.ask(sampleRequests(true)['PowerDelivery(Start)'])
  bench.runOut('V2G_SECC_Msg_Performance_Time')
  const read = din70121.codec.document.decode(
    bench.last.flatMap((output) => (output.kind === 'send' ? [output.payload] : []))[0] ?? new Uint8Array(),
  )
  assert.ok(read.ok && read.value.root === 'V2G_Message')
  assert.equal(read.value.value.Body.PowerDeliveryRes?.ResponseCode, 'FAILED_PowerDeliveryNotApplied')
})

for (const event of ['PowerDelivery(Stop)', 'SessionStop(Terminate)'] as const)
  for (const state of ['cableCheck', 'preCharging'] as const)
    test(`a car that leaves by ${event} in ${state} leaves no voltage behind`, () => {
      for (const protocol of PROTOCOLS) {
        const bench = benchIn(protocol, state)
        if (state === 'cableCheck') bench.ask(sampleRequests(true).CableCheck)
        bench.ask(sampleRequests(true)[event])
        assert.equal(bench.response?.kind === 'response' && bench.response.value.ResponseCode, 'OK')
        assert.deepEqual(
          bench.told.filter(({ told }) => told === 'openContactor'),
          [{ told: 'openContactor', urgent: false }],
        )
      }
    })
