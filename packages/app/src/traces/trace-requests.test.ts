import assert from 'node:assert/strict'
import { once } from 'node:events'
import { get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { test } from 'node:test'
import Fastify from 'fastify'
import { rememberedTraces } from './testing/remembered-traces.ts'
import { traceRequests } from './trace-requests.ts'

test('a request ends once, also one whose client goes away before the answer; what machines ask is not told', async (t) => {
  const traces = rememberedTraces()
  const server = Fastify({ forceCloseConnections: true })
  t.after(() => server.close())
  traceRequests(server, traces)
  server.get('/livez', async () => 'live')
  server.get('/things/:id', async () => 'one')
  server.get('/broken', async () => {
    throw new Error('broken')
  })
  const aborted = new Promise<void>((resolve) => server.addHook('onRequestAbort', async (_request) => resolve()))
  server.get('/stream', (_, reply) => void reply.hijack().raw.writeHead(200).write('first'))
  for (const url of ['/livez', '/things/7', '/broken']) await server.inject(url)
  await server.listen({ port: 0, host: '127.0.0.1' })
  const stream = get({ port: (server.server.address() as AddressInfo).port, host: '127.0.0.1', path: '/stream' })
  await once(stream, 'response')
  stream.on('error', () => {})
  stream.destroy()
  await aborted
  await new Promise(setImmediate)
  assert.deepEqual(
    traces.ended.map(({ name, failed, attributes }) => [name, failed, attributes?.['http.response.status_code']]),
    [
      ['GET /things/:id', false, 200],
      ['GET /broken', true, 500],
      ['GET /stream', false, undefined],
    ],
  )
})
