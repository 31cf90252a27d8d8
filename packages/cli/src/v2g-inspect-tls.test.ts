import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { connect as connectTls, createServer, type SecureVersion, type TLSSocket } from 'node:tls'
import { makeTestPki } from '@voltway/pki'
import { pemOf } from '@voltway/vehicle/transport'
import { untypedCodecOf } from '@voltway/wire/iso15118'
import { encodeFrame, sdpRequestDatagram, sdpResponseDatagram } from '@voltway/wire/v2gtp'
import { now } from './clock.ts'
import { REGISTRY } from './registry.ts'
import { runCommand } from './run-command.ts'
import { readCapture } from './v2g/read-capture.ts'
import { readSessions } from './v2g/read-session.ts'
import { frameOf, packetsOf, pcapngOf, pcapOf, type Sent, udpPacketsOf } from './v2g/testing/make-capture.ts'
import { tapTo } from './v2g/testing/record-tls.ts'
import { readKeyLog } from './v2g/tls/key-log-file.ts'

const folder = await mkdtemp(join(tmpdir(), 'voltway-inspect-'))
after(() => rm(folder, { recursive: true }))

const { secc } = makeTestPki({ now: now(), random: randomBytes })
const CERTIFICATE = { cert: pemOf([secc.der, ...secc.intermediates]), key: secc.privateKey.export({ type: 'pkcs8', format: 'pem' }) }

const frame = (schema: 'app_protocol' | 'iso15118-2', root: string, value: unknown): Uint8Array => {
  const bytes = untypedCodecOf(schema).document.encode({ root, value })
  if (!bytes.ok) throw new Error(JSON.stringify(bytes.failure))
  return frameOf(bytes.value.toHex())
}
const SessionID = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const message = (name: string, body: unknown) => frame('iso15118-2', 'V2G_Message', { Header: { SessionID }, Body: { [name]: body } })
const offer = { ProtocolNamespace: 'urn:iso:15118:2:2013:MsgDef', VersionNumberMajor: 2, VersionNumberMinor: 0, SchemaID: 7, Priority: 1 }
const TALK: readonly Uint8Array[] = [
  frame('app_protocol', 'supportedAppProtocolReq', { AppProtocol: [offer] }),
  frame('app_protocol', 'supportedAppProtocolRes', { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID: 7 }),
  message('SessionSetupReq', { EVCCID: Uint8Array.of(1, 2, 3, 4, 5, 6) }),
  message('SessionSetupRes', { ResponseCode: 'OK_NewSessionEstablished', EVSEID: 'DE*ABC*E1' }),
  message('SessionStopReq', { ChargingSession: 'Terminate' }),
  message('SessionStopRes', { ResponseCode: 'OK' }),
]
const NAMES = [
  'supportedAppProtocolReq',
  'supportedAppProtocolRes',
  'SessionSetupReq',
  'SessionSetupRes',
  'SessionStopReq',
  'SessionStopRes',
]

interface Recorded {
  readonly sent: readonly Sent[]
  readonly keyLog: string
}

const heard = (socket: TLSSocket, length: number): Promise<void> =>
  new Promise((resolve) => {
    let left = length
    const take = (bytes: Buffer): void => {
      left -= bytes.length
      if (left > 0) return
      socket.off('data', take)
      resolve()
    }
    socket.on('data', take)
  })

/** A short session of ISO 15118-2 under a real TLS connection with one suite, as a capture and a key log would have it. */
const record = async (suite: string, version: SecureVersion): Promise<Recorded> => {
  const server = createServer({ ...CERTIFICATE, minVersion: version, maxVersion: version, ciphers: suite })
  server.listen(0, '::1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const tap = await tapTo(address.port)
  let keyLog = '# a comment, as browsers write it\n'
  const accepted = new Promise<TLSSocket>((resolve) => server.once('secureConnection', resolve))
  const car = connectTls({
    host: '::1',
    port: tap.port,
    ciphers: suite,
    minVersion: version,
    maxVersion: version,
    rejectUnauthorized: false,
  })
  car.on('keylog', (line: Buffer) => {
    keyLog += line.toString()
  })
  const [station] = await Promise.all([accepted, new Promise((resolve) => car.once('secureConnect', resolve))])
  for (const [at, bytes] of TALK.entries()) {
    const [from, to] = at % 2 === 0 ? [car, station] : [station, car]
    const arrived = heard(to, bytes.length)
    from.write(bytes)
    await arrived
  }
  car.end()
  await new Promise((resolve) => station.once('close', resolve))
  tap.stop()
  server.close()
  return { sent: tap.sent, keyLog }
}

const sessionOf = ({ sent, keyLog }: Recorded) => {
  const capture = readCapture(pcapOf(packetsOf(sent)))
  assert.ok(capture.ok)
  const [session] = readSessions(capture.value, readKeyLog(keyLog)).sessions
  assert.ok(session)
  return session
}
const namesIn = (one: Recorded) => sessionOf(one).events.map((event) => event.message?.name ?? event.wrong[0])

const suites: [suite: string, version: SecureVersion, standard: string][] = [
  ['ECDHE-ECDSA-AES128-SHA256', 'TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256'],
  ['ECDHE-ECDSA-AES128-GCM-SHA256', 'TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
  ['ECDHE-ECDSA-AES256-GCM-SHA384', 'TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384'],
  ['TLS_AES_128_GCM_SHA256', 'TLSv1.3', 'TLS_AES_128_GCM_SHA256'],
  ['TLS_AES_256_GCM_SHA384', 'TLSv1.3', 'TLS_AES_256_GCM_SHA384'],
  ['TLS_CHACHA20_POLY1305_SHA256', 'TLSv1.3', 'TLS_CHACHA20_POLY1305_SHA256'],
]
const recordings = new Map<string, Recorded>()
for (const [suite, version, standard] of suites) recordings.set(standard, await record(suite, version))
const [CBC, ...OTHERS] = [...recordings.values()]

for (const [, version, standard] of suites)
  test(`a session under ${standard} is read with its keys, and nothing is wrong with it`, () => {
    const session = sessionOf(recordings.get(standard)!)
    assert.deepEqual([session.tls, session.unreadable, session.wrong], [{ version: version.slice(4), suite: standard }, undefined, []])
    assert.deepEqual(
      session.events.map((event) => [event.message?.name, event.wrong]),
      NAMES.map((name) => [name, []]),
    )
  })

test('without its keys a session says what it runs under, and why it cannot be read', () => {
  for (const { sent } of recordings.values()) {
    const session = sessionOf({ sent, keyLog: CBC!.keyLog.replaceAll(/[0-9a-f]{64} /g, `${'00'.repeat(32)} `) })
    assert.deepEqual([session.events, session.wrong, session.unreadable], [[], [], 'the keys of this session are not there'])
  }
})

test('keys that do not fit, or a record that was changed, are told once for each side', () => {
  const wrongKeys = CBC!.keyLog.replaceAll(/[0-9a-f]{8}$/gm, '00000000')
  assert.deepEqual(namesIn({ ...CBC!, keyLog: wrongKeys }), [
    'a record of the car does not fit the keys: the rest of what it sends is not read',
    'a record of the station does not fit the keys: the rest of what it sends is not read',
  ])
  for (const one of [CBC!, ...OTHERS]) {
    // In TLS 1.3 the goodbye looks like data, too, but is shorter.
    const changed = one.sent.map(({ ...part }) => ({ ...part, bytes: part.bytes.slice() }))
    const last = changed.findLast(({ side, bytes }) => side === 'EV' && bytes[0] === 0x17 && bytes.length > 30)
    last!.bytes[40]! ^= 1
    const names = namesIn({ ...one, sent: changed })
    assert.deepEqual(names.slice(0, 4), NAMES.slice(0, 4))
    assert.match(names[4] ?? '', /a record of the car does not fit the keys/)
  }
})

test('a capture that lacks something of TLS says so and holds no fault', () => {
  for (const one of [CBC!, ...OTHERS]) {
    const packets = packetsOf(one.sent)
    for (let from = 0; from < packets.length; from++)
      for (let to = from + 1; to <= packets.length; to++) {
        const capture = readCapture(pcapOf([...packets.slice(0, from), ...packets.slice(to)]))
        assert.ok(capture.ok)
        const [session] = readSessions(capture.value, readKeyLog(one.keyLog)).sessions
        if (session === undefined) continue
        const where = `${session.tls === 'unknown' ? '?' : session.tls?.suite} without packets ${from} to ${to}`
        assert.deepEqual([session.events.flatMap(({ wrong }) => wrong), session.wrong], [[], []], where)
        const told = [session.unreadable, ...session.lacks, ...session.events.map(({ gap }) => gap)].filter((gap) => gap !== undefined)
        const isWhole = session.events.filter(({ message: one }) => one !== undefined).length === NAMES.length
        assert.ok(isWhole || told.length > 0, where)
      }
  }
})

test('a pcapng that holds its own keys needs no other', () => {
  const capture = readCapture(pcapngOf(packetsOf(CBC!.sent), CBC!.keyLog))
  assert.ok(capture.ok)
  const [session] = readSessions(capture.value).sessions
  assert.deepEqual(
    session?.events.map((event) => event.message?.name),
    NAMES,
  )
})

test('a handshake that fails says who ended it and why', async () => {
  const server = createServer({ ...CERTIFICATE, minVersion: 'TLSv1.3' }).listen(0, '::1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  assert.ok(address !== null && typeof address === 'object')
  const tap = await tapTo(address.port)
  const car = connectTls({ host: '::1', port: tap.port, maxVersion: 'TLSv1.2' })
  await new Promise((resolve) => car.once('error', resolve))
  await new Promise((resolve) => setImmediate(resolve))
  tap.stop()
  server.close()
  assert.deepEqual(namesIn({ sent: tap.sent, keyLog: '' }), ['the station ends TLS: protocol_version'])
})

test('no cut or spoiled stream throws', () => {
  for (const one of [CBC!, ...OTHERS])
    for (let at = 0; at < one.sent.length; at++) {
      const cut = one.sent.slice(0, at)
      const bytes = one.sent[at]!.bytes
      for (let byte = 0; byte < bytes.length; byte += 37) {
        const spoiled = bytes.slice()
        spoiled[byte]! ^= 0xff
        sessionOf({ ...one, sent: [...one.sent.slice(0, Math.max(at, 1)), { ...one.sent[at]!, bytes: spoiled }] })
      }
      if (cut.length > 0) sessionOf({ ...one, sent: cut })
    }
})

const answer = (security: 'tls' | 'none', port: number): Uint8Array => {
  const datagram = sdpResponseDatagram({ address: 'fe80::b', port, security })
  if (!datagram.ok) throw new Error(datagram.failure)
  return datagram.value
}

test('the command shows the discovery, the session under TLS and what is wrong with both', async () => {
  const began = CBC!.sent[0]!.seconds
  const asked = [3, 2, 1].map((quarters): Sent => ({ side: 'EV', seconds: began - quarters / 4, bytes: sdpRequestDatagram('tls') }))
  const discovery: readonly Sent[] = [
    ...asked,
    { side: 'station', seconds: began - 0.2, bytes: answer('none', 15_118) },
    { side: 'station', seconds: began - 0.1, bytes: encodeFrame({ payloadType: 0x9001, payload: new Uint8Array(3) }) },
    { side: 'station', seconds: began - 0.05, bytes: answer('tls', 61_341) },
  ]
  const files = { capture: join(folder, 'tls.pcap'), keys: join(folder, 'keys.txt') }
  await writeFile(files.capture, pcapOf([...udpPacketsOf(discovery), ...packetsOf(CBC!.sent)]))
  await writeFile(files.keys, CBC!.keyLog)
  const run = async (...options: readonly string[]) => {
    const printed: string[] = []
    const out = (text: string) => printed.push(text)
    assert.equal(await runCommand(REGISTRY, ['v2g', 'inspect', files.capture, ...options], { env: {}, root: folder, out, note: out }), 0)
    return printed
  }
  const text = (await run('--key-log', files.keys)).join('\n')
  assert.match(
    text,
    /EV -> SDPRequest tls \(3 times\)\n.*SDPResponse none \[fe80::b\]:15118\n.*✘ TLS was asked for, and the station offers none\n.*✘ port 15118/,
  )
  assert.match(text, /\?\n.*✘ length: a payload of 3 bytes[\s\S]*SDPResponse tls \[fe80::b\]:61341/)
  assert.match(text, /TLS 1\.2, TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256\n[\s\S]*SessionStopRes[\s\S]*6 messages, nothing wrong/)
  assert.match((await run()).join('\n'), /cannot be read: the keys of this session are not there/)
  const lines = (await run('--key-log', files.keys, '--json')).map((line) => JSON.parse(line))
  assert.deepEqual([lines.filter((line) => line.discovery).length, lines.at(-1).messages, lines.at(-1).tls.version], [6, 6, '1.2'])
})
