import { createHash, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type JsonObject, objectOf } from '../json.ts'
import { streamEvents } from './event-stream.ts'
import { CONNECTOR_ACTIONS, type Controlled, STATION_ACTIONS } from './routes.ts'

export interface ControlOptions {
  readonly port: number
  /** Every request carries it as `Authorization: Bearer`. */
  readonly token: string
  /** Loopback where left out. */
  readonly host?: string
}
export interface ControlServer {
  readonly url: string
  readonly close: () => Promise<void>
}
interface Reply {
  readonly status: number
  readonly body: unknown
}

const LARGEST_BODY = 64_000

/** The simulator's own HTTP API, for its page and for tests. */
export async function serveControl(target: Controlled, { port, token, host = '127.0.0.1' }: ControlOptions): Promise<ControlServer> {
  const server = createServer((request, response) => {
    if (!isAllowed(request, token)) return send(response, problem(401, 'UNAUTHORISED', 'The bearer token is missing or wrong.'))
    const path = new URL(request.url ?? '/', 'http://localhost').pathname
    if (request.method === 'GET' && path === '/events') return streamEvents(target, response)
    route(target, request, path.split('/').filter(Boolean).map(decode)).then(
      (reply) => send(response, reply),
      (error: unknown) =>
        send(response, problem(400, 'BAD_REQUEST', error instanceof Error ? error.message : 'The request cannot be read.')),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  const address = server.address()
  const bound = typeof address === 'object' && address ? address.port : port
  return {
    url: `http://${host}:${bound}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

async function route(target: Controlled, request: IncomingMessage, path: readonly string[]): Promise<Reply> {
  const [root, id, ...rest] = path
  if (root !== 'stations') return notFound
  if (id === undefined) return request.method === 'GET' ? { status: 200, body: views(target) } : notFound
  const station = target.stations.get(id)
  if (!station) return problem(404, 'STATION_UNKNOWN', `There is no station ${id}.`)
  if (rest.length === 0 && request.method === 'GET') return { status: 200, body: station.view() }
  if (request.method !== 'POST') return notFound
  const body = await readBody(request)
  const [first, evse, action] = rest
  const result =
    first === 'connectors' && rest.length === 3 && Object.hasOwn(CONNECTOR_ACTIONS, action ?? '')
      ? await CONNECTOR_ACTIONS[action!]?.({ station, evse: Number(evse), cars: target.cars }, body)
      : rest.length === 1 && Object.hasOwn(STATION_ACTIONS, first ?? '')
        ? STATION_ACTIONS[first!]?.(target, station, body)
        : undefined
  if (!result) return notFound
  return { status: result.ok ? 200 : 409, body: { ...result, station: station.view() } }
}

const views = ({ stations }: Controlled) => [...stations.values()].map((station) => station.view())

async function readBody(request: IncomingMessage): Promise<JsonObject> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    const part: Buffer = chunk
    size += part.length
    if (size > LARGEST_BODY) throw new Error('The body is too large.')
    chunks.push(part)
  }
  return size === 0 ? {} : objectOf(JSON.parse(Buffer.concat(chunks).toString()))
}

/** Compared by hash, so that the time it takes tells nothing. */
function isAllowed(request: IncomingMessage, token: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(request.headers.authorization ?? ''), digest(`Bearer ${token}`))
}

const decode = (part: string) => {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
const problem = (status: number, code: string, detail: string): Reply => ({
  status,
  body: { type: 'about:blank', title: code, status, code, detail },
})
const notFound = problem(404, 'NOT_FOUND', 'There is nothing here.')

function send(response: ServerResponse, { status, body }: Reply): void {
  const type = status >= 400 && status !== 409 ? 'application/problem+json' : 'application/json'
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(JSON.stringify(body))
}
