import type { IncomingMessage, ServerResponse } from 'node:http'
import { readJson, sendJson, serveApp } from '@voltway/ui/testing/serve-app'
import { type FakeData, fakeData, type Scenario } from './fake-data.ts'
import { fakeLists } from './fake-lists.ts'
import { fakeSeriesPrices } from './fake-money.ts'
import { fakeActions, fakeSchema } from './fake-schemas.ts'
import { fakePlan, fakePower, fakePrices, fakeSegments, fakeSeries } from './fake-series.ts'

interface Asked {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Readonly<Record<string, unknown>>
  readonly data: FakeData
  readonly now: number
}
type Answer = readonly [status: number, body: unknown]
const SCOPES = ['stations', 'sessions', 'tariffs', 'drivers'].flatMap((noun) => [`${noun}:read`, `${noun}:write`])
const ME = {
  user: { name: 'Olu Operator', email: 'olu@example.org' },
  roles: ['owner'],
  scopes: [...SCOPES, 'billing:read', 'commands:write', 'admin'],
  tenant: { id: 'tenant', name: 'Humber Charge' },
}
const problem = (status: number, code: string, detail: string, errors: readonly object[] = []): Answer => [
  status,
  { type: 'about:blank', title: detail, status, code, detail, errors },
]
const missing = problem(404, 'NOT_FOUND', 'There is no such thing.')
const orMissing = (found: unknown): Answer => (found === undefined ? missing : [200, found])

const single = ({ path, data, query, now }: Asked): Answer | undefined => {
  const [, noun = '', id = '', part] = path.split('/')
  const span = { from: Date.parse(query.get('from') ?? '') || now - 86_400_000, to: Date.parse(query.get('to') ?? '') || now, now }
  const evsesOf = (stations: FakeData['stations']) =>
    stations.flatMap((station) => station.evses.map((evse) => ({ ...evse, label: `${station.name} · ${evse.label}` })))
  const lanes = (evses: readonly { id: string; label: string }[]) => ({
    evses: evses.map((evse, n) => ({ id: evse.id, label: evse.label, segments: fakeSegments(n, span.from, Math.min(now, span.to)) })),
  })
  if (noun === 'price-series') return [200, { items: fakeSeriesPrices(decodeURIComponent(id), span) }]
  if (noun === 'sites' && !part) return orMissing(data.sites.find((one) => one.id === id))
  if (noun === 'sites' && part === 'power') return [200, fakePower(evsesOf(data.stations.filter(({ siteId }) => siteId === id)), span)]
  if (noun === 'sites' && part === 'plan') {
    const evses = evsesOf(data.stations.filter(({ siteId }) => siteId === id))
    return [200, evses.length > 0 ? fakePlan(evses, now) : { steering: false }]
  }
  if (noun === 'sites' && part === 'energy')
    return [
      200,
      { phaseLimitsA: [160, 160, 160], feedInPerKwhMicros: '80000', demandCharge: { perKwMicros: '9000000', peakSoFarW: 84_000 } },
    ]
  if (noun === 'sites' && part === 'timeline') return [200, lanes(evsesOf(data.stations.filter(({ siteId }) => siteId === id)))]
  if (noun === 'stations' && part === 'timeline') return [200, lanes(data.stations.find((station) => station.id === id)?.evses ?? [])]
  if (noun === 'stations' && !part) {
    const station = data.stations.find((one) => one.id === id)
    return orMissing(
      station && {
        ...station,
        identity: `CS-${station.serial}`,
        openAccess: false,
        registration: 'accepted',
        inboundMode: 'lenient',
        variables: 60,
      },
    )
  }
  if (noun === 'sessions' && part === 'series') {
    const session = data.sessions.find((one) => one.id === id)
    return orMissing(session && fakeSeries(Date.parse(session.startedAt), session.endedAt ? Date.parse(session.endedAt) : now))
  }
  if (noun === 'sessions' && !part) return orMissing(data.sessions.find((one) => one.id === id))
  if (noun === 'reservations' && !part) return orMissing(data.reservations.find((one) => one.id === id))
  if (noun === 'tariffs' && !part) return orMissing(data.tariffs.find((one) => one.id === id))
  if (noun === 'drivers' && !part) {
    const driver = data.drivers.find((one) => one.id === id)
    const vehicles = [
      {
        id: 'car',
        label: 'Estate',
        batteryWh: 77_000,
        maxAcW: 11_000,
        maxDcW: 170_000,
        connectorStandards: ['IEC_62196_T2', 'IEC_62196_T2_COMBO'],
      },
    ]
    return orMissing(
      driver && {
        driver,
        vehicles,
        tokens: data.tokens.filter(({ driverId }) => driverId === id),
        sessions: data.sessions.filter(({ driverId }) => driverId === id),
      },
    )
  }
  return undefined
}

const overview = ({ data, now }: Asked) => {
  const evses = data.stations.flatMap((station) => station.evses)
  const by = Object.fromEntries([...Map.groupBy(evses, ({ status }) => status)].map(([status, list]) => [status, list.length]))
  const held = data.sessions.filter(({ state }) => state === 'held').slice(0, 2)
  const needs = [
    ...data.stations
      .filter(({ openAlarms }) => openAlarms > 0)
      .map(({ id, name }) => ({
        kind: 'alarm',
        severity: 'high',
        title: `ConnectorLockFailure · ${name}`,
        codes: ['ConnectorLockFailure'],
        detail: { evse: 1, connector: 1 },
        stationId: id,
        stationName: name,
        since: new Date(now - 5_400_000).toISOString(),
        action: 'openStation',
      })),
    ...data.stations
      .filter(({ online }) => !online)
      .map(({ id, name }) => ({
        kind: 'offline',
        severity: 'medium',
        title: `Station offline · ${name}`,
        codes: [],
        stationId: id,
        stationName: name,
        since: new Date(now - 32_400_000).toISOString(),
        action: 'openStation',
      })),
    ...data.reservations
      .filter(({ trouble }) => trouble === 'refusedByStation')
      .map(({ id, code, stationName, startsAt }) => ({
        kind: 'reservation',
        severity: 'high',
        title: `Reservation that no station holds · ${stationName} · ${code} · refusedByStation`,
        codes: ['refusedByStation', 'Occupied'],
        stationName,
        reservationId: id,
        reservationCode: code,
        since: startsAt,
        action: 'openReservation',
      })),
    ...held.map(({ id, stationName, heldReasons }) => ({
      kind: 'held',
      severity: 'high',
      title: `Session held for review · ${stationName} · ${heldReasons.join(', ')}`,
      codes: heldReasons,
      stationName,
      sessionId: id,
      since: new Date(now - 7_200_000).toISOString(),
      action: 'releaseSession',
    })),
  ]
  const powerW = data.sites.reduce((sum, site) => sum + site.powerW, 0)
  const isEmpty = data.stations.length === 0
  return {
    needs,
    counts: {
      stations: data.stations.length,
      online: data.stations.filter(({ online }) => online).length,
      evses: by,
      sessionsActive: isEmpty ? 0 : 9,
      powerW,
      vehiclesChargedToday: isEmpty ? 0 : 47,
      energyTodayWh: isEmpty ? 0 : 1_184_300,
      revenueToday: { currency: 'GBP', micros: isEmpty ? '0' : '534210000' },
      ...(!isEmpty && { overallSocPercent: 58.4 }),
    },
  }
}

const funnel = ({ data }: Asked) => {
  const ids = data.sessions.slice(20, 32).map(({ id }) => id)
  const counts = data.sessions.length === 0 ? [0, 0, 0, 0, 0] : [412, 396, 388, 379, 371]
  const losses =
    data.sessions.length === 0
      ? []
      : [
          ['authorised', 'noAuthorisation', 9],
          ['authorised', 'unauthorised', 7],
          ['energy', 'vehicleTookNothing', 5],
          ['energy', 'stationGaveNothing', 3],
          ['endedWell', 'fault', 6],
          ['endedWell', 'powerLoss', 3],
          ['paid', 'held', 8],
        ]
  return {
    steps: ['plugged', 'authorised', 'energy', 'endedWell', 'paid'].map((step, n) => ({ step, count: counts[n] })),
    losses: losses.map(([step, cause, count]) => ({ step, cause, count, sessionIds: ids.slice(0, Number(count)) })),
  }
}

const vehicles = ({ data, now }: Asked) => {
  const live = data.sessions.filter(({ endedAt }) => !endedAt)
  return {
    items: live.map((session, n) => ({
      ...session,
      sessionId: session.id,
      batteryWh: 77_000,
      evseNumber: 1,
      ...(n === 1 && { chargingState: 'charging', powerW: 0, startedAt: new Date(now - 3_600_000).toISOString() }),
    })),
    ...(live.length > 0 && { overallSocPercent: 58.4 }),
  }
}

const NOTHING = { currency: 'GBP', micros: '0' }
/** A server always answers a cost, also on its first day. */
const NO_COST = { currency: 'GBP', total: NOTHING, net: NOTHING, vat: NOTHING, vatRatePpm: '200000', lines: [] }

const simulate = ({ body, data }: Asked): Answer => {
  const definition = body.definition as Readonly<Record<string, unknown>>
  const first = (definition.elements as readonly { readonly perKwh?: string }[] | undefined)?.[0]
  if (first?.perKwh !== undefined && !/^\d+$/.test(first.perKwh))
    return problem(422, 'TARIFF_INVALID', 'body.definition.elements[0].perKwh must be a whole number.', [
      { path: 'body.definition.elements[0].perKwh', message: 'must be a price, such as 0.45' },
    ])
  const cost = data.sessions.find((session) => session.cost)?.cost ?? NO_COST
  return [200, { cost, priceLine: fakePrices(Date.parse(String(body.startsAt)), Date.parse(String(body.endsAt))), tariff: {} }]
}

const change = (asked: Asked): Answer => {
  const { path, body, data } = asked
  if (path === '/tariffs/simulate') return simulate(asked)
  if (path === '/tariffs' || /^\/tariffs\/[^/]+$/.test(path)) {
    const [status, answer] = simulate({
      ...asked,
      body: { definition: body.definition, startsAt: new Date(asked.now).toISOString(), endsAt: new Date(asked.now).toISOString() },
    })
    return status === 200 ? [200, { ...data.tariffs[0], name: body.name, version: 4 }] : [status, answer]
  }
  if (path === '/stations')
    return [201, { station: { ...data.stations[0], ...body, id: data.stations[0]?.id }, password: 'example-shown-once' }]
  if (asked.method === 'PATCH' && path.startsWith('/sites/')) {
    if (body.timeZone === 'Mars/Olympus')
      return problem(400, 'REQUEST_INVALID', 'The request is not as described.', [
        { path: 'body.timeZone', message: 'must be an IANA zone' },
      ])
    const { gridLimitW, ...rest } = { ...data.sites.find(({ id }) => path.endsWith(`/${id}`)), ...body } as Record<string, unknown>
    return [200, gridLimitW === null ? rest : { ...rest, gridLimitW }]
  }
  if (path === '/api-keys') return [201, { apiKey: {}, key: 'example-key-shown-once' }]
  if (path.endsWith('/password')) return [200, { password: 'example-renewed' }]
  if (path === '/drivers')
    return body.email === 'bad'
      ? problem(400, 'REQUEST_INVALID', 'Not an address.', [{ path: 'body.email', message: 'must be an e-mail address' }])
      : [201, data.drivers[0]]
  const [, , , , action] = path.split('/')
  if (path.includes('/commands/'))
    return action === 'ClearCache'
      ? problem(504, 'COMMAND_EXPIRED', 'No answer within 30000 ms.')
      : [200, { outcome: 'answered', response: { status: 'Accepted' } }]
  return [200, { ok: true }]
}

const route = (asked: Asked): Answer => {
  const { method, path } = asked
  if (path === '/me') return [200, ME]
  if (path === '/setup') return asked.query.get('token') === 'used' ? problem(403, 'SET_UP_REFUSED', 'Used.') : [200, { due: true }]
  if (method !== 'GET') return change(asked)
  if (path === '/overview') return [200, overview(asked)]
  if (path === '/funnel') return [200, funnel(asked)]
  if (path === '/vehicles/charging') return [200, vehicles(asked)]
  const [, noun, , action] = path.split('/')
  if (noun === 'ocpp')
    return action === undefined || path.split('/').length === 4
      ? [200, { items: fakeActions }]
      : orMissing(fakeSchema(path.split('/')[4] ?? ''))
  const list = fakeLists(asked)
  return list ? [200, list] : (single(asked) ?? missing)
}

export interface FakeApiOptions {
  readonly scenario: Scenario
  readonly root: string
  readonly now: number
  readonly port?: number
  /** Nobody is signed in until the sign-in form was sent. */
  readonly signedOut?: boolean
}

/** The console's server as the contract describes it, with made-up data and no memory: for pictures and tests of the screens. */
export const startFakeApi = ({ scenario, root, now, port, signedOut = false }: FakeApiOptions) => {
  const data = fakeData(now, scenario)
  let known = !signedOut
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname, searchParams: query } = new URL(request.url ?? '/', 'http://localhost')
    if (!pathname.startsWith('/api/')) return false
    const method = request.method ?? 'GET'
    const body = method === 'GET' ? {} : await readJson(request)
    if (pathname === '/api/auth/sign-in/email') {
      known = body.password === 'right'
      return known ? sendJson(response, 200, {}) : sendJson(response, ...problem(401, 'SIGN_IN_REFUSED', 'E-mail or password is wrong.'))
    }
    const path = pathname.replace('/api/v1', '')
    if (path !== '/events' && path !== '/public/town' && request.headers['x-voltway-app'] !== 'console')
      return sendJson(response, ...problem(400, 'REQUEST_INVALID', 'The console did not say that it asks.'))
    if (!known && path !== '/setup') return sendJson(response, ...problem(401, 'NOT_SIGNED_IN', 'Sign in.'))
    if (path === '/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      response.write(': here\n\n')
      return true
    }
    if (scenario === 'failing' && path !== '/me')
      return sendJson(response, ...problem(403, 'SCOPE_MISSING', 'This needs a scope that you do not have.'))
    return sendJson(response, ...route({ method, path, query, body, data, now }))
  }
  return serveApp({ root, prefix: '/console/', answer, ...(port !== undefined && { port }) })
}
