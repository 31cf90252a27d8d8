import assert from 'node:assert/strict'
import { test } from 'node:test'
import Fastify from 'fastify'
import { manualClock } from '../ocpp/testing/manual-clock.ts'
import { finishRequests } from './finish-requests.ts'

/** A server with a request under way that is answered when told. */
const open = async () => {
  const clock = manualClock()
  const server = Fastify({ forceCloseConnections: true })
  finishRequests(server, clock)
  const [begun, answer] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()]
  server.get('/slow', () => {
    begun.resolve()
    return answer.promise
  })
  const url = await server.listen({ port: 0, host: '127.0.0.1' })
  const asked = fetch(`${url}/slow`).then(
    (response) => response.text(),
    () => 'cut off',
  )
  await begun.promise
  return { clock, server, asked, answer: answer.resolve }
}

test('a request that is under way when the server closes is answered', async () => {
  const { server, asked, answer } = await open()
  const closing = server.close()
  setImmediate(() => answer('done'))
  await closing
  assert.equal(await asked, 'done')
})

test('one that takes too long is cut off', async () => {
  const { clock, server, asked } = await open()
  const closing = server.close()
  await new Promise((resolve) => setImmediate(resolve))
  clock.advance(5_000)
  await closing
  assert.equal(await asked, 'cut off')
})
