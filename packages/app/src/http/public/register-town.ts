import type { FastifyInstance } from 'fastify'
import { API } from '../register-routes.ts'

/** The operator's own drawing of the town, so that maps have streets without a tile server. */
export const registerTown = (server: FastifyInstance, town: object) => {
  const body = JSON.stringify(town)
  server.get(`${API}/public/town`, { schema: { hide: true } as object }, (_, reply) =>
    reply.type('application/geo+json').header('cache-control', 'public, max-age=3600').send(body),
  )
}
