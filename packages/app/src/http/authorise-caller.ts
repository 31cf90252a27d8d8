import type { FastifyRequest } from 'fastify'
import type { ServerServices } from '../server-services.ts'
import type { Access, Caller } from './caller.ts'
import { findCaller, publicCaller } from './find-caller.ts'
import { Problem } from './problems.ts'

/** The caller of a request to a route with this access. @throws Problem when there is none or it may not. */
export const authoriseCaller = async (
  services: ServerServices,
  request: Pick<FastifyRequest, 'headers' | 'url'>,
  access: Access,
): Promise<Caller> => {
  if (access === 'public') return publicCaller(services)
  const caller = await findCaller(services, request)
  if (!caller) throw new Problem('NOT_SIGNED_IN')
  if (access === 'signedIn') return caller
  if (access === 'driver') {
    if (caller.driverId === undefined) throw new Problem('SCOPE_MISSING', 'Only drivers have this.')
    return caller
  }
  if (!caller.scopes.has(access)) throw new Problem('SCOPE_MISSING', `This needs the scope ${access}.`)
  return caller
}
