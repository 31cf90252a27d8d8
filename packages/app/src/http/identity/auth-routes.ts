import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { appsOf, cookiesFor, cookiesOf } from '../../identity/app-cookies.ts'
import { CLIENT_IP_HEADER } from '../../identity/better-auth.ts'
import { signUpDriver } from '../../identity/sign-up-driver.ts'
import type { ServerServices } from '../../server-services.ts'
import { publicCaller } from '../find-caller.ts'
import { Problem } from '../problems.ts'

/** What of the identity library is reachable; the rest of its addresses does not exist here. */
const OFFERED = ['sign-in/email', 'sign-out', 'get-session', 'change-password', 'update-user', 'list-sessions', 'revoke-other-sessions']

const appOf = (request: FastifyRequest) => appsOf(request)[0] ?? 'console'

const asWebRequest = (request: FastifyRequest): Request => {
  const headers = new Headers()
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string' && name !== 'content-length') headers.set(name, value)
  }
  // The library knows one cookie: of all that the browser holds it is given the asking app's.
  const cookie = cookiesOf(appOf(request), request.headers.cookie ?? '')
  if (cookie === '') headers.delete('cookie')
  else headers.set('cookie', cookie)
  // Whoever connects cannot choose it: the library's limiter counts by it.
  headers.set(CLIENT_IP_HEADER, request.ip)
  const body = request.method === 'GET' ? undefined : JSON.stringify(request.body ?? {})
  if (body !== undefined) headers.set('content-type', 'application/json')
  return new Request(`${request.protocol}://${request.host}${request.url}`, {
    method: request.method,
    headers,
    ...(body !== undefined && { body }),
  })
}

const problemOf = (status: number, text: string) => {
  if (status === 429) return new Problem('TOO_MANY_REQUESTS', 'Too many attempts: wait a minute.')
  if (status === 401) return new Problem('SIGN_IN_REFUSED')
  const message = /"message":"([^"]+)"/.exec(text)?.[1]
  return new Problem(status >= 500 ? 'INTERNAL' : 'REQUEST_INVALID', status >= 500 ? undefined : message)
}

/** The session's token stays in its cookie, where scripts cannot read it. */
const withoutToken = (text: string): string => {
  const body: unknown = JSON.parse(text || 'null')
  if (typeof body !== 'object' || body === null || !('token' in body)) return text || 'null'
  const { token: _, ...rest } = body
  return JSON.stringify(rest)
}

const forward = async (services: ServerServices, request: FastifyRequest, reply: FastifyReply) => {
  const response = await services.identity.handler(asWebRequest(request))
  const text = await response.text()
  if (!response.ok) throw problemOf(response.status, text)
  reply.header('set-cookie', cookiesFor(appOf(request), response.headers.getSetCookie())).header('cache-control', 'no-store')
  return reply.code(response.status).type('application/json; charset=utf-8').send(withoutToken(text))
}

interface SignUp {
  readonly name: string
  readonly email: string
  readonly password: string
}
const signUpSchema = {
  type: 'object',
  required: ['name', 'email', 'password'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 200 },
    email: { type: 'string', format: 'email', maxLength: 320 },
    password: { type: 'string', minLength: 12, maxLength: 128 },
  },
}

/** Signing in, out and up, at the addresses of the identity library. */
export const registerAuth = (server: FastifyInstance, services: ServerServices) => {
  for (const path of OFFERED)
    server.route({
      method: path.startsWith('get-') || path.startsWith('list-') ? 'GET' : 'POST',
      url: `/api/auth/${path}`,
      bodyLimit: 16_384,
      schema: { hide: true } as object,
      handler: (request, reply) => forward(services, request, reply),
    })
  server.post<{ Body: SignUp }>(
    '/api/auth/sign-up/email',
    {
      bodyLimit: 16_384,
      schema: { hide: true, body: signUpSchema } as object,
      config: { rateLimit: { max: services.config.signInsPerMinute, timeWindow: 60_000 } },
    },
    async (request, reply) => {
      if (!services.config.openSignUp) throw new Problem('SIGN_UP_CLOSED')
      const { tenantId } = await publicCaller(services)
      await signUpDriver(services, tenantId, request.body)
      const { email, password } = request.body
      const signIn = new Request(`${request.protocol}://${request.host}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: request.headers.origin ?? `${request.protocol}://${request.host}`,
          [CLIENT_IP_HEADER]: request.ip,
        },
        body: JSON.stringify({ email, password }),
      })
      const response = await services.identity.handler(signIn)
      reply.header('set-cookie', cookiesFor(appOf(request), response.headers.getSetCookie())).header('cache-control', 'no-store')
      return reply.type('application/json; charset=utf-8').send(withoutToken(await response.text()))
    },
  )
}
