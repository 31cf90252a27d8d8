import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ServerServices } from '../server-services.ts'
import { authoriseCaller } from './authorise-caller.ts'
import type { Caller } from './caller.ts'
import { type Answer, onceAround, onceInTransaction, onceOf } from './once.ts'
import type { RawReply, RouteDefinition } from './route.ts'

export const API = '/api/v1'

const isRaw = (body: unknown): body is RawReply => typeof body === 'object' && body !== null && 'contentType' in body && 'body' in body

const headerOf = (value: string | readonly string[] | undefined) => (typeof value === 'string' ? value : value?.[0])

interface Run {
  readonly definition: RouteDefinition
  readonly services: ServerServices
  readonly request: FastifyRequest
}
const run = async ({ definition, services, request }: Run): Promise<Answer> => {
  const { caller } = request
  const { params, query, body } = request
  const input = { params, query, body, services, ...(caller && { caller }) }
  const status = definition.status ?? 200
  if (!caller || definition.mode === 'open') return { status, body: await definition.handle(input), replayed: false }
  const changes = definition.method !== 'GET'
  const once = changes ? onceOf(caller, headerOf(request.headers['idempotency-key']), request) : undefined
  const work = { status, onceOnly: definition.onceOnly ?? [] }
  if (definition.mode === 'direct') return onceAround(services, caller, once, { ...work, run: () => definition.handle(input) })
  const answer = await onceInTransaction(services, caller, once, { ...work, run: (tx) => definition.handle({ ...input, tx }) })
  if (changes) services.live.wake(caller.tenantId)
  return answer
}

const send = (reply: FastifyReply, { status, body, replayed }: Answer) => {
  if (replayed) reply.header('idempotency-replayed', 'true')
  if (!isRaw(body)) return reply.code(status).send(body)
  return reply
    .code(status)
    .headers(body.headers ?? {})
    .type(body.contentType)
    .send(body.body)
}

/** What the OpenAPI document says of a route's access. */
const security = ({ access }: RouteDefinition) => (access === 'public' ? [] : [{ apiKey: [] }, { cookie: [] }])

/** Puts a described route on the server. */
export const registerRoute = (server: FastifyInstance, servicesOf: () => ServerServices, definition: RouteDefinition) => {
  const { access, url, method, params, query, body, reply } = definition
  const status = definition.status ?? 200
  const tag = url.split('/')[1] ?? 'other'
  server.route({
    method,
    url: `${API}${url}`,
    // A stranger learns nothing of a route but that it wants a sign-in: checked before the request is looked at.
    preValidation: async (request) => {
      if (definition.mode !== 'open') request.caller = await authoriseCaller(servicesOf(), request, access)
    },
    schema: {
      operationId: definition.id,
      summary: definition.summary,
      tags: [tag],
      security: security(definition),
      'x-access': access,
      ...(params && { params }),
      ...(query && { querystring: query }),
      ...(body && { body }),
      response: { [status]: { description: 'Done', ...reply } },
    } as Record<string, unknown>,
    handler: async (request, answer) => send(answer, await run({ definition, services: servicesOf(), request })),
  })
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller | undefined
  }
}
