import { request as send } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { ServerServices } from '../../server-services.ts'
import { authoriseCaller } from '../authorise-caller.ts'
import { Problem } from '../problems.ts'

/** Where simulated stations are steered from, when this process runs some: its own loopback address and bearer token. */
export interface SimulatorControl {
  readonly url: string
  readonly token: string
}

export const SIMULATOR_API = '/simulator-api'

/**
 * Passes `/simulator-api/*` on to the simulator's control API, for people who may give commands; the token stays here. Answers are
 * streamed, server-sent events included.
 */
export const registerSimulator = (server: FastifyInstance, servicesOf: () => ServerServices, { url, token }: SimulatorControl) => {
  server.route({
    method: ['GET', 'POST'],
    url: `${SIMULATOR_API}/*`,
    schema: { hide: true } as object,
    preValidation: async (request) => {
      request.caller = await authoriseCaller(servicesOf(), request, 'commands:write')
    },
    handler: (request, reply) => {
      const target = new URL(request.url.slice(SIMULATOR_API.length), url)
      if (target.origin !== new URL(url).origin) throw new Problem('NOT_FOUND')
      const body = request.body === undefined ? undefined : JSON.stringify(request.body)
      const headers = {
        authorization: `Bearer ${token}`,
        accept: request.headers.accept ?? '*/*',
        ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
      }
      reply.hijack()
      const onward = send(target, { method: request.method, headers }, (answer) => {
        reply.raw.writeHead(answer.statusCode ?? 502, {
          'content-type': answer.headers['content-type'] ?? 'application/json',
          'cache-control': 'no-store',
        })
        answer.pipe(reply.raw)
      })
      onward.on('error', () => {
        if (!reply.raw.headersSent) reply.raw.writeHead(502, { 'content-type': 'application/problem+json' })
        reply.raw.end()
      })
      reply.raw.on('close', () => onward.destroy())
      onward.end(body)
    },
  })
}
