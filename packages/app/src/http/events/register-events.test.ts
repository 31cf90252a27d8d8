import assert from 'node:assert/strict'
import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import { openTestApp, type TestApp } from '../testing/test-app.ts'

let it: TestApp
let port: number
before(async () => {
  it = await openTestApp()
  await it.app.listen({ host: '127.0.0.1', port: 0 })
  port = (it.app.server.address() as AddressInfo).port
})
after(() => it?.close())

const asking = () => `GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${it.key}\r\n\r\n`
const openStreams = async () => Number(/^voltway_live_streams (\d+)/m.exec((await it.ask('GET', '/metrics')).text)?.[1])
const PATIENCE_MS = 10_000
const noneLeft = async () => {
  const until = performance.now() + PATIENCE_MS
  while ((await openStreams()) > 0 && performance.now() < until);
  return (await openStreams()) === 0
}

test('a stream is counted while it is read, and not after', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.write(asking())
  await once(socket, 'data')
  assert.equal(await openStreams(), 1)
  socket.destroy()
  assert.ok(await noneLeft())
})

test('a reader that is gone before it was known who it is leaves no stream behind', async () => {
  for (let count = 0; count < 20; count += 1) {
    const socket = connect(port, '127.0.0.1')
    await new Promise((sent) => socket.write(asking(), sent))
    socket.destroy()
  }
  // One that stays is answered after them.
  const last = connect(port, '127.0.0.1')
  last.write(asking())
  await once(last, 'data')
  last.destroy()
  assert.ok(await noneLeft())
})
