import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** Folders of the built web apps. */
export interface WebRoots {
  readonly driver?: string | undefined
  readonly console?: string | undefined
  readonly simulator?: string | undefined
}

const APPS = [
  ['console', '/console/'],
  ['simulator', '/simulator/'],
  ['driver', '/'],
] as const

/** Files with a hash in their name never change; a page is asked for each time. */
const cacheControl = (path: string) =>
  /[-.][A-Za-z0-9_-]{8,}\.\w+$/.test(path) && path.includes('assets') ? 'public, max-age=31536000, immutable' : 'no-cache'

type ShowPage = (request: FastifyRequest, reply: FastifyReply) => unknown

/** Serves the apps; the answer shows an app's page for an address that is no file, since the app routes in the browser. */
export const registerWebApps = async (server: FastifyInstance, roots: WebRoots | undefined): Promise<ShowPage | undefined> => {
  const pages: { readonly prefix: string; readonly html: string }[] = []
  for (const [name, prefix] of APPS) {
    const root = roots?.[name]
    if (root === undefined) continue
    pages.push({ prefix, html: await readFile(join(root, 'index.html'), 'utf8') })
    await server.register(fastifyStatic, {
      root,
      prefix,
      wildcard: false,
      decorateReply: pages.length === 1,
      setHeaders: (response, path) => response.header('cache-control', cacheControl(path)),
      schemaHide: true,
    })
  }
  if (pages.length === 0) return undefined
  return (request, reply) => {
    const path = request.url.split('?')[0] ?? '/'
    const page = pages.find(({ prefix }) => `${path}/`.startsWith(prefix))
    // A script or picture that is missing is not a page: a browser would try to run it.
    if (!page || path.startsWith(`${page.prefix}assets/`)) return reply.code(404).type('text/plain').send('There is no such file.')
    return reply.type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page.html)
  }
}
