import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { connect, type Socket } from 'node:net'
import { after, test } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { answerOcsp, credentialOf, hashDataOf, makeIso20TestPki, ocspRequest, readCertificate, serialOf } from '@voltway/pki'
import { type EpochMs, fail, ok } from '@voltway/units'
import { realClock } from '../testing/real-clock.ts'
import { until } from '../testing/socket-pair.ts'
import { testPki } from '../testing/test-pki.ts'
import { TLS_POLICY } from '../tls/generations.ts'
import type { TransportEvent } from '../transport-event.ts'
import { type CarTls, dial } from './dial.ts'
import type { Link } from './link.ts'
import { type ListenerOptions, type StationTls, startListener } from './listener.ts'

const pki = testPki()
const clock = realClock
const stops: (() => void)[] = []
after(() => {
  for (const stop of stops) stop()
})

const STATION: StationTls = { credentials: pki.stationCredentials, clientRoots: pki.clientRoots }
const CAR: CarTls = { roots: pki.carRoots, generations: ['iso20', 'iso2'], credential: pki.vehicle }

const listening = async (tls: StationTls | undefined, more: Partial<ListenerOptions> = {}) => {
  const links: Link[] = []
  const events: TransportEvent[] = []
  const onLink = (link: Link): void => {
    links.push(link)
    stops.push(() => link.socket.destroy())
  }
  const onEvent = (event: TransportEvent): void => {
    events.push(event)
  }
  const started = await startListener({ clock, random: Math.random, host: '::1', tls, onLink, onEvent, ...more })
  assert.ok(started.ok, JSON.stringify(started))
  stops.push(started.value.stop)
  const { port } = started.value
  const refusals = () => events.flatMap((event) => (event.kind === 'refused' ? [event.code] : []))
  const dialled = async (tls: CarTls | undefined) => {
    const result = await dial({ host: '::1', port, tls, clock })
    if (result.ok) stops.push(() => result.value.socket.destroy())
    return result
  }
  return { ...started.value, links, events, refusals, dialled }
}

test('one port serves a car of each generation, and one of both gets the newer', async () => {
  const { dialled, links, events, port } = await listening(STATION)
  assert.ok(port >= 49_152)
  const old = await dialled({ roots: CAR.roots, generations: ['iso2'] })
  const young = await dialled({ ...CAR, generations: ['iso20'] })
  const both = await dialled(CAR)
  await until(() => links.length === 3)
  assert.ok(old.ok && young.ok && both.ok)
  assert.deepEqual(
    [old, young, both].map(({ value }) => [value.tls?.version, value.tls?.cipher]),
    [
      ['1.2', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256'],
      ['1.3', 'TLS_AES_256_GCM_SHA384'],
      ['1.3', 'TLS_AES_256_GCM_SHA384'],
    ],
  )
  // The station sees the car's certificate only in the new one; the car sees leaf and both sub-CAs.
  assert.deepEqual(
    links.map(({ tls }) => tls?.peerChain.length),
    [0, 3, 3],
  )
  assert.deepEqual(links[1]?.tls?.peerChain[0], pki.iso20.vehicle.der)
  assert.deepEqual(old.value.tls?.peerChain, [pki.iso2.secc.der, ...pki.iso2.secc.intermediates])
  assert.deepEqual(
    events.map(({ kind, message }) => [kind, message]),
    Array.from({ length: 3 }, () => ['link', 'connected']),
  )
})

test('what is said over it arrives whole, the first bytes too', async () => {
  const { dialled, links } = await listening(STATION)
  const car = await dialled(CAR)
  assert.ok(car.ok)
  car.value.socket.write(Buffer.alloc(300_000, 7))
  await until(() => links.length === 1)
  let bytes = 0
  links[0]?.socket.on('data', (part) => {
    bytes += part.length
  })
  await until(() => bytes === 300_000)
})

test('a car that cannot verify the new certificate is served the old way', async () => {
  const { port, links } = await listening(STATION)
  // Offers TLS 1.3, but no signature on P-521.
  const socket = connectTls({
    host: '::1',
    port,
    rejectUnauthorized: false,
    sigalgs: 'ecdsa_secp256r1_sha256',
    ciphers: 'TLS_AES_128_GCM_SHA256:ECDHE-ECDSA-AES128-SHA256',
  })
  stops.push(() => socket.destroy())
  await until(() => links.length === 1)
  assert.equal(links[0]?.tls?.version, '1.2')
})

test('Ed448 serves as well as P-521', async () => {
  const ed448 = makeIso20TestPki({ now: clock.now(), random: randomBytes }, 'Ed448')
  const { dialled, links } = await listening({ credentials: { iso20: credentialOf(ed448.secc) }, clientRoots: [ed448.roots.oem.der] })
  const car = await dialled({ roots: [ed448.roots.v2g.der], generations: ['iso20'], credential: credentialOf(ed448.vehicle) })
  assert.equal(car.ok && car.value.tls?.version, '1.3')
  await until(() => links.length === 1)
})

const carsRefused: [sentence: string, station: StationTls, car: CarTls, code: string][] = [
  ['no certificate for ISO 15118-20', STATION, { roots: CAR.roots, generations: ['iso20'] }, 'certificate'],
  ['a certificate below no root of cars', { ...STATION, clientRoots: [pki.iso20.roots.mo.der] }, CAR, 'certificate'],
  [
    'only TLS 1.3 where there is only 1.2',
    { ...STATION, credentials: { iso2: pki.stationCredentials.iso2 } },
    { ...CAR, generations: ['iso20'] },
    'tls',
  ],
  [
    'only TLS 1.2 where there is only 1.3',
    { ...STATION, credentials: { iso20: pki.stationCredentials.iso20 } },
    { ...CAR, generations: ['iso2'] },
    'tls',
  ],
]
for (const [sentence, station, car, code] of carsRefused)
  test(`a car with ${sentence} is refused by the station as ${code}`, async () => {
    const { dialled, links, refusals } = await listening(station)
    await dialled(car)
    await until(() => refusals().length > 0)
    assert.deepEqual([refusals(), links.length], [[code], 0])
  })

const stationsRefused: [sentence: string, station: StationTls, car: CarTls, code: string, words: RegExp][] = [
  ['below another root', STATION, { ...CAR, roots: [pki.iso2.roots.mo.der] }, 'chain', /ISSUER|SELF_SIGNED/],
  [
    'that is a contract',
    { ...STATION, credentials: { iso2: credentialOf(pki.iso2.contract) } },
    { roots: [pki.iso2.roots.mo.der], generations: ['iso2'] },
    'chain',
    /^wrong-branch: DEVTWC12345678: /,
  ],
  ['that the car looks at and does not want', STATION, { ...CAR, acceptChain: () => fail('revoked') }, 'chain', /revoked/],
  [
    'of TLS 1.3 where the car speaks 1.2',
    { ...STATION, credentials: { iso20: pki.stationCredentials.iso20 } },
    { ...CAR, generations: ['iso2'] },
    'tls',
    /VERSION|HANDSHAKE/,
  ],
]
for (const [sentence, station, car, code, words] of stationsRefused)
  test(`a station with a certificate ${sentence} is refused by the car as ${code}`, async () => {
    const { dialled } = await listening(station)
    const result = await dialled(car)
    assert.deepEqual([result.ok, result.ok || result.failure.code], [false, code])
    assert.match(result.ok ? '' : result.failure.message, words)
  })

test('test tools with P-256 under TLS 1.3, or AES-GCM under 1.2, are served where policy says so', async () => {
  const iso20 = credentialOf(pki.iso2.secc)
  const young: CarTls = {
    roots: CAR.roots,
    generations: ['iso20'],
    credential: credentialOf(pki.iso2.oemProvisioning),
    policy: { ...TLS_POLICY, shortCurves: true },
  }
  const station: StationTls = { credentials: { iso20 }, clientRoots: [pki.iso2.roots.oem.der] }
  const strict = await listening(station)
  assert.equal((await strict.dialled(young)).ok, false)
  const lenient = await listening({ ...station, policy: { gcmSuites: true, shortCurves: true } })
  assert.equal((await lenient.dialled(young)).ok, true)
})

test('the OCSP response of the leaf is stapled in both versions, and a failing source staples nothing', async () => {
  const asked: Uint8Array[] = []
  const stapled: (string | undefined)[] = []
  const staple = async (leaf: Uint8Array) => {
    asked.push(leaf)
    if (asked.length > 2) throw new Error('the responder is away')
    return Uint8Array.of(0x30, 3, 0x0a, 1, asked.length)
  }
  const { dialled } = await listening({ ...STATION, staple })
  const acceptChain = (_: readonly Uint8Array[], response: Uint8Array | undefined) => {
    stapled.push(response?.toHex())
    return ok(undefined)
  }
  for (const generation of ['iso2', 'iso20', 'iso20'] as const)
    assert.ok((await dialled({ ...CAR, generations: [generation], acceptChain })).ok)
  assert.deepEqual(stapled, ['30030a0101', '30030a0102', undefined])
  assert.deepEqual(
    asked.map((der) => Buffer.compare(der, pki.iso2.secc.der) === 0),
    [true, false, false],
  )
})

test('a station whose leaf is revoked, by the word of its issuer, is refused; one that staples nothing only where that is asked for', async () => {
  const now = clock.now()
  const read = readCertificate(pki.iso20.secc.der)
  const issuer = readCertificate(pki.iso20.branches.cpo.subCa2.der)
  assert.ok(read.ok && issuer.ok)
  const question = ocspRequest({ certificates: [hashDataOf(read.value, issuer.value)] })
  const answer = (revoked: ReadonlyMap<string, EpochMs>) => answerOcsp({ pki: pki.iso20, revoked }, question, now)
  const young: CarTls = { ...CAR, generations: ['iso20'] }
  for (const [response, revocation, refused] of [
    [answer(new Map()), 'required', undefined],
    [answer(new Map([[serialOf(pki.iso20.secc), now]])), 'ifStapled', 'revoked'],
    [Uint8Array.of(1, 2, 3), 'ifStapled', undefined],
    [undefined, 'ifStapled', undefined],
    [undefined, 'required', 'revocation-unknown'],
  ] as const) {
    const { dialled } = await listening({ ...STATION, staple: async () => response })
    const result = await dialled({ ...young, revocation })
    assert.equal(result.ok ? undefined : result.failure.message.split(':')[0], refused)
  }
})

test('what is given and throws does not end the process: a key log, a source of OCSP responses, a look at chains', async () => {
  const broken = (): never => {
    throw new Error('the disk is full')
  }
  const { dialled, links } = await listening({ ...STATION, onKeyLog: broken, staple: broken })
  assert.equal((await dialled({ ...CAR, onKeyLog: broken })).ok, true)
  const refused = await dialled({ ...CAR, acceptChain: broken })
  assert.match(refused.ok ? '' : refused.failure.message, /what looks at chains broke: the disk is full/)
  await until(() => links.length > 0)
})

const strangers: [sentence: string, send: (socket: Socket) => void, code: string][] = [
  ['V2GTP without TLS', (socket) => socket.write(Uint8Array.fromHex('01fe80010000000280400000')), 'notTls'],
  ['nothing at all, and goes', (socket) => socket.end(), 'gone'],
  [
    'half of a ClientHello, and breaks off',
    (socket) => socket.write(Uint8Array.fromHex('1603010200010001fc0303'), () => socket.resetAndDestroy()),
    'gone',
  ],
  [
    'a ClientHello of lengths that contradict each other',
    (socket) => socket.write(Uint8Array.fromHex(`160301000a0100000603030000ffff`)),
    'malformed',
  ],
  ['a ClientHello of 16 MB', (socket) => socket.write(Uint8Array.fromHex('160301000a01ffffff030300000000')), 'oversized'],
  ['a record that is no handshake', (socket) => socket.write(Uint8Array.fromHex('17030300050102030405')), 'notTls'],
]
for (const [sentence, send, code] of strangers)
  test(`a peer that sends ${sentence} is refused as ${code}`, async () => {
    const { port, refusals, links } = await listening(STATION)
    const socket = connect({ host: '::1', port })
    socket.on('error', () => {})
    stops.push(() => socket.destroy())
    socket.once('connect', () => send(socket))
    await until(() => refusals().length > 0)
    assert.deepEqual([refusals(), links.length], [[code], 0])
  })

test('a port that is taken, and TLS without certificates, are coded failures', async () => {
  const { port } = await listening(STATION)
  const none = { clock, random: Math.random, host: '::1', onLink: () => {}, onEvent: () => {} }
  const again = await startListener({ ...none, port })
  assert.equal(again.ok || again.failure.code, 'EADDRINUSE')
  const without = await startListener({ ...none, tls: { credentials: {}, clientRoots: [] } })
  assert.equal(without.ok || without.failure.code, 'credential')
  const broken = await startListener({
    ...none,
    tls: { credentials: { iso2: { ...pki.stationCredentials.iso2, chain: [Uint8Array.of(1)] } }, clientRoots: [] },
  })
  assert.equal(broken.ok || broken.failure.code, 'credential')
  const silent = await dial({ host: '::1', port: 1, clock })
  assert.equal(silent.ok || silent.failure.code, 'ECONNREFUSED')
})
