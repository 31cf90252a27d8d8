import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { untypedCodecOf } from '@voltway/wire/iso15118'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'
import { readCapture } from './v2g/read-capture.ts'
import { readSessions } from './v2g/read-session.ts'
import { frameOf, packetsOf, pcapngOf, pcapOf, type Sent } from './v2g/testing/make-capture.ts'

const folder = await mkdtemp(join(tmpdir(), 'voltway-v2g-'))
after(() => rm(folder, { recursive: true }))

const hexOf = (schema: 'app_protocol' | 'iso15118-2', root: string, value: unknown): string => {
  const bytes = untypedCodecOf(schema).document.encode({ root, value }, { lenient: true })
  if (!bytes.ok) throw new Error(JSON.stringify(bytes.failure))
  return bytes.value.toHex()
}
const ID = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const message = (name: string, body: unknown, SessionID = ID) =>
  hexOf('iso15118-2', 'V2G_Message', { Header: { SessionID }, Body: { [name]: body } })

const offer = { ProtocolNamespace: 'urn:iso:15118:2:2013:MsgDef', VersionNumberMajor: 2, VersionNumberMinor: 0, SchemaID: 7, Priority: 1 }
const OPENING: readonly (readonly [seconds: number, hex: string])[] = [
  [0, hexOf('app_protocol', 'supportedAppProtocolReq', { AppProtocol: [offer] })],
  [0.1, hexOf('app_protocol', 'supportedAppProtocolRes', { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID: 7 })],
  [0.2, message('SessionSetupReq', { EVCCID: Uint8Array.of(1, 2, 3, 4, 5, 6) }, new Uint8Array(8))],
  [0.3, message('SessionSetupRes', { ResponseCode: 'OK_NewSessionEstablished', EVSEID: 'DE*ABC*E1' })],
]
const CLOSING: typeof OPENING = [
  [0.4, message('SessionStopReq', { ChargingSession: 'Terminate' })],
  [0.5, message('SessionStopRes', { ResponseCode: 'OK' })],
]

/** Messages in turn, the car first, with a start that makes clocks show. */
const inTurn = (parts: typeof OPENING): readonly Sent[] =>
  parts.map(([seconds, hex], at) => ({ side: at % 2 === 0 ? 'EV' : 'station', seconds: 1_700_000_000 + seconds, bytes: frameOf(hex) }))
const sessionsOf = (file: Uint8Array) => {
  const capture = readCapture(file)
  assert.ok(capture.ok)
  return readSessions(capture.value).sessions
}
const wrongIn = (sent: readonly Sent[]) => {
  const [session] = sessionsOf(pcapOf(packetsOf(sent)))
  return [...(session?.events.flatMap(({ wrong }) => wrong) ?? []), ...(session?.wrong ?? [])]
}
const GOOD = inTurn([...OPENING, ...CLOSING])
const NAMES = [
  'supportedAppProtocolReq',
  'supportedAppProtocolRes',
  'SessionSetupReq',
  'SessionSetupRes',
  'SessionStopReq',
  'SessionStopRes',
]

for (const [form, file] of [
  ['pcap', pcapOf(packetsOf(GOOD))],
  ['pcap of the other byte order', pcapOf(packetsOf(GOOD), false)],
  ['pcapng', pcapngOf(packetsOf(GOOD))],
] as const)
  test(`a session is read from ${form}, and nothing is wrong with it`, () => {
    const [session, ...others] = sessionsOf(file)
    assert.deepEqual(
      session?.events.map((event) => event.message?.name),
      NAMES,
    )
    assert.deepEqual([others.length, session?.wrong, session?.events.flatMap(({ wrong }) => wrong)], [0, [], []])
    assert.ok(Math.abs(session!.events[3]!.seconds - 1_700_000_000.3) < 1e-5)
    assert.deepEqual([session?.car, session?.station], ['fe80::a.50001', 'fe80::b.61341'])
  })

test('segments that are cut anywhere, late or repeated make the same session', () => {
  const cut = GOOD.flatMap((part) =>
    [0, 3, 11, 12].map((at, index, cuts) => ({ ...part, bytes: part.bytes.subarray(at, cuts[index + 1]) })),
  )
  const packets = [...packetsOf(cut)]
  const shuffled = packets.flatMap((packet, at) => (at < 3 ? [packet] : at % 3 === 0 ? [packets[at + 1] ?? packet, packet] : [packet]))
  const [session] = sessionsOf(pcapOf(shuffled))
  assert.deepEqual(
    session?.events.map((event) => event.message?.name),
    NAMES,
  )
})

const authorising = (EVSEProcessing: string) => message('AuthorizationRes', { ResponseCode: 'OK', EVSEProcessing })
/** A car asks for its authorisation every second until it has been asked so often. */
const asked = (times: number, processing = 'Ongoing'): typeof OPENING =>
  Array.from({ length: times }, (_, second) => [
    [1 + second, message('AuthorizationReq', {})] as const,
    [1.1 + second, authorising(second + 1 < times ? processing : 'Finished')] as const,
  ]).flat()
const car = (EVErrorCode: string) => ({ EVReady: true, EVErrorCode, EVRESSSOC: 40 })
const station = (EVSEStatusCode: string, EVSEIsolationStatus = 'Valid') => ({
  NotificationMaxDelay: 0,
  EVSENotification: 'None',
  EVSEIsolationStatus,
  EVSEStatusCode,
})
const checked = (seconds: number, status: object, error = 'NO_ERROR'): typeof OPENING => [
  [seconds, message('CableCheckReq', { DC_EVStatus: car(error) })],
  [seconds + 0.1, message('CableCheckRes', { ResponseCode: 'OK', DC_EVSEStatus: status, EVSEProcessing: 'Ongoing' })],
]

const stop = (seconds: number, id = ID) => [seconds, message('SessionStopReq', { ChargingSession: 'Terminate' }, id)] as const
const faulty: [sentence: string, sent: readonly Sent[], named: RegExp][] = [
  [
    'an answer that came too late',
    inTurn([...OPENING, stop(0.4), [3.4, CLOSING[1]![1]]]),
    /SessionStopRes came after 3\.00 s: a car gives up after 2 s/,
  ],
  ['a request that was not answered', inTurn([...OPENING, stop(0.4)]), /SessionStopReq was never answered/],
  ['a session without its end', inTurn(OPENING), /without SessionStop/],
  [
    'another session',
    inTurn([...OPENING, stop(0.4, new Uint8Array(8).fill(9)), CLOSING[1]!]),
    /session 0909090909090909 where 0102030405060708/,
  ],
  ['an answer to something else', inTurn([...OPENING, stop(0.4), OPENING[3]!]), /SessionSetupRes does not answer SessionStopReq/],
  [
    'a value that is longer than its type allows',
    inTurn([
      ...OPENING.slice(0, 2),
      [0.2, message('SessionSetupReq', { EVCCID: new Uint8Array(8) }, new Uint8Array(8))],
      OPENING[3]!,
      ...CLOSING,
    ]),
    /SessionSetupReq\/EVCCID: 8 bytes where 0 to 6 are allowed/,
  ],
  [
    'a refusal',
    inTurn([...OPENING, stop(0.4), [0.5, message('SessionStopRes', { ResponseCode: 'FAILED_UnknownSession' })]]),
    /SessionStopRes: FAILED_UnknownSession/,
  ],
  [
    'a request that comes too early',
    inTurn([...OPENING, [0.4, message('ChargingStatusReq', {})]]),
    /ChargingStatus is out of order after SessionSetup: a station answers FAILED_SequenceError/,
  ],
  [
    'a contract without TLS',
    inTurn([
      ...OPENING,
      [0.4, message('ServiceDiscoveryReq', {})],
      [
        0.5,
        message('ServiceDiscoveryRes', {
          ResponseCode: 'OK',
          PaymentOptionList: { PaymentOption: ['Contract'] },
          ChargeService: {
            ServiceID: 1,
            ServiceCategory: 'EVCharging',
            FreeService: true,
            SupportedEnergyTransferMode: { EnergyTransferMode: ['AC_three_phase_core'] },
          },
        }),
      ],
      [
        0.6,
        message('PaymentServiceSelectionReq', {
          SelectedPaymentOption: 'Contract',
          SelectedServiceList: { SelectedService: [{ ServiceID: 1 }] },
        }),
      ],
    ]),
    /a contract is to pay without TLS/,
  ],
  [
    'ISO 15118-20 without TLS 1.3',
    inTurn([
      [
        0,
        hexOf('app_protocol', 'supportedAppProtocolReq', {
          AppProtocol: [{ ...offer, ProtocolNamespace: 'urn:iso:std:iso:15118:-20:DC', VersionNumberMajor: 1 }],
        }),
      ],
      OPENING[1]!,
    ]),
    /ISO 15118-20 was agreed on over plain TCP: it asks for TLS 1\.3/,
  ],
  ['a body that cannot be read', inTurn([...OPENING, [0.4, '8098']]), /not readable as iso15118-2: truncated.*bit 1\d, \/V2G_Message/],
  ['a header that is none', [...inTurn(OPENING), { side: 'EV', seconds: 1, bytes: new Uint8Array(9).fill(7) }], /not a V2GTP header/],
  [
    'half of a frame',
    [...inTurn([...OPENING, ...CLOSING]), { side: 'EV', seconds: 1, bytes: frameOf('8000').subarray(0, 9) }],
    /the car ends in the middle of a frame/,
  ],
]
faulty.push(
  [
    'an authorisation that a station does not come to',
    inTurn([...OPENING, ...asked(63)]),
    /^Authorization goes on for 60\.1 s: a car gives up after 60 s$/m,
  ],
  [
    'a cable check without end',
    inTurn([...OPENING, ...checked(1, station('EVSE_Ready')), ...checked(42, station('EVSE_Ready'))]),
    /CableCheck goes on for 41\.1 s: a car gives up after 40 s/,
  ],
  [
    'a station in trouble',
    inTurn([...OPENING, ...checked(1, station('EVSE_EmergencyShutdown'))]),
    /the station says EVSE_EmergencyShutdown/,
  ],
  ['a fault of the isolation', inTurn([...OPENING, ...checked(1, station('EVSE_Ready', 'Fault'))]), /says that the isolation has a fault/],
  [
    'a car in trouble',
    inTurn([...OPENING, ...checked(1, station('EVSE_Ready'), 'FAILED_RESSTemperatureInhibit')]),
    /the car says FAILED_RESSTemperatureInhibit/,
  ],
  [
    'a residual current',
    inTurn([
      ...OPENING,
      [1, message('ChargingStatusReq', {})],
      [
        1.1,
        message('ChargingStatusRes', {
          ResponseCode: 'OK',
          EVSEID: 'DE*ABC*E1',
          SAScheduleTupleID: 1,
          AC_EVSEStatus: { NotificationMaxDelay: 0, EVSENotification: 'None', RCD: true },
        }),
      ],
    ]),
    /its residual current device has tripped/,
  ],
  [
    'a plain OK at the set-up',
    inTurn([...OPENING.slice(0, 3), [0.3, message('SessionSetupRes', { ResponseCode: 'OK', EVSEID: 'DE*ABC*E1' })], ...CLOSING]),
    /OK where OK_NewSessionEstablished is due/,
  ],
)
for (const [sentence, sent, named] of faulty)
  test(`${sentence} is told`, () => {
    assert.match(wrongIn(sent).join('\n'), named)
  })

test('an authorisation that waits for a person may take as long as it likes, and what stays wrong is told once', () => {
  const waits = wrongIn(inTurn([...OPENING, ...asked(90, 'Ongoing_WaitingForCustomerInteraction')]))
  assert.ok(!waits.some((wrong) => wrong.includes('goes on')), waits.join('\n'))
  const bad = station('EVSE_Malfunction')
  const told = wrongIn(
    inTurn([...OPENING, ...checked(1, bad), ...checked(2, bad), ...checked(3, station('EVSE_Ready')), ...checked(4, bad)]),
  )
  assert.equal(told.filter((wrong) => wrong === 'the station says EVSE_Malfunction').length, 2)
  assert.equal(wrongIn(inTurn([...OPENING, ...asked(75)])).filter((wrong) => wrong.includes('goes on')).length, 1)
})

test('how long a car waits is what its own protocol says', () => {
  const delivered = { AC_EVSEStatus: { NotificationMaxDelay: 0, EVSENotification: 'None', RCD: false } }
  const answer = (seconds: number) =>
    wrongIn(
      inTurn([
        ...OPENING,
        [1, message('PowerDeliveryReq', { ChargeProgress: 'Stop', SAScheduleTupleID: 1 })],
        [1 + seconds, message('PowerDeliveryRes', { ResponseCode: 'OK', ...delivered })],
      ]),
    ).join('\n')
  assert.doesNotMatch(answer(4.9), /came after/)
  assert.match(answer(5.1), /PowerDeliveryRes came after 5\.10 s: a car gives up after 5 s/)
})

test('a TLS connection is named as such', () => {
  const [session] = sessionsOf(pcapOf(packetsOf([{ side: 'EV', seconds: 0, bytes: Uint8Array.fromHex('1603010005') }])))
  assert.deepEqual([session?.tls, session?.events.length], ['unknown', 0])
})

const run = async (bytes: Uint8Array, ...options: readonly string[]) => {
  const file = join(folder, 'capture.pcap')
  await writeFile(file, bytes)
  const printed: string[] = []
  const noted: string[] = []
  const surroundings = { env: {}, root: folder, out: (text: string) => printed.push(text), note: (text: string) => noted.push(text) }
  return { code: await runCommand(REGISTRY, ['v2g', 'inspect', file, ...options], surroundings), printed, noted: noted.join('\n') }
}

test('the command prints the sequence, for people and for programs', async () => {
  const text = await run(pcapOf(packetsOf(GOOD)))
  assert.equal(text.code, 0)
  assert.match(
    text.printed.join('\n'),
    /0\.300 {5}<- SessionSetupRes OK_NewSessionEstablished\n[^\n]*EV -> SessionStopReq[\s\S]*6 messages, nothing wrong/,
  )
  assert.match(text.printed[0] ?? '', /^Session 1: car fe80::a\.50001, station fe80::b\.61341, ISO 15118-2 over plain TCP$/)
  assert.match(text.printed.join('\n'), /EV -> SessionStopReq \(Terminate\)/)
  const { printed } = await run(pcapOf(packetsOf(GOOD)), '--json')
  const lines = printed.map((line) => JSON.parse(line))
  assert.deepEqual([lines.length, lines[2].message, lines[2].schema, lines[6].messages], [7, 'SessionSetupReq', 'iso15118-2', 6])
  assert.match(lines[2].xml, /<n1:V2G_Message /)
})

test('what is asked again and again is printed once, with how often and until when', async () => {
  const { printed } = await run(pcapOf(packetsOf(inTurn([...OPENING, ...asked(4)]))))
  assert.deepEqual(printed.slice(5, 11), [
    '     1.000  EV -> AuthorizationReq',
    '            ✘ Authorization is out of order after SessionSetup: a station answers FAILED_SequenceError',
    '     1.100     <- AuthorizationRes (Ongoing)',
    '             ... 2 times more, until 3.100',
    '     4.000  EV -> AuthorizationReq',
    '     4.100     <- AuthorizationRes',
  ])
  assert.deepEqual(printed.slice(11), [
    '            ✘ the session ends after AuthorizationRes, without SessionStop',
    '  12 messages, 2 things wrong',
  ])
})

test('a file that is no capture, or has no session, is refused by name', async () => {
  assert.match((await run(Uint8Array.of(1, 2, 3, 4, 5))).noted, /neither pcap nor pcapng/)
  assert.match((await run(pcapOf([]))).noted, /0 packets and no V2GTP session/)
})

test('no cut or spoiled capture throws', () => {
  const files = [pcapOf(packetsOf(GOOD)), pcapngOf(packetsOf(GOOD))]
  for (const file of files)
    for (let at = 0; at < file.length; at += 3) {
      readCapture(file.subarray(0, at))
      const spoiled = file.slice()
      spoiled[at]! ^= 0xff
      const capture = readCapture(spoiled)
      if (capture.ok) readSessions(capture.value)
    }
})

interface Recorded {
  readonly frames: readonly { readonly dir: string; readonly payload_type: string; readonly message: string; readonly exi_hex?: string }[]
}
const data = process.env.VOLTWAY_DATA
const recorded =
  data === undefined
    ? undefined
    : [data, join(data, '..')].map((one) => join(one, 'vectors', 'iso15118', 'sessions')).find((one) => existsSync(one))
test('sessions of real cars and chargers are read as they were recorded', {
  skip: recorded ? false : 'VOLTWAY_DATA names no folder with the recordings',
}, () => {
  const files = globSync(join(recorded!, '*.json'))
  assert.ok(files.length >= 40, `${files.length} sessions`)
  for (const file of files) {
    const all: Recorded = JSON.parse(readFileSync(file, 'utf8'))
    // A marker stands where a long loop was cut out.
    const frames = all.frames.filter(({ exi_hex }) => typeof exi_hex === 'string')
    const sent = frames.map(
      ({ dir, payload_type, exi_hex }, at): Sent => ({
        side: dir === 'ev' ? 'EV' : 'station',
        seconds: at / 10,
        bytes: frameOf(exi_hex ?? '', Number(payload_type)),
      }),
    )
    const [session] = sessionsOf(pcapOf(packetsOf(sent)))
    assert.deepEqual(
      session?.events.map(({ message: one, wrong }) => one?.name ?? wrong[0]),
      frames.map(({ message: name }) => name),
      file,
    )
    // What a real station answered well was in order. Where frames were cut out, the order has a gap.
    if (frames.length < all.frames.length) continue
    for (const [at, { wrong }] of session?.events.entries() ?? [])
      if (wrong.some((one) => one.includes('out of order')))
        assert.match(session?.events[at + 1]?.message?.responseCode ?? 'unanswered', /^FAILED|unanswered/, file)
  }
})
