import { statusCounts } from '@voltway/store'
import type { FastifyInstance } from 'fastify'
import type { ServerServices } from '../../server-services.ts'
import { sendProblem } from '../error-handler.ts'
import { problemBody } from '../problems.ts'
import type { Readiness } from './readiness.ts'

const hidden = { schema: { hide: true } as object }

/** `/livez`: the process answers. `/readyz`: the database does, and this node may be given more. `/metrics`: Prometheus. */
export const registerStatus = (server: FastifyInstance, { db, log, clock, metrics }: ServerServices, readiness?: () => Readiness) => {
  server.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000)
  })
  server.get('/livez', hidden, async () => ({ status: 'live', at: clock.now() }))
  server.get('/readyz', hidden, async (_, reply) => {
    try {
      await db.tenants()
      const { refusal, node } = readiness?.() ?? {}
      return refusal === undefined ? { status: 'ready', node } : sendProblem(reply, problemBody('NOT_READY', refusal))
    } catch (error) {
      log.warn('not ready', { error })
      return sendProblem(reply, problemBody('NOT_READY', 'The database does not answer.'))
    }
  })
  server.get('/metrics', hidden, async (_, reply) =>
    reply.type(metrics.contentType).send(await metrics.text(await statusCounts(db, clock.now()))),
  )
}
