import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { OpenWork, Traces } from './traces.ts'

/** Asked every few seconds by machines. */
const UNTOLD = new Set(['/livez', '/readyz', '/metrics'])

/** A span for each request, named by its route; what the request does stands below it. */
export const traceRequests = (server: FastifyInstance, traces: Traces) => {
  const underWay = new WeakMap<FastifyRequest, OpenWork>()
  server.addHook('onRequest', (request, _, done) => {
    const route = request.routeOptions.url
    if (route !== undefined && UNTOLD.has(route)) return done()
    const work = traces.begin({ name: request.method, kind: 'server', headers: request.headers })
    underWay.set(request, work)
    work.inside(done)
  })
  const end = (request: FastifyRequest, statusCode?: number) => {
    const route = request.routeOptions.url ?? 'none'
    const attributes = { 'http.request.method': request.method, 'http.route': route }
    underWay.get(request)?.end({
      name: `${request.method} ${route}`,
      attributes: { ...attributes, ...(statusCode !== undefined && { 'http.response.status_code': statusCode }) },
      failed: statusCode !== undefined && statusCode >= 500,
    })
    underWay.delete(request)
  }
  server.addHook('onResponse', async (request, { statusCode }) => end(request, statusCode))
  // Whoever goes away before the answer is no fault of ours: that is how live streams end.
  server.addHook('onRequestAbort', async (request) => end(request))
}
