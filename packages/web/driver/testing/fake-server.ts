import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { extname, join, normalize } from 'node:path'
import type { Notice, PublicSite, Reservation, Session, Vehicle, Wish } from '../src/api/types.ts'
import { fakeCarFaults } from './fake-car-plans.ts'
import { brokenInTwo, endedSession, liveSession, noticesAt, receiptOf, reservationAt, seriesOf, VEHICLES } from './fake-driver.ts'
import { codeOf, fakeSites, uuid } from './fake-places.ts'
import { fakePlans } from './fake-plans.ts'

const MINUTE = 60_000
/** What the people of the tests sign in with; nothing outside the tests knows it. */
export const FAKE_DRIVER = { email: 'alex@example.org', password: 'twelve letters' }

interface World {
  sites: readonly PublicSite[]
  vehicles: readonly Vehicle[]
  sessions: readonly Session[]
  reservations: readonly Reservation[]
  notices: readonly Notice[]
  signedIn: boolean
  /** When the running session was asked to stop. */
  stopAskedAt: number | undefined
  startAskedAt: { readonly code: string; readonly at: number } | undefined
  /** The next reservation loses the race. */
  slotTaken: boolean
  readonly streams: Set<ServerResponse>
  /** What plans were asked for, in order. */
  readonly wishes: Wish[]
}

class Refusal extends Error {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  constructor(status: number, code: string, more: Readonly<Record<string, unknown>> = {}) {
    super(code)
    this.status = status
    this.body = { type: 'about:blank', title: code, status, code, detail: code, ...more }
  }
}

const spotOf = ({ sites }: World, code: string) => {
  for (const site of sites) {
    const evse = site.evses.find((one) => one.code === code)
    if (evse) return { site, evse }
  }
  throw new Refusal(404, 'NOT_FOUND')
}

const createWorld = (now: number, more: number): World => {
  const sites = fakeSites(now, more)
  const world: World = {
    sites,
    vehicles: VEHICLES,
    sessions: [],
    reservations: [],
    notices: noticesAt(now),
    signedIn: false,
    stopAskedAt: undefined,
    startAskedAt: undefined,
    slotTaken: false,
    streams: new Set(),
    wishes: [],
  }
  const ring = spotOf(world, codeOf(1, 3))
  world.sessions = [
    liveSession(ring, 1, now - 18 * MINUTE, now),
    ...[2, 3, 4, 5].map((number) => endedSession(spotOf(world, codeOf(1 + (number % 2), 1)), number, now - number * 26 * 60 * MINUTE)),
  ]
  world.reservations = [
    reservationAt(spotOf(world, codeOf(1, 4)), 1, now + 3 * 60 * MINUTE),
    brokenInTwo(reservationAt(spotOf(world, codeOf(2, 1)), 2, now + 6 * MINUTE)),
  ]
  return world
}

/** Three seconds of ramping down, then the end, then the bill. */
const sessionNow = (world: World, session: Session, now: number): Session => {
  if (session.endedAt || session.id !== uuid(3, 1)) return session
  const asked = world.stopAskedAt
  if (asked === undefined || now - asked < 1_500)
    return liveSession(spotOf(world, session.evseCode ?? ''), 1, Date.parse(session.startedAt), asked ?? now)
  const ended = liveSession(spotOf(world, session.evseCode ?? ''), 1, Date.parse(session.startedAt), asked)
  const { powerW: _, ...rest } = ended
  return {
    ...rest,
    state: now - asked < 4_000 ? 'ended' : 'billed',
    endedAt: new Date(asked + 1_500).toISOString(),
    unlocked: true,
    ...(now - asked >= 4_000 && { receiptNumber: 1_046 }),
  }
}

const find = <Item extends { readonly id: string }>(items: readonly Item[], id: string | undefined) => {
  const item = items.find((one) => one.id === id)
  if (!item) throw new Refusal(404, 'NOT_FOUND')
  return item
}

/** A page of ten, as the platform cuts lists of fifty. */
const PAGE = 10
const pageOf = <Item>(items: readonly Item[], query: URLSearchParams) => {
  const from = Number(query.get('cursor') ?? 0)
  return { items: items.slice(from, from + PAGE), ...(items.length > from + PAGE && { nextCursor: String(from + PAGE) }) }
}

const tell = (world: World, type: string, subject: string) => {
  for (const stream of world.streams)
    stream.write(`event: ${type}\ndata: ${JSON.stringify({ type, subject, data: {}, at: new Date().toISOString() })}\n\n`)
}

type Body = Readonly<Record<string, unknown>>
interface Asked {
  readonly world: World
  readonly body: Body
  /** What the groups of the address matched. */
  readonly parts: readonly string[]
  readonly now: number
  readonly query: URLSearchParams
}
type Answer = (asked: Asked) => unknown

const startAt = ({ world, body, now }: Asked) => {
  const code = String(body.evseCode)
  const { site, evse } = spotOf(world, code)
  if (evse.status === 'offline') throw new Refusal(409, 'STATION_OFFLINE')
  if (evse.status === 'charging') throw new Refusal(409, 'EVSE_NOT_FREE')
  const session = { ...liveSession({ site, evse }, 9, now, now), importWh: 0, state: 'pending' as const }
  setTimeout(() => {
    world.sessions = [session, ...world.sessions]
    tell(world, 'session.changed', session.id)
  }, 1_200).unref()
  return { requestId: '1', evseCode: code }
}

const reserve = ({ world, body, now }: Asked) => {
  if (world.slotTaken) {
    world.slotTaken = false
    throw new Refusal(409, 'SLOT_TAKEN', { nearestFreeStart: new Date(now + 90 * MINUTE).toISOString() })
  }
  const start = Number(String(body.offer).split('-')[2])
  const made = { ...reservationAt(spotOf(world, codeOf(1, 4)), 10 + world.reservations.length, start), code: 'X4QP7M2A' }
  world.reservations = [...world.reservations, made]
  return made
}

const ROUTES: readonly (readonly [string, RegExp, Answer, 'public'?])[] = [
  ['GET', /^\/public\/sites$/, ({ world }) => ({ items: world.sites }), 'public'],
  ['GET', /^\/public\/evses\/([^/]+)$/, ({ world, parts }) => spotOf(world, String(parts[0])), 'public'],
  [
    'GET',
    /^\/me$/,
    () => ({
      user: { name: 'Alex Morgan', email: FAKE_DRIVER.email },
      roles: ['driver'],
      scopes: [],
      tenant: { id: uuid(0, 1), name: 'Lunebridge Energy' },
      driver: { id: uuid(2, 1), name: 'Alex Morgan' },
    }),
  ],
  ['GET', /^\/driver\/vehicles$/, ({ world }) => ({ items: world.vehicles })],
  [
    'POST',
    /^\/driver\/vehicles$/,
    ({ world, body }) => {
      const vehicle = { ...body, id: uuid(5, 3 + world.vehicles.length) } as Vehicle
      world.vehicles = [...world.vehicles, vehicle]
      return vehicle
    },
  ],
  [
    'DELETE',
    /^\/driver\/vehicles\/([^/]+)$/,
    ({ world, parts }) => {
      world.vehicles = world.vehicles.filter(({ id }) => id !== parts[0])
      return { ok: true }
    },
  ],
  [
    'GET',
    /^\/driver\/tokens$/,
    ({ now }) => ({
      items: [
        {
          id: uuid(7, 1),
          lastFour: '9F2C',
          type: 'rfid',
          label: 'Key fob',
          state: 'active',
          lastUsedAt: new Date(now - 3 * 24 * 60 * MINUTE).toISOString(),
        },
        { id: uuid(7, 2), lastFour: '01B8', type: 'rfid', label: 'Old card', state: 'blocked' },
      ],
    }),
  ],
  ['GET', /^\/driver\/notifications$/, ({ world, query }) => pageOf(world.notices, query)],
  [
    'POST',
    /^\/driver\/notifications\/([^/]+)\/read$/,
    ({ world, parts, now }) => {
      world.notices = world.notices.map((notice) => (notice.id === parts[0] ? { ...notice, readAt: new Date(now).toISOString() } : notice))
      return { ok: true }
    },
  ],
  [
    'GET',
    /^\/driver\/push-key$/,
    () => {
      throw new Refusal(503, 'NOT_READY')
    },
  ],
  [
    'POST',
    /^\/driver\/plans$/,
    ({ world, body, now }) => {
      const wish = body as Partial<Wish> as Wish
      world.wishes.push(wish)
      const { maxPowerW } = spotOf(world, wish.evseCode).evse
      const errors = fakeCarFaults(wish, now)
      if (errors.length > 0) throw new Refusal(400, 'REQUEST_INVALID', { errors })
      return fakePlans(wish, { now, maxPowerW })
    },
  ],
  ['GET', /^\/driver\/reservations$/, ({ world }) => ({ items: world.reservations })],
  ['POST', /^\/driver\/reservations$/, reserve],
  ['GET', /^\/driver\/reservations\/([^/]+)$/, ({ world, parts }) => find(world.reservations, parts[0])],
  [
    'POST',
    /^\/driver\/reservations\/([^/]+)\/cancel$/,
    ({ world, parts }) => {
      world.reservations = world.reservations.map((one) => (one.id === parts[0] ? { ...one, state: 'cancelled' } : one))
      return find(world.reservations, parts[0])
    },
  ],
  ['POST', /^\/driver\/sessions$/, startAt],
  [
    'GET',
    /^\/driver\/sessions$/,
    ({ world, now, query }) => {
      const sessions = world.sessions.map((session) => sessionNow(world, session, now))
      return pageOf(query.get('active') ? sessions.filter(({ endedAt }) => !endedAt) : sessions, query)
    },
  ],
  ['GET', /^\/driver\/sessions\/([^/]+)$/, ({ world, parts, now }) => sessionNow(world, find(world.sessions, parts[0]), now)],
  [
    'GET',
    /^\/driver\/sessions\/([^/]+)\/series$/,
    ({ world, parts, now }) => seriesOf(sessionNow(world, find(world.sessions, parts[0]), now), now),
  ],
  [
    'GET',
    /^\/driver\/sessions\/([^/]+)\/receipt$/,
    ({ world, parts, now }) => receiptOf(sessionNow(world, find(world.sessions, parts[0]), now)),
  ],
  [
    'POST',
    /^\/driver\/sessions\/([^/]+)\/stop$/,
    ({ world, parts, now }) => {
      world.stopAskedAt = now
      for (const after of [1_600, 4_100]) setTimeout(() => tell(world, 'session.changed', String(parts[0])), after).unref()
      return { ok: true }
    },
  ],
]

interface Request {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly body: Body
}
const answer = (world: World, { method, path, query, body }: Request): unknown => {
  if (path === '/api/auth/sign-in/email') {
    if (body.password !== FAKE_DRIVER.password) throw new Refusal(401, 'SIGN_IN_REFUSED')
    world.signedIn = true
    return { ok: true }
  }
  if (path === '/api/auth/sign-out') {
    world.signedIn = false
    return { ok: true }
  }
  const below = path.replace('/api/v1', '')
  for (const [verb, pattern, handle, open] of ROUTES) {
    const match = verb === method && pattern.exec(below)
    if (!match) continue
    if (open !== 'public' && !world.signedIn) throw new Refusal(401, 'NOT_SIGNED_IN')
    return handle({ world, body, parts: match.slice(1).map(decodeURIComponent), now: Date.now(), query })
  }
  throw new Refusal(404, 'ROUTE_NOT_FOUND')
}

const bodyOf = async (request: IncomingMessage): Promise<Body> => {
  const chunks: Uint8Array[] = []
  for await (const chunk of request) chunks.push(chunk as Uint8Array)
  const text = Buffer.concat(chunks).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as Body)
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
}

const serveFile = async (root: string, path: string, response: ServerResponse) => {
  const file = join(root, normalize(path === '/' ? '/index.html' : path))
  const content = (await readFile(file).catch(() => undefined)) ?? (await readFile(join(root, 'index.html')))
  response
    .writeHead(200, { 'content-type': `${TYPES[extname(file)] ?? 'text/html'}; charset=utf-8`, 'cache-control': 'no-cache' })
    .end(content)
}

export interface FakeServer {
  readonly url: string
  readonly world: World
  close(): Promise<void>
}

/** The platform's driver API with made-up data, and the built app beside it. */
export const startFakeServer = async ({
  root,
  port = 0,
  more = 40,
}: {
  readonly root: string
  readonly port?: number
  readonly more?: number
}): Promise<FakeServer> => {
  const world = createWorld(Date.now(), more)
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    const { pathname: path, searchParams: query } = new URL(request.url ?? '/', 'http://localhost')
    if (!path.startsWith('/api/')) return serveFile(root, path, response)
    if (path === '/api/v1/driver/events' && world.signedIn) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }).write(': connected\n\n')
      world.streams.add(response)
      response.on('close', () => world.streams.delete(response))
      return
    }
    // What the browser holds for the console is not this app's.
    if (request.headers['x-voltway-app'] !== 'driver') return response.writeHead(400).end()
    try {
      const body = await bodyOf(request)
      const result = answer(world, { method: request.method ?? 'GET', path, query, body })
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result))
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal(500, 'INTERNAL', { detail: String(error) })
      response.writeHead(refusal.status, { 'content-type': 'application/problem+json' }).end(JSON.stringify(refusal.body))
    }
  }
  const server = createServer((request, response) => void handle(request, response))
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
  const address = server.address()
  const at = typeof address === 'object' && address ? address.port : port
  const close = () =>
    new Promise<void>((closed) => {
      if (!server.listening) return closed()
      for (const stream of world.streams) stream.end()
      server.close(() => closed())
      server.closeAllConnections()
    })
  return { url: `http://127.0.0.1:${at}`, world, close }
}
