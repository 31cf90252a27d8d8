import type { ServerResponse } from 'node:http'
import { type Milliseconds, SECOND } from '@voltway/units'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { systemClock } from '../../clock.ts'
import type { LiveEvent } from '../../events/live-bus.ts'
import type { ServerServices } from '../../server-services.ts'
import { authoriseCaller } from '../authorise-caller.ts'
import type { Access, Caller } from '../caller.ts'
import { Problem } from '../problems.ts'
import { API } from '../register-routes.ts'

/** Of real time: what proxies and browsers count in. */
const HEARTBEAT = (15 * SECOND) as Milliseconds
/** Streams that one caller may hold: browsers open one per tab. */
const MOST_STREAMS = 40
/** A reader that falls this far behind is let go; it comes back with Last-Event-ID. */
const MOST_BUFFERED = 1_048_576

const HEADERS = {
  'content-type': 'text/event-stream; charset=utf-8',
  'cache-control': 'no-store',
  'x-accel-buffering': 'no',
  'x-content-type-options': 'nosniff',
}

/** One line per field, so that nothing in the data ends an event early. */
const frameOf = ({ id, type, subject, data, at }: LiveEvent) =>
  `id: ${id}\nevent: ${type}\ndata: ${JSON.stringify({ type, subject, data, at })}\n\n`

/** Operators see their tenant, drivers what names them. */
const mayShow = (access: Access, caller: Caller) => (event: LiveEvent) => access !== 'driver' || event.data.driverId === caller.driverId

interface Streams {
  readonly open: Set<ServerResponse>
  readonly perCaller: Map<string, number>
}

const stream = (
  services: ServerServices,
  streams: Streams,
  { request, reply, access }: { readonly request: FastifyRequest; readonly reply: FastifyReply; readonly access: Access },
) => {
  const { caller } = request
  if (!caller) throw new Problem('NOT_SIGNED_IN')
  const held = streams.perCaller.get(caller.subject) ?? 0
  if (held >= MOST_STREAMS) throw new Problem('TOO_MANY_REQUESTS', 'Too many live streams are open.')
  const last = request.headers['last-event-id']
  const shows = mayShow(access, caller)
  reply.hijack()
  const response = reply.raw
  // Gone while it was asked who it is: its end has been told already, and nobody would ever leave.
  if (response.destroyed) return
  response.writeHead(200, HEADERS)
  response.write(': connected\n\n')
  streams.open.add(response)
  services.metrics.liveStreams.inc()
  streams.perCaller.set(caller.subject, held + 1)
  const leave = services.live.watch(caller.tenantId, typeof last === 'string' ? last : undefined, (event) => {
    if (!shows(event) || !response.writable) return
    response.write(frameOf(event))
    if (response.writableLength > MOST_BUFFERED) response.destroy()
  })
  let stopBeating = () => {}
  const beat = () => {
    stopBeating = systemClock.after(HEARTBEAT, () => {
      // Whoever was signed out, blocked or removed meanwhile is let go here.
      authoriseCaller(services, request, access).then(
        () => response.writable && response.write(': beat\n\n'),
        () => response.end(),
      )
      beat()
    })
  }
  beat()
  response.on('error', () => response.destroy())
  response.on('close', () => {
    stopBeating()
    leave()
    streams.open.delete(response)
    services.metrics.liveStreams.dec()
    const left = (streams.perCaller.get(caller.subject) ?? 1) - 1
    if (left > 0) streams.perCaller.set(caller.subject, left)
    else streams.perCaller.delete(caller.subject)
  })
}

const EVENT_STREAM = { description: 'text/event-stream; `event` is the type, `id` continues with Last-Event-ID', type: 'string' }

/** Live changes as server-sent events: `/events` for operators, `/driver/events` for drivers. */
export const registerEvents = (server: FastifyInstance, servicesOf: () => ServerServices) => {
  const streams: Streams = { open: new Set(), perCaller: new Map() }
  server.addHook('preClose', async () => {
    for (const response of streams.open) response.end()
  })
  const add = (url: string, access: Access, text: { readonly operationId: string; readonly summary: string }) =>
    server.get(
      `${API}${url}`,
      {
        schema: {
          ...text,
          tags: [url.split('/')[1]],
          security: [{ apiKey: [] }, { cookie: [] }],
          'x-access': access,
          'x-stream': true,
          produces: ['text/event-stream'],
          response: { 200: EVENT_STREAM },
        } as object,
        preValidation: async (request) => {
          request.caller = await authoriseCaller(servicesOf(), request, access)
        },
      },
      (request, reply) => stream(servicesOf(), streams, { request, reply, access }),
    )
  add('/events', 'stations:read', { operationId: 'watchEvents', summary: 'Changes of the tenant as they happen' })
  add('/driver/events', 'driver', { operationId: 'watchOwnEvents', summary: "Changes of the driver's own things as they happen" })
}
