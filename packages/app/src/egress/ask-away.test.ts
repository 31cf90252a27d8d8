import assert from 'node:assert/strict'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, isIP } from 'node:net'
import { test } from 'node:test'
import { createAskAway } from './ask-away.ts'

const within = { withinMs: 2_000, mostBytes: 1_000 }
const question = (url: string) => ({ url, headers: { 'content-type': 'text/plain' }, body: Buffer.from('who?') })

const served = async (answer: RequestListener, ask: (url: string) => Promise<void>) => {
  const server = createServer(answer).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  try {
    await ask(`http://127.0.0.1:${(server.address() as AddressInfo).port}/ask`)
  } finally {
    server.closeAllConnections()
    server.close()
  }
}
/** Loopback only, for a server of the test. */
const loopback = createAskAway({ ...within, mayReach: (host) => isIP(host) !== 0 })

test('an answer comes back whole, with its status', () =>
  served(
    (request, response) => {
      request.pipe(response.writeHead(418))
    },
    async (url) => {
      const { status, body } = await loopback(question(url))
      assert.deepEqual([status, Buffer.from(body).toString()], [418, 'who?'])
    },
  ))

test('an answer without end is read no further than the limit', () =>
  served(
    (_, response) => {
      response.write('x'.repeat(900))
      setImmediate(() => response.end('x'.repeat(200)))
    },
    (url) => assert.rejects(loopback(question(url)), /more than 1000 bytes/),
  ))

test('a redirect is an answer and is not followed', () =>
  served(
    (_, response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    async (url) => assert.equal((await loopback(question(url))).status, 302),
  ))

test('private addresses, names that lead to them, other protocols and passwords in the address are refused', async () => {
  const ask = createAskAway(within)
  for (const url of ['http://127.0.0.1/', 'http://[::1]/', 'http://10.0.0.1/', 'https://169.254.169.254/'])
    await assert.rejects(ask(question(url)), /not a public address/, url)
  await assert.rejects(ask(question('http://localhost/')), /not a public address/)
  for (const url of ['ftp://example.org/', 'file:///etc/passwd', 'nonsense', 'http://me:secret@example.org/'])
    await assert.rejects(ask(question(url)), /no address to ask/, url)
})
