import type { FastifyRequest } from 'fastify'
import type { Config } from '../config.ts'
import { Problem } from './problems.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Pages of other sites may not use a visitor's cookie: what changes something and comes with a cookie must come from our own
 * pages, by Origin. Signing in is held to the same, so that nobody is signed in as somebody else.
 */
export const checkOrigin = (config: Pick<Config, 'publicUrl'>) => async (request: FastifyRequest) => {
  if (SAFE.has(request.method)) return
  const { cookie, origin, authorization } = request.headers
  if (authorization !== undefined) return
  if (origin === undefined && cookie === undefined) return
  const own = [`${request.protocol}://${request.host}`, config.publicUrl].flatMap((url) =>
    url && URL.canParse(url) ? new URL(url).origin : [],
  )
  if (origin === undefined || !own.includes(origin))
    throw new Problem('ORIGIN_REFUSED', 'Requests that change something must come from the pages of this server (Origin header).')
}
