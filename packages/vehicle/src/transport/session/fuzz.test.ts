import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { seeded } from '@voltway/units'
import { encodeFrame } from '@voltway/wire/v2gtp'
import { iso2Evcc, iso2Secc } from '../../iso2/index.ts'
import type { StationTold, StationWord } from '../../machine/index.ts'
import { runCable } from '../../testing/cable.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from '../../testing/peers.ts'
import type { LinkAddress } from '../link/link-address.ts'
import { startSecc } from '../secc-end.ts'
import { realClock as clock } from '../testing/real-clock.ts'
import { until } from '../testing/socket-pair.ts'
import { testPki } from '../testing/test-pki.ts'
import type { SessionEnd } from './run-session.ts'

const pki = testPki()
const stops: (() => void)[] = []
after(() => {
  for (const stop of stops) stop()
})

const SECC = { ...SECC_OPTIONS, protocols: [iso2Secc] }
const EVCC = { ...EVCC_OPTIONS, protocols: [iso2Evcc] }
const LOOPBACK: LinkAddress = { address: '::1', host: '::1', isLoopback: true }

/** A station that answers its SECC at once. */
const promptStation = (told: StationTold): readonly StationWord[] =>
  willingStation()(told).map((reply) => (Array.isArray(reply) ? reply[0] : reply))

/** What a good car sends in a whole session with such a station. */
const GOOD: readonly Uint8Array[] = runCable({
  secc: SECC,
  evcc: EVCC,
  station: promptStation,
  car: willingCar,
  carSays: [[3_000, { word: 'stop' }]],
}).log.flatMap(({ from, output }) => (from === 'evcc' && output.kind === 'send' ? [encodeFrame(output)] : []))

const random = seeded(15_118)
const upTo = (most: number): number => Math.floor(random() * most)
const randomBytes = (length: number): Uint8Array => Uint8Array.from({ length }, () => upTo(256))

/** The first frames of a session as they are, then something that is not. */
const spoiledSession = (): Uint8Array => {
  const good = GOOD.slice(0, upTo(GOOD.length))
  const next = (GOOD[good.length] ?? randomBytes(20)).slice()
  const flips = 1 + upTo(4)
  // Half of them keep the header, so that the message is reached.
  for (let flip = 0; flip < flips; flip++) next[random() < 0.5 ? upTo(next.length) : 8 + upTo(Math.max(next.length - 8, 1))] = upTo(256)
  return Buffer.concat([...good, next, ...GOOD.slice(good.length + 1, good.length + 1 + upTo(3))])
}

/** A good session in which one request is left out, or comes twice. */
const disordered = (): Uint8Array => {
  const at = 2 + upTo(GOOD.length - 4)
  return Buffer.concat(random() < 0.5 ? GOOD.toSpliced(at, 1) : GOOD.toSpliced(at, 0, GOOD[2 + upTo(GOOD.length - 2)]!))
}

const KINDS: readonly (() => Uint8Array)[] = [
  () => randomBytes(upTo(600)),
  () => encodeFrame({ payloadType: 0x8001, payload: randomBytes(upTo(300)) }),
  () => encodeFrame({ payloadType: upTo(65_536), payload: randomBytes(upTo(100)) }),
  () =>
    Buffer.concat([Uint8Array.fromHex('01fe8001'), Uint8Array.of(upTo(256), upTo(256), upTo(256), upTo(256)), randomBytes(upTo(3_000))]),
  () => Buffer.concat(Array.from({ length: 1 + upTo(200) }, () => encodeFrame({ payloadType: 0x8001, payload: new Uint8Array(0) }))),
  () => Buffer.concat(Array.from({ length: 100 }, () => GOOD[0]!)),
  spoiledSession,
  spoiledSession,
  disordered,
]

const station = async () => {
  const ends: SessionEnd[] = []
  const told: StationTold[] = []
  let messages = 0
  const started = await startSecc({
    clock,
    random: Math.random,
    iface: 'lo',
    at: LOOPBACK,
    trusted: true,
    sdpPort: 0,
    tls: { credentials: pki.stationCredentials, clientRoots: pki.clientRoots },
    onEvent: ({ kind }) => {
      messages += kind === 'message' ? 1 : 0
    },
    environment: {
      optionsFor: (link) => ({ ...SECC, link }),
      onTold: (one, say) => {
        told.push(one)
        for (const word of promptStation(one)) say(word)
      },
      onEnded: (end) => ends.push(end),
    },
  })
  assert.ok(started.ok, JSON.stringify(started))
  stops.push(started.value.stop)
  return { ends, told, messages: () => messages, ports: started.value.ports }
}

const send = (port: number, bytes: Uint8Array, cut: number): void => {
  const socket = connect({ host: '::1', port }, () => {
    socket.write(bytes.subarray(0, cut))
    socket.end(bytes.subarray(cut))
  })
  socket.on('error', () => {})
  socket.resume()
}

test('a good car is served to the end, and random or spoiled bytes end each session with a code and the power off', async () => {
  const { ends, told, messages, ports } = await station()
  send(ports.plain ?? 0, Buffer.concat(GOOD), 100)
  await until(() => ends.length === 1)
  assert.equal(ends[0]?.reason?.code, 'finished')

  const before = process.memoryUsage()
  const codes = new Map<string, number>()
  const RUNS = 360
  for (let run = 0; run < RUNS; run++) {
    told.length = 0
    const bytes = KINDS[run % KINDS.length]!()
    send(ports.plain ?? 0, bytes, upTo(bytes.length + 1))
    await until(() => ends.length === run + 2)
    const { reason, link, defect } = ends.at(-1)!
    assert.equal(defect, undefined, Buffer.from(bytes).toString('hex'))
    assert.ok(reason !== undefined, `${link.code} ${Buffer.from(bytes).toString('hex')}`)
    const power = told.findLast((one) => one.told === 'closeContactor' || one.told === 'openContactor')
    assert.notEqual(power?.told, 'closeContactor')
    const code = link.code === 'own' ? reason.code : link.code
    codes.set(code, (codes.get(code) ?? 0) + 1)
  }
  // It was of all kinds: broken frames, messages that cannot be read, and those out of order.
  for (const code of ['undecodable', 'sequence', 'payloadType', 'header']) assert.ok((codes.get(code) ?? 0) > 5, JSON.stringify([...codes]))
  assert.ok(messages() > RUNS)
  const after = process.memoryUsage()
  const grown = after.heapUsed + after.external + after.arrayBuffers - before.heapUsed - before.external - before.arrayBuffers
  assert.ok(grown < 200 * 1_048_576, `${grown} bytes more`)

  send(ports.plain ?? 0, Buffer.concat(GOOD), 1)
  await until(() => ends.length === RUNS + 2)
  assert.equal(ends.at(-1)?.reason?.code, 'finished')
})

test('random bytes at the TLS port and inside of TLS do no harm either', async () => {
  const { ends, ports } = await station()
  for (let run = 0; run < 60; run++)
    send(ports.tls ?? 0, run % 2 === 0 ? randomBytes(upTo(400)) : Buffer.concat([Uint8Array.fromHex('160301'), randomBytes(upTo(400))]), 3)
  for (let run = 0; run < 12; run++) {
    const bytes = KINDS[run % KINDS.length]!()
    const socket = connectTls({
      host: '::1',
      port: ports.tls ?? 0,
      rejectUnauthorized: false,
      maxVersion: 'TLSv1.2',
      ciphers: 'ECDHE-ECDSA-AES128-SHA256',
    })
    socket.on('error', () => {})
    socket.once('secureConnect', () => socket.end(bytes))
    socket.resume()
    await until(() => ends.length === run + 1 || socket.destroyed)
    await until(() => socket.destroyed)
    await until(() => ends.length === run + 1)
    assert.ok(ends.at(-1)?.reason !== undefined && ends.at(-1)?.defect === undefined)
  }
})
