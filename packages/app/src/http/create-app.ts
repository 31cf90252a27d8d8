import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import swagger from '@fastify/swagger'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { type FastifyInstance, type FastifyRequest } from 'fastify'
import { systemClock } from '../clock.ts'
import type { ServerServices } from '../server-services.ts'
import { traceRequests } from '../traces/trace-requests.ts'
import { errorHandler, sendProblem } from './error-handler.ts'
import { registerEvents } from './events/register-events.ts'
import { finishRequests } from './finish-requests.ts'
import { registerAuth } from './identity/auth-routes.ts'
import { openApi } from './openapi.ts'
import { checkOrigin } from './origin.ts'
import { problemBody } from './problems.ts'
import { registerQrRedirect } from './qr-redirect.ts'
import { registerReference } from './reference.ts'
import { API, registerRoute } from './register-routes.ts'
import { ROUTES } from './routes.ts'
import { NAMED } from './schemas/ref.ts'
import { serializerCompilers } from './serializer-compilers.ts'
import type { Readiness } from './status/readiness.ts'
import { registerStatus } from './status/register-status.ts'
import { validatorCompiler } from './validation.ts'
import { registerWebApps, type WebRoots } from './web-apps.ts'

/** How long a client may take; a socket that is slower is closed at the next check. */
export interface Patience {
  readonly headersMs: number
  readonly requestMs: number
  readonly checkEveryMs: number
}

export interface AppOptions {
  readonly readiness?: (() => Readiness) | undefined
  readonly webRoots?: WebRoots | undefined
  readonly patience?: Patience | undefined
}

/** Node looks at slow sockets only every 30 seconds unless told: thousands that send a byte now and then are let go within 15. */
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 120_000, checkEveryMs: 5_000 }

/** Sent with every page: no inline script, nothing from elsewhere; styles inline because component libraries measure with them. */
const CONTENT_SECURITY_POLICY = {
  directives: {
    defaultSrc: ["'self'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", "'unsafe-inline'"],
    imgSrc: ["'self'", 'data:', 'blob:'],
    connectSrc: ["'self'"],
    workerSrc: ["'self'", 'blob:'],
    objectSrc: ["'none'"],
    baseUri: ["'self'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    upgradeInsecureRequests: null,
  },
}

const BODY_LIMIT = 1_048_576

/** By the route that was found: an address may be written in more than one way. */
const isApi = (request: FastifyRequest) => (request.routeOptions.url ?? request.url).startsWith('/api/')

/** The HTTP side as it listens or is injected into: routes, errors, limits, headers, pages. */
export const createApp = async (
  services: ServerServices,
  { webRoots, readiness, patience = PATIENCE }: AppOptions = {},
): Promise<FastifyInstance> => {
  const { config, log, traces } = services
  const server = Fastify({
    logger: false,
    bodyLimit: BODY_LIMIT,
    trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
    connectionTimeout: 0,
    requestTimeout: patience.requestMs,
    http: { headersTimeout: patience.headersMs, connectionsCheckingInterval: patience.checkEveryMs },
    forceCloseConnections: true,
    schemaController: { compilersFactory: { buildSerializer: serializerCompilers } },
    routerOptions: { maxParamLength: 500, ignoreTrailingSlash: true },
  }).withTypeProvider<TypeBoxTypeProvider>()
  server.setValidatorCompiler(validatorCompiler)
  server.setErrorHandler(errorHandler(log))
  // Programs name the type also where they send nothing: an empty body is no body.
  const parseJson = server.getDefaultJsonParser('error', 'error')
  server.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) =>
    body === '' ? done(null, undefined) : parseJson(request, body, done),
  )
  server.decorateRequest('caller', undefined)
  for (const schema of NAMED) server.addSchema(schema)

  traceRequests(server, traces)
  await server.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    crossOriginEmbedderPolicy: false,
    strictTransportSecurity: config.publicUrl?.startsWith('https:') ? { maxAge: 31_536_000 } : false,
    referrerPolicy: { policy: 'same-origin' },
  })
  await server.register(rateLimit, {
    max: config.requestsPerMinute,
    timeWindow: 60_000,
    allowList: (request) => !isApi(request),
  })
  server.addHook('onRequest', checkOrigin(config))
  // Names, receipts and sessions are kept by no cache on the way, nor by a browser after signing out.
  server.addHook('onSend', async (request, reply) => {
    if (isApi(request) && !reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
  })
  await server.register(swagger, openApi)

  registerStatus(server, services, readiness)
  registerAuth(server, services)
  for (const definition of ROUTES) registerRoute(server, () => services, definition)
  registerEvents(server, () => services)
  // After the live streams have been ended.
  finishRequests(server, systemClock)
  registerQrRedirect(server)
  server.get(`${API}/openapi.json`, { schema: { hide: true } as object }, () => server.swagger())
  await registerReference(server)
  const showPage = await registerWebApps(server, webRoots)
  server.setNotFoundHandler((request, reply) => {
    if (showPage && request.method === 'GET' && !request.url.startsWith('/api/')) return showPage(request, reply)
    return sendProblem(reply, problemBody('ROUTE_NOT_FOUND', `There is nothing at ${request.method} ${request.url.split('?')[0]}.`))
  })
  return server
}
