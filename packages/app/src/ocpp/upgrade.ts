import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { beginLink, endLink, findInDirectory, forgetPreviousPassword, LeaseLost, type LinkStation, linkStation } from '@voltway/store'
import type { ChargingStationId, Milliseconds, TenantId } from '@voltway/units'
import { identityOf, OCPP_VERSIONS, type OcppVersion, parseBasicAuthorization, type Subprotocol, subprotocolOf } from '@voltway/wire/ocpp'
import { type WebSocket, WebSocketServer } from 'ws'
import type { LinksElsewhere } from '../nodes/links-elsewhere.ts'
import type { Node } from '../nodes/node.ts'
import type { Attempts } from './attempts.ts'
import { checkPassword } from './check-password.ts'
import { MAX_FRAME, WebSocketLink } from './link.ts'
import type { Link, LinkServices } from './link-services.ts'
import { yields } from './probe-link.ts'
import type { VersionRoom } from './version-room.ts'

export const OCPP_PATH = '/ocpp/'
/** From the end of the request's headers to 101. */
const HANDSHAKE = 15_000 as Milliseconds

export interface UpgradeServices extends LinkServices {
  readonly node: Pick<Node, 'id'>
  readonly elsewhere: LinksElsewhere
  /** Called when a link has begun. */
  readonly onBegun: (link: Link) => void
  readonly rooms: Readonly<Record<OcppVersion, VersionRoom>>
  readonly attempts: Attempts
  readonly addressOf: (request: IncomingMessage) => string
  /** Sockets that one address may hold. */
  readonly mostPerAddress: number
}

interface Refusal {
  readonly status: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}
/** The same words whether the identity is unknown, the password wrong or the header missing. */
const UNAUTHORISED: Refusal = {
  status: 401,
  body: 'unknown station or wrong password',
  headers: { 'WWW-Authenticate': 'Basic realm="ocpp", charset="UTF-8"' },
}
const NOWHERE: { tenantId: TenantId; stationId: ChargingStationId } = {
  tenantId: '00000000-0000-0000-0000-000000000000' as TenantId,
  stationId: '00000000-0000-0000-0000-000000000000' as ChargingStationId,
}

interface Known extends LinkStation {
  readonly tenantId: TenantId
  readonly stationId: ChargingStationId
}

export interface Upgrade {
  readonly take: (request: IncomingMessage, socket: Duplex, head: Buffer) => Promise<void>
  /** Sends away whoever is being let in, and resolves when nobody is: no link begins after it. */
  readonly close: () => Promise<void>
}

/**
 * Answers upgrade requests at `/ocpp/{identity}`: rate limit, identity, station, password, subprotocol, duplicate, and only then
 * 101. Everything before the password costs a stranger the same, and tells the same.
 */
export function createUpgrade(services: UpgradeServices): Upgrade {
  const underWay = new Map<Duplex, Promise<void>>()
  const chosen = new WeakMap<IncomingMessage, Subprotocol>()
  const held = new Map<string, number>()
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_FRAME,
    handleProtocols: (_, request) => chosen.get(request)?.name ?? false,
  })

  const admit = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<Refusal | undefined> => {
    const address = services.addressOf(request)
    const identity = identityOf(request.url ?? '', OCPP_PATH)
    const attempt = await services.attempts.begin(address, identity.ok ? identity.value : '')
    if (!attempt) return { status: 429, body: 'too many attempts', headers: { 'Retry-After': '10' } }
    let station: Known | undefined
    try {
      if (!identity.ok)
        return identity.failure === 'wrongPath'
          ? { status: 404, body: 'the path is /ocpp/{identity}' }
          : { status: 400, body: 'this is no station identity' }
      station = await authenticate(services, identity.value, request.headers.authorization)
    } finally {
      attempt.end(station !== undefined)
    }
    if (!station) return UNAUTHORISED
    const subprotocol = subprotocolOf(request.headers['sec-websocket-protocol'], OCPP_VERSIONS)
    if (!subprotocol.ok) return { status: 400, body: `Sec-WebSocket-Protocol must name one of ${OCPP_VERSIONS.join(', ')}` }
    if ((held.get(address) ?? 0) >= services.mostPerAddress) return { status: 503, body: 'too many connections from this address' }
    chosen.set(request, subprotocol.value)

    const { stationId } = station
    return services.links.inTurn(stationId, async () => {
      if (await isTaken(services, station)) return { status: 409, body: 'this station is connected already' }
      if (socket.destroyed) return undefined
      countWhileOpen(held, address, socket)
      const room = services.rooms[subprotocol.value.version]
      await open(services, {
        station,
        room,
        // A handshake that is wrong in itself is answered by the library, which then closes the socket.
        upgrade: () =>
          new Promise((resolve) => {
            const gone = () => resolve(undefined)
            socket.once('close', gone)
            if (socket.destroyed) return gone()
            sockets.handleUpgrade(request, socket, head, (webSocket) => {
              // It would keep the request and the station's password hash for as long as the link lives.
              socket.off('close', gone)
              resolve(webSocket)
            })
          }),
      })
      return undefined
    })
  }

  const take: Upgrade['take'] = async (request, socket, head) => {
    socket.on('error', destroyBroken)
    const cancel = services.network.after(HANDSHAKE, () => socket.destroy())
    socket.once('close', cancel)
    try {
      const refusal = await admit(request, socket, head)
      if (refusal) refuse(socket, refusal)
    } catch (error) {
      if (!(error instanceof LeaseLost)) services.log.error('an upgrade failed', { error })
      refuse(socket, { status: 503, body: 'try again' })
    } finally {
      cancel()
      socket.off('close', cancel)
    }
  }
  return {
    take: (request, socket, head) => {
      const taking = take(request, socket, head).finally(() => underWay.delete(socket))
      underWay.set(socket, taking)
      return taking
    },
    close: async () => {
      for (const socket of underWay.keys()) socket.destroy()
      await Promise.all(underWay.values())
    },
  }
}

/** The station, if it is who it says. Does the same work for an identity that nobody has. */
async function authenticate(services: UpgradeServices, identity: string, header: string | undefined): Promise<Known | undefined> {
  const { db, hmacKey } = services
  const entry = await findInDirectory(db.directory, identity)
  const { tenantId, stationId } = entry ?? NOWHERE
  const station = await db.inTenant(tenantId, (tx) => linkStation(tx, { tenantId, stationId }))
  const credentials = parseBasicAuthorization(header)
  const password = credentials.ok && credentials.value.username === identity ? credentials.value.password : new Uint8Array()
  const which = checkPassword(password, station ?? { passwordHash: null, previousPasswordHash: null }, hmacKey)
  if (!station) return undefined
  if (which === 'current' && station.previousPasswordHash)
    await db.inTenant(tenantId, (tx) => forgetPreviousPassword(tx, { tenantId, stationId }))
  // Security profile 0 is the operator's explicit choice; a password that was sent must still be right where there is one.
  const open = station.openAccess && (header === undefined || station.passwordHash === null)
  return which || open ? { ...station, tenantId, stationId } : undefined
}

/** Whether a living link keeps its place, here or on another node. One that does not answer is let go. */
async function isTaken(services: UpgradeServices, { tenantId, stationId }: Known): Promise<boolean> {
  const current = services.links.get(stationId)
  return current ? !(await yields(services, current)) : services.elsewhere.keepPlace({ tenantId, stationId })
}

interface Opening {
  readonly station: Known
  readonly room: VersionRoom
  /** Undefined when the socket is gone instead. */
  readonly upgrade: () => Promise<WebSocket | undefined>
}

async function open(services: UpgradeServices, { station, room, upgrade }: Opening): Promise<void> {
  const { db, clock, links, log, node, elsewhere } = services
  const { tenantId, stationId, bootedAt, registration, inboundMode, evses, capabilities } = station
  const begins = { tenantId, stationId, ocppVersion: room.version, nodeId: node.id(), at: clock.now() }
  const { epoch, connectedAt, before } = await db.inTenant(tenantId, (tx) => beginLink(tx, begins))
  if (before !== null && before !== begins.nodeId) elsewhere.replace(before, { tenantId, stationId }, epoch)
  const webSocket = await upgrade()
  if (!webSocket) {
    await db.inTenant(tenantId, (tx) => endLink(tx, { tenantId, stationId, epoch, at: clock.now(), reason: 'gone before 101' }))
    return
  }
  const linked = { tenantId, stationId, inboundMode, registration, bootedBefore: bootedAt !== null, evses, capabilities }
  const link = new WebSocketLink(webSocket, services, { station: linked, room, epoch, connectedAt })
  links.set(link)
  services.onWritten(tenantId)
  services.onBegun(link)
  log.info('station connected', { stationId, epoch, version: room.version })
}

/** Says no in the words of HTTP, before any WebSocket. */
export function refuse(socket: Duplex, { status, body, headers = {} }: Refusal) {
  if (!socket.writable) return void socket.destroy()
  const lines = Object.entries({
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': String(body.length),
    Connection: 'close',
  })
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`, ...lines.map(([name, value]) => `${name}: ${value}`)].join('\r\n')
  socket.once('finish', () => socket.destroy())
  socket.end(`${head}\r\n\r\n${body}`)
}

/** Of nobody in particular: a function of its own for each socket would keep what was known when the socket came. */
function destroyBroken(this: Duplex) {
  this.destroy()
}

function countWhileOpen(held: Map<string, number>, address: string, socket: Duplex) {
  count(held, address, 1)
  socket.once('close', () => count(held, address, -1))
}

const count = (held: Map<string, number>, address: string, by: number) => {
  const now = (held.get(address) ?? 0) + by
  if (now > 0) held.set(address, now)
  else held.delete(address)
}
