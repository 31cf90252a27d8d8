import type { FastifyInstance } from 'fastify'

/** Where a QR sticker leads: the driver app's start page, which looks the code up. */
export const registerQrRedirect = (server: FastifyInstance) => {
  server.get<{ Params: { code: string } }>('/q/:code', { schema: { hide: true } as object }, (request, reply) =>
    reply.header('cache-control', 'no-store').redirect(`/start/${encodeURIComponent(request.params.code.slice(0, 40))}`, 302),
  )
}
