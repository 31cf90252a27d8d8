import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'

/** What the generated OpenAPI document says of the whole. */
export const openApi: FastifyDynamicSwaggerOptions = {
  openapi: {
    openapi: '3.1.0',
    info: {
      title: 'Voltway',
      version: '1',
      description:
        'Charging stations, drivers, tariffs, reservations, sessions and receipts. Errors are RFC 9457 problems with a `code`. Lists are `{items, nextCursor?}`. Instants are ISO 8601 in UTC, energy is Wh, power W, money millionths of its currency. Requests that change something take an `Idempotency-Key`. No `x-access` but `public` works without credentials.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    servers: [{ url: '/' }],
    components: {
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'bearer', description: 'An API key' },
        cookie: {
          type: 'apiKey',
          in: 'cookie',
          name: 'voltway.session_token',
          description: 'Set by POST /api/auth/sign-in/email; voltway-driver.session_token where the request says x-voltway-app: driver',
        },
      },
    },
  },
  refResolver: {
    buildLocalReference: (json, _base, _fragment, index) => (typeof json.$id === 'string' ? json.$id : `schema${index}`),
  },
}
