import assert from 'node:assert/strict'
import { createSocket } from 'node:dgram'
import { connect, createServer } from 'node:net'
import { after, test } from 'node:test'
import { sdpResponseDatagram } from '@voltway/wire/v2gtp'
import { iso2Evcc, iso2Secc } from '../../iso2/index.ts'
import type { LinkFacts } from '../../machine/index.ts'
import { EVCC_OPTIONS, SECC_OPTIONS } from '../../testing/peers.ts'
import { startEvcc } from '../evcc-end.ts'
import type { LinkAddress } from '../link/link-address.ts'
import { DISCOVERY_POLICY } from '../sdp/accept-policy.ts'
import { discoverSecc } from '../sdp/discover-secc.ts'
import { startSecc } from '../secc-end.ts'
import { manualClock } from '../testing/manual-clock.ts'
import { until } from '../testing/socket-pair.ts'
import type { SessionEnd } from './run-session.ts'

const stops: (() => void)[] = []
after(() => {
  for (const stop of stops) stop()
})
const LOOPBACK: LinkAddress = { address: '::1', host: '::1', isLoopback: true }
const PLAIN = { ...DISCOVERY_POLICY, ask: 'none', acceptNone: true, anyAddress: true } as const
const turns = async () => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve))
}

test('a station counts the set-up of a car from its first request of the discovery', async () => {
  const { clock, pass } = manualClock()
  const links: LinkFacts[] = []
  const ends: SessionEnd[] = []
  const started = await startSecc({
    clock,
    random: Math.random,
    iface: 'lo',
    at: LOOPBACK,
    trusted: true,
    sdpPort: 0,
    onEvent: () => {},
    environment: {
      optionsFor: (link) => {
        links.push(link)
        return { ...SECC_OPTIONS, protocols: [iso2Secc], link }
      },
      onTold: () => {},
      onEnded: (end) => ends.push(end),
    },
  })
  assert.ok(started.ok)
  stops.push(started.value.stop)
  const { plain = 0, sdp } = started.value.ports
  const search = () => discoverSecc({ clock, onEvent: () => {}, iface: 'lo', policy: PLAIN, port: sdp, group: '::1' })
  const dial = () => {
    const socket = connect({ port: plain, host: '::1' })
    socket.on('error', () => {})
    stops.push(() => socket.destroy())
  }
  const asked = clock.now()
  assert.ok((await search()).ok)
  pass(5_000)
  dial()
  await until(() => links.length === 1)
  assert.deepEqual(links, [{ security: 'none', dataLinkSince: asked }])
  pass(12_999)
  await turns()
  assert.equal(ends.length, 0)
  pass(1)
  await until(() => ends.length === 1)
  assert.deepEqual(ends[0]?.reason, { code: 'timeout', timer: 'V2G_SECC_CommunicationSetup_Performance_Time' })

  // What was asked before belongs to the session that is over.
  dial()
  await until(() => links.length === 2)
  assert.deepEqual(links[1], { security: 'none' })
})

test('a car counts its set-up from before its discovery', async () => {
  const { clock, pass } = manualClock()
  const mute = createServer((socket) => stops.push(() => socket.destroy())).listen(0, '::1')
  const station = createSocket('udp6').bind(0, '::1')
  stops.push(
    () => mute.close(),
    () => station.close(),
  )
  await Promise.all([mute, station].map((one) => new Promise<void>((resolve) => one.once('listening', () => resolve()))))
  const address = mute.address()
  assert.ok(address !== null && typeof address === 'object')
  const answer = sdpResponseDatagram({ address: '::1', port: address.port, security: 'none' })
  assert.ok(answer.ok)
  let asked = 0
  let answers = false
  station.on('message', (_, from) => {
    asked++
    if (answers) station.send(answer.value, from.port, from.address)
  })
  const starting = startEvcc({
    clock,
    iface: 'lo',
    at: LOOPBACK,
    policy: PLAIN,
    sdpPort: station.address().port,
    tries: 80,
    onEvent: () => {},
    environment: { optionsFor: (link) => ({ ...EVCC_OPTIONS, protocols: [iso2Evcc], link }), onTold: () => {} },
  })
  await until(() => asked === 1)
  pass(18_750)
  answers = true
  pass(250)
  const car = await starting
  assert.ok(car.ok, JSON.stringify(car))
  const ends: SessionEnd[] = []
  void car.value.ended.then((end) => ends.push(end))
  pass(999)
  await turns()
  assert.equal(ends.length, 0)
  pass(1)
  await until(() => ends.length === 1)
  assert.deepEqual(ends[0]?.reason, { code: 'timeout', timer: 'V2G_EVCC_CommunicationSetup_Timeout' })
})
