import type { Clock, Milliseconds } from '@voltway/units'
import type { FastifyInstance } from 'fastify'

/** What a request may still take when the server is asked to end; then its connection is closed. */
const FINISH_WITHIN = 5_000 as Milliseconds

/** Requests that are under way when the server closes are answered first. Live streams are ended by themselves. */
export const finishRequests = (server: FastifyInstance, network: Pick<Clock, 'after'>) => {
  const underWay = new Set<object>()
  let onNone = () => {}
  const ended = (request: object) => {
    underWay.delete(request)
    if (underWay.size === 0) onNone()
  }
  server.addHook('onRequest', async (request) => void underWay.add(request))
  server.addHook('onResponse', async (request) => ended(request))
  server.addHook('onRequestAbort', async (request) => ended(request))
  server.addHook('preClose', async () => {
    if (underWay.size === 0) return
    await new Promise<void>((resolve) => {
      const cancel = network.after(FINISH_WITHIN, resolve)
      onNone = () => {
        cancel()
        resolve()
      }
    })
  })
}
