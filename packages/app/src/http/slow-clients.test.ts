import assert from 'node:assert/strict'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { after, before, test } from 'node:test'
import { createApp } from './create-app.ts'
import { openTestApp, type TestApp } from './testing/test-app.ts'

const PATIENCE = { headersMs: 300, requestMs: 600, checkEveryMs: 50 }
/** Far beyond the patience of the server, and far below the 30 seconds after which Node looks by itself. */
const BYTES = 100
const BYTE_EVERY = 100

let it: TestApp
let app: Awaited<ReturnType<typeof createApp>>
let port: number
before(async () => {
  it = await openTestApp()
  app = await createApp(it.services, { patience: PATIENCE })
  await app.listen({ host: '127.0.0.1', port: 0 })
  port = (app.server.address() as AddressInfo).port
})
after(async () => {
  await app.close()
  await it.close()
})

/** Sends a beginning at once and then a byte now and then; answers how many bytes it got to send before it was let go. */
const drip = (beginning: string, byte: string): Promise<number> =>
  new Promise((resolve) => {
    const socket: Socket = connect(port, '127.0.0.1')
    let sent = 0
    const timer = setInterval(() => {
      if (++sent >= BYTES) socket.destroy()
      else if (byte !== '') socket.write(byte)
    }, BYTE_EVERY)
    socket.on('error', () => {})
    // What the server says is read, or its end would not be seen.
    socket.resume()
    socket.once('connect', () => socket.write(beginning))
    socket.once('close', () => {
      clearInterval(timer)
      resolve(sent)
    })
  })

const slow: readonly (readonly [who: string, beginning: string, byte: string])[] = [
  ['one that says nothing at all', '', ''],
  ['one that begins and stops', 'GET / HTTP/1.1\r\nHos', ''],
  ['one that sends a header byte by byte', 'GET / HTTP/1.1\r\nHost: a\r\nX-Slow: ', 'a'],
  ['one that asks for a link byte by byte', 'GET /ocpp/CS-1 HTTP/1.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nX: ', 'a'],
  [
    'one that sends a body byte by byte',
    'POST /api/v1/setup HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"token":"',
    'a',
  ],
]

test('clients that are slow on purpose are let go, and others are served meanwhile', async () => {
  const all = Promise.all(slow.flatMap(([, beginning, byte]) => [drip(beginning, byte), drip(beginning, byte)]))
  assert.equal((await fetch(`http://127.0.0.1:${port}/livez`)).status, 200)
  const sent = await all
  for (const [index, [who]] of slow.entries())
    for (const bytes of [sent[2 * index], sent[2 * index + 1]]) assert.ok(Number(bytes) < BYTES, `${who} sent all it had`)
})
