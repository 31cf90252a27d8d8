import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { after, test } from 'node:test'
import { encodeFrame, sdpRequestDatagram, sdpResponseDatagram } from '@voltway/wire/v2gtp'
import { manualClock } from '../testing/manual-clock.ts'
import { realClock } from '../testing/real-clock.ts'
import type { TransportEvent } from '../transport-event.ts'
import { acceptAnswer, DISCOVERY_POLICY, type DiscoveryPolicy } from './accept-policy.ts'
import { answerTo } from './answer-policy.ts'
import { discoverSecc } from './discover-secc.ts'
import { startSdpServer } from './sdp-server.ts'

const stops: (() => void)[] = []
after(() => {
  for (const stop of stops) stop()
})

const PORTS = { tls: 50_001, plain: 50_002 }
const POLICY: DiscoveryPolicy = { ...DISCOVERY_POLICY, anyAddress: true }

/** A station on the loopback, which has no multicast. */
const serving = async (ports: { tls?: number; plain?: number }, clock = realClock) => {
  const events: TransportEvent[] = []
  const onEvent = (event: TransportEvent) => events.push(event)
  const started = await startSdpServer({ clock, onEvent, iface: 'lo', address: '::1', ports, port: 0, multicast: false })
  assert.ok(started.ok, JSON.stringify(started))
  stops.push(started.value.stop)
  return { port: started.value.port, events }
}

const search = async (port: number, policy: DiscoveryPolicy, more: Partial<Parameters<typeof discoverSecc>[0]> = {}) => {
  const events: TransportEvent[] = []
  const onEvent = (event: TransportEvent) => events.push(event)
  const found = await discoverSecc({ clock: realClock, onEvent, iface: 'lo', policy, port, group: '::1', tries: 2, ...more })
  return { found, events }
}

for (const [asked, ports, security, port] of [
  ['tls', PORTS, 'tls', 50_001],
  ['none', PORTS, 'none', 50_002],
  ['none', { tls: 50_001 }, 'tls', 50_001],
  ['tls', { plain: 50_002 }, 'none', 50_002],
] as const)
  test(`a station with ${Object.keys(ports).join(' and ')} answers a car that asks for ${asked} with ${security}`, () => {
    assert.deepEqual(answerTo(asked, ports), { security, port })
  })

test('a station without ports answers nothing', () => {
  assert.equal(answerTo('tls', {}), undefined)
})

const answer = { kind: 'response', security: 'tls', address: 'fe80::1', port: 50_000 } as const
const accepted: [
  sentence: string,
  answer: Parameters<typeof acceptAnswer>[0],
  policy: Partial<DiscoveryPolicy>,
  code: string | undefined,
][] = [
  ['TLS on the link', answer, {}, undefined],
  ['no TLS', { ...answer, security: 'none' }, {}, 'downgrade'],
  ['no TLS where that is allowed', { ...answer, security: 'none' }, { acceptNone: true }, undefined],
  ['no TLS where that is allowed but a contract pays', { ...answer, security: 'none' }, { acceptNone: true, needsTls: true }, 'downgrade'],
  ['a global address', { ...answer, address: '2001:db8::1' }, {}, 'address'],
  ['the port of the discovery itself, as it is met in the field', { ...answer, port: 15_118 }, {}, undefined],
  ['a low port where policy minds', { ...answer, port: 15_118 }, { anyPort: false }, 'port'],
]
for (const [sentence, given, policy, code] of accepted)
  test(`an answer with ${sentence} is ${code === undefined ? 'accepted' : `refused as ${code}`}`, () => {
    const result = acceptAnswer(given, { ...DISCOVERY_POLICY, ...policy })
    assert.equal(result.ok ? undefined : result.failure.code, code)
  })

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve))
}

// A clock that stands still: on a busy machine an answer takes longer than a car waits, which then asks again.
test('a car finds its station, and both tell what was said', async () => {
  const station = await serving(PORTS)
  const { found, events } = await search(station.port, POLICY, { clock: manualClock().clock })
  await until(() => station.events.length > 1)
  assert.deepEqual(found, { ok: true, value: { kind: 'response', security: 'tls', address: '::1', port: 50_001 } })
  for (const one of [events, station.events])
    assert.deepEqual(
      one.map(({ message, from }) => [message, from]),
      [
        ['SDPRequest', 'evcc'],
        ['SDPResponse', 'secc'],
      ],
    )
})

test('a car that needs TLS does not take less, keeps asking, and says why it found nothing', async () => {
  const station = await serving({ plain: 50_002 })
  const { clock, pass } = manualClock()
  const events: TransportEvent[] = []
  const onEvent = (event: TransportEvent) => events.push(event)
  const searching = search(station.port, { ...POLICY, acceptNone: true, needsTls: true }, { clock, onEvent })
  for (const answers of [1, 2]) {
    await until(() => events.filter(({ message }) => message === 'SDPResponse').length === answers)
    pass(250)
  }
  const { found } = await searching
  assert.equal(found.ok || found.failure.code, 'downgrade')
  assert.equal(events.filter(({ message }) => message === 'SDPRequest').length, 2)
  assert.match(JSON.stringify(events), /downgrade: the station offers no TLS, which a contract needs/)
})

test('a car asks fifty times, a quarter of a second apart', async () => {
  const { clock, pass } = manualClock()
  const heard: number[] = []
  const silent = createSocket('udp6').bind(0, '::1')
  stops.push(() => silent.close())
  silent.on('message', () => heard.push(clock.now()))
  await new Promise((resolve) => silent.once('listening', resolve))
  const began = clock.now()
  const searching = search(silent.address().port, POLICY, { clock, tries: undefined })
  for (let turn = 1; turn <= 50; turn++) {
    await until(() => heard.length >= turn)
    pass(250)
  }
  const { found } = await searching
  assert.equal(found.ok || found.failure.code, 'silent')
  assert.deepEqual(
    heard.map((at) => at - began),
    Array.from({ length: 50 }, (_, at) => at * 250),
  )
})

test('a search can be stopped', async () => {
  const station = await serving({})
  const stop = new AbortController()
  const searching = search(station.port, POLICY, { signal: stop.signal, tries: 50 })
  stop.abort()
  const { found } = await searching
  assert.equal(found.ok || found.failure.code, 'stopped')
  assert.equal((await search(station.port, POLICY, { signal: stop.signal })).found.ok, false)
})

test('an interface that is not there is a coded failure for both', async () => {
  const onEvent = () => {}
  const station = await startSdpServer({
    clock: realClock,
    onEvent,
    iface: 'nowhere0',
    address: 'fe80::1',
    ports: PORTS,
    port: 0,
    multicast: true,
  })
  const car = await discoverSecc({ clock: realClock, onEvent, iface: 'nowhere0', policy: POLICY, tries: 1 })
  assert.deepEqual([station.ok || station.failure.code, car.ok || car.failure.code], ['ENODEV', 'ENODEV'])
})

test('a flood of nonsense is told a few times with its number, and the next car is still answered', async () => {
  const { clock, pass } = manualClock()
  const station = await serving(PORTS, clock)
  const flood = createSocket('udp6')
  stops.push(() => flood.close())
  const send = (bytes: Uint8Array) => new Promise((resolve) => flood.send(bytes, station.port, '::1', resolve))
  for (let sent = 0; sent < 200; sent++) await send(encodeFrame({ payloadType: 0x9000, payload: Uint8Array.of(sent, 0x77) }))
  await send(sdpRequestDatagram('tls'))
  const response = sdpResponseDatagram({ address: '::1', port: 1, security: 'tls' })
  assert.ok(response.ok)
  await send(response.value)
  await until(() => station.events.some(({ message }) => message === 'SDPResponse'))
  const refused = () => station.events.flatMap((event) => (event.kind === 'refused' ? [[event.code, event.times]] : []))
  assert.deepEqual(refused(), [['transport', 1]])
  pass(250)
  await send(Uint8Array.of(1))
  await until(() => refused().length >= 2)
  assert.deepEqual(refused()[1], ['length', 200])
})
