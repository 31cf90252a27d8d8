import { readFile, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
}
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:"

export interface AppServerOptions {
  /** The built app. */
  readonly root: string
  /** Where it stands, as `/console/`. */
  readonly prefix: string
  /** Answers what is no file of the app; false when it does not know the address. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<boolean> | boolean
  readonly port?: number
}

/** A built app as the platform serves it, policy included, beside answers of a test's own; for tests on the loopback only. */
export const serveApp = async ({ root, prefix, answer, port = 0 }: AppServerOptions) => {
  const file = async (path: string) => {
    const full = join(root, normalize(path))
    return full.startsWith(root) &&
      (await stat(full).then(
        (found) => found.isFile(),
        () => false,
      ))
      ? full
      : join(root, 'index.html')
  }
  const handle = async (request: IncomingMessage, response: ServerResponse) => {
    if (await answer(request, response)) return
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    if (!pathname.startsWith(prefix)) return response.writeHead(404).end()
    const found = await file(decodeURIComponent(pathname.slice(prefix.length)) || 'index.html')
    response.writeHead(200, { 'content-type': TYPES[extname(found)] ?? 'application/octet-stream', 'content-security-policy': POLICY })
    response.end(await readFile(found))
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: listening } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${listening}${prefix}`, close }
}

/** The JSON body of a request; an empty one is an empty object. */
export const readJson = async (request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> => {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  return text === '' ? {} : (JSON.parse(text) as Readonly<Record<string, unknown>>)
}

/** Answers with JSON. */
export const sendJson = (response: ServerResponse, status: number, body: unknown): true => {
  response.writeHead(status, { 'content-type': status < 400 ? 'application/json' : 'application/problem+json' })
  response.end(JSON.stringify(body))
  return true
}
