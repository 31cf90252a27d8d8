import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, test } from 'node:test'
import { type Milliseconds, volts } from '@voltway/units'
import { benchCar } from '../../bench/bench-car.ts'
import { BENCH_LIMITS, BENCH_OFFERS, benchEvccOptions, benchSeccOptions } from '../../bench/bench-options.ts'
import { benchStation } from '../../bench/bench-station.ts'
import { din70121Secc } from '../../din70121/index.ts'
import { iso2Evcc, iso2Secc } from '../../iso2/index.ts'
import { iso20Evcc, iso20Secc } from '../../iso20/index.ts'
import type { EvccOptions, SeccOptions, StationTold } from '../../machine/index.ts'
import { AC_LIMITS, EVCC_OPTIONS, OFFER, SECC_OPTIONS } from '../../testing/peers.ts'
import { type EvccEndOptions, startEvcc } from '../evcc-end.ts'
import type { LinkAddress } from '../link/link-address.ts'
import { DISCOVERY_POLICY } from '../sdp/accept-policy.ts'
import { type SeccEndOptions, startSecc } from '../secc-end.ts'
import { patientClock as clock } from '../testing/real-clock.ts'
import { until } from '../testing/socket-pair.ts'
import { testPki } from '../testing/test-pki.ts'
import type { MessageEvent, TransportEvent } from '../transport-event.ts'
import type { SessionEnd } from './run-session.ts'

const pki = testPki()
const stops: (() => void)[] = []
after(() => {
  for (const stop of stops) stop()
})

const LOOPBACK: LinkAddress = { address: '::1', host: '::1', isLoopback: true }
const NOW = 1 as Milliseconds

interface Site {
  readonly secc?: Partial<SeccEndOptions>
  readonly seccOptions?: Partial<SeccOptions>
  readonly evcc?: Partial<EvccEndOptions>
  readonly evccOptions?: Partial<EvccOptions>
  readonly chargeFor?: number
  readonly station?: ReturnType<typeof benchStation>
}

/** A station on the loopback and what a car finds that comes to it. */
const site = async ({ secc = {}, seccOptions = {}, evcc = {}, evccOptions = {}, chargeFor = 30, ...rest }: Site) => {
  const events: TransportEvent[] = []
  const told: StationTold[] = []
  const seccEnds: SessionEnd[] = []
  const ac = { clock, limits: AC_LIMITS, offers: [OFFER], meterId: 'M1', authorisedAfter: NOW, reactionTime: NOW }
  const station = rest.station ?? benchStation(ac)
  const started = await startSecc({
    clock,
    random: Math.random,
    iface: 'lo',
    at: LOOPBACK,
    trusted: false,
    sdpPort: 0,
    onEvent: (event) => events.push(event),
    environment: {
      optionsFor: (link) => ({ ...SECC_OPTIONS, protocols: [iso2Secc], sessionId: randomBytes(8), link, ...seccOptions }),
      onTold: (one, say) => {
        told.push(one)
        station(one, say)
      },
      onEnded: (end) => seccEnds.push(end),
    },
    ...secc,
  })
  assert.ok(started.ok, JSON.stringify(started))
  stops.push(started.value.stop)
  const car = benchCar({ clock, batteryVoltage: volts(400), current: 10, chargeFor: chargeFor as Milliseconds })
  const carEvents: TransportEvent[] = []
  const arrive = () =>
    startEvcc({
      clock,
      iface: 'lo',
      at: LOOPBACK,
      policy: { ...DISCOVERY_POLICY, anyAddress: true },
      sdpPort: started.value.ports.sdp,
      tries: 4,
      onEvent: (event) => carEvents.push(event),
      environment: { optionsFor: (link) => ({ ...EVCC_OPTIONS, protocols: [iso2Evcc], pace: 4, link, ...evccOptions }), onTold: car },
      ...evcc,
    })
  return { events, carEvents, told, seccEnds, arrive, ...started.value }
}

/** The messages of a session, repetitions once. */
const namesIn = (events: readonly TransportEvent[]): readonly string[] => {
  const names = events.flatMap((event) => (event.kind === 'message' ? [event.message] : []))
  return names.filter((name, at) => name !== names[at - 2])
}

const WHOLE_SESSION = [
  ...[
    'supportedAppProtocolReq',
    'supportedAppProtocolRes',
    'SessionSetupReq',
    'SessionSetupRes',
    'ServiceDiscoveryReq',
    'ServiceDiscoveryRes',
  ],
  ...['PaymentServiceSelectionReq', 'PaymentServiceSelectionRes', 'AuthorizationReq', 'AuthorizationRes'],
  ...['ChargeParameterDiscoveryReq', 'ChargeParameterDiscoveryRes', 'PowerDeliveryReq', 'PowerDeliveryRes'],
  ...['ChargingStatusReq', 'ChargingStatusRes', 'PowerDeliveryReq', 'PowerDeliveryRes', 'SessionStopReq', 'SessionStopRes'],
]

const CAR_TLS = { roots: pki.carRoots, credential: pki.vehicle } as const
const STATION_TLS = { credentials: pki.stationCredentials, clientRoots: pki.clientRoots } as const
const links: [sentence: string, site: Site, tls: string | undefined][] = [
  [
    'plain TCP at a trusted site',
    { secc: { trusted: true }, evcc: { policy: { ...DISCOVERY_POLICY, ask: 'none', acceptNone: true, anyAddress: true } } },
    undefined,
  ],
  ['TLS 1.2', { secc: { tls: STATION_TLS }, evcc: { tls: { ...CAR_TLS, generations: ['iso2'] } } }, '1.2'],
  ['TLS 1.3', { secc: { tls: STATION_TLS }, evcc: { tls: { ...CAR_TLS, generations: ['iso20', 'iso2'] } } }, '1.3'],
]
for (const [sentence, given, tls] of links)
  test(`a car finds its station, charges alternating current and parts in order over ${sentence}`, async () => {
    const one = await site(given)
    const session = await one.arrive()
    assert.ok(session.ok, JSON.stringify(session))
    const end = await session.value.ended
    await until(() => one.seccEnds.length === 1)
    assert.deepEqual([end.reason, one.seccEnds[0]?.reason], [{ code: 'finished' }, { code: 'finished' }])
    for (const events of [one.events, one.carEvents]) {
      assert.deepEqual(namesIn(events), WHOLE_SESSION)
      assert.deepEqual(
        events.filter(({ kind }) => kind === 'sdp' || kind === 'link' || kind === 'ended').map(({ message }) => message),
        ['SDPRequest', 'SDPResponse', 'connected', 'ended'],
      )
      const [link] = events.filter((event) => event.kind === 'link')
      assert.equal(link?.tls, tls)
    }
    assert.ok(one.told.some(({ told }) => told === 'closeContactor') && one.told.at(-1)?.told === 'ended')
    const [setup] = one.events.filter((event): event is MessageEvent => event.message === 'SessionSetupRes')
    assert.deepEqual(
      [setup?.from, setup?.to, setup?.schema, setup?.responseCode],
      ['secc', 'evcc', 'iso15118-2', 'OK_NewSessionEstablished'],
    )
  })

test('a car charges direct current by DIN 70121, which knows no TLS', async () => {
  const current = 'dc'
  const dc = benchStation({ clock, limits: BENCH_LIMITS.dc, offers: BENCH_OFFERS, meterId: 'M1', authorisedAfter: NOW, reactionTime: NOW })
  const one = await site({
    ...links[0]![1],
    station: dc,
    seccOptions: { ...benchSeccOptions({ security: 'none' }, { current, randomBytes, contractRoots: [] }), protocols: [din70121Secc] },
    evccOptions: { ...benchEvccOptions({ security: 'none' }, { current }), pace: 4 },
  })
  const car = await one.arrive()
  assert.ok(car.ok)
  assert.deepEqual((await car.value.ended).reason, { code: 'finished' })
  const names = namesIn(one.events)
  for (const name of [
    'ContractAuthenticationRes',
    'CableCheckRes',
    'PreChargeRes',
    'CurrentDemandRes',
    'WeldingDetectionRes',
    'SessionStopRes',
  ])
    assert.ok(names.includes(name), name)
})

test('a car charges by ISO 15118-20 over TLS 1.3, where each end shows a certificate', async () => {
  const one = await site({
    secc: { tls: STATION_TLS },
    evcc: { tls: { ...CAR_TLS, generations: ['iso20', 'iso2'] } },
    seccOptions: { protocols: [iso2Secc, iso20Secc] },
    evccOptions: { protocols: [iso20Evcc, iso2Evcc] },
  })
  const car = await one.arrive()
  assert.ok(car.ok, JSON.stringify(car))
  assert.deepEqual((await car.value.ended).reason, { code: 'finished' })
  await until(() => one.seccEnds.length === 1)
  assert.deepEqual(one.seccEnds[0]?.reason, { code: 'finished' })
  const names = namesIn(one.events)
  for (const name of [
    'AuthorizationSetupRes',
    'ServiceSelectionRes',
    'AC_ChargeParameterDiscoveryRes',
    'ScheduleExchangeRes',
    'AC_ChargeLoopRes',
    'SessionStopRes',
  ])
    assert.ok(names.includes(name), name)
  const [link] = one.events.filter((event) => event.kind === 'link')
  assert.equal(link?.tls, '1.3')
  const unreadable = one.events.filter((event) => event.kind === 'message' && event.unreadable !== undefined)
  assert.deepEqual(unreadable, [])
})

test('a station takes the next car after the first, and refuses a second while one charges', async () => {
  const one = await site({ ...links[1]![1], chargeFor: 100_000 })
  const first = await one.arrive()
  assert.ok(first.ok)
  await until(() => one.told.some(({ told }) => told === 'closeContactor'))
  const second = await one.arrive()
  // It is dropped at the end of its handshake: some notice then, some with their first message.
  assert.equal(second.ok ? (await second.value.ended).reason?.code : 'linkLost', 'linkLost')
  assert.deepEqual(
    one.events.flatMap((event) => (event.kind === 'refused' ? [event.code] : [])),
    ['busy'],
  )
  first.value.say({ word: 'stop' })
  assert.equal((await first.value.ended).reason?.code, 'finished')
  await until(() => one.seccEnds.length === 1)
  const third = await one.arrive()
  assert.ok(third.ok)
  await until(() => namesIn(one.carEvents).at(-1) === 'ChargingStatusRes')
  third.value.say({ word: 'stop' })
  assert.equal((await third.value.ended).reason?.code, 'finished')
})

test('a car that vanishes leaves the power off', async () => {
  const one = await site({ ...links[1]![1], chargeFor: 100_000 })
  const car = await one.arrive()
  assert.ok(car.ok)
  await until(() => one.told.some(({ told }) => told === 'closeContactor'))
  car.value.say({ word: 'emergency', cause: 'a test' })
  await until(() => one.seccEnds.length === 1)
  assert.equal(one.seccEnds[0]?.reason?.code, 'linkLost')
  const last = one.told.findLast(({ told }) => told === 'openContactor' || told === 'closeContactor')
  assert.equal(last?.told, 'openContactor')
})

const impossible: [sentence: string, site: Site, code: string][] = [
  ['TLS only, and the car has no roots', { secc: { tls: STATION_TLS } }, 'noRoots'],
  [
    'TLS only, and the car has other roots',
    { secc: { tls: STATION_TLS }, evcc: { tls: { roots: [pki.iso2.roots.mo.der], generations: ['iso2'] } } },
    'chain',
  ],
  [
    'no TLS, and the car wants it',
    { secc: { trusted: true }, evcc: { tls: { ...CAR_TLS, generations: ['iso2'] }, tries: 1 } },
    'downgrade',
  ],
]
for (const [sentence, given, code] of impossible)
  test(`where there is ${sentence}, the car says ${code}`, async () => {
    const one = await site(given)
    const session = await one.arrive()
    assert.deepEqual([session.ok, session.ok || session.failure.code], [false, code])
    const last = one.carEvents.at(-1)
    assert.equal(last?.kind === 'ended' && last.code, code)
  })

test('a station without certificates at a site that is not trusted does not start', async () => {
  const none = { clock, random: Math.random, iface: 'lo', at: LOOPBACK, trusted: false, onEvent: () => {} }
  const started = await startSecc({ ...none, environment: { optionsFor: () => SECC_OPTIONS, onTold: () => {} } })
  assert.equal(started.ok || started.failure.code, 'nothing')
})
