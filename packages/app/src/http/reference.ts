import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'

/** The page for people who read the API, at /api/reference; its scripts are files of our own server. */
export const registerReference = async (server: FastifyInstance) => {
  await server.register(swaggerUi, {
    routePrefix: '/api/reference',
    staticCSP: true,
    uiConfig: { docExpansion: 'none', deepLinking: true },
  })
}
