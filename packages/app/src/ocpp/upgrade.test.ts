import assert from 'node:assert/strict'
import { connect as connectTcp } from 'node:net'
import { after, before, test } from 'node:test'
import { type OcppWorld, openOcppWorld, PASSWORD } from './testing/ocpp-world.ts'
import { basic, connectStation, resultOf } from './testing/test-station.ts'

let world: OcppWorld
before(async () => {
  world = await openOcppWorld()
  await world.addStation('A')
  await world.addStation('B')
})
after(() => world.close())

let lastOctet = 1
/** An address of its own for each test, so that their failures are not counted together. */
const newAddress = () => `127.0.0.${++lastOctet}`

/** Writes the bytes of an upgrade by hand and reads the whole answer. */
const upgrade = (path: string, headers: Readonly<Record<string, string>>, localAddress = newAddress()) =>
  new Promise<string>((resolve, reject) => {
    const { port } = new URL(world.url)
    const socket = connectTcp({ port: Number(port), host: '127.0.0.1', localAddress })
    let text = ''
    socket.on('data', (data) => {
      text += data.toString('latin1')
      if (text.startsWith('HTTP/1.1 101')) socket.destroy()
    })
    socket.on('close', () => resolve(text))
    socket.on('error', reject)
    const all = {
      Host: 'x',
      Upgrade: 'websocket',
      Connection: 'Upgrade',
      'Sec-WebSocket-Key': 'AAAAAAAAAAAAAAAAAAAAAA==',
      'Sec-WebSocket-Version': '13',
      ...headers,
    }
    socket.write(
      `GET ${path} HTTP/1.1\r\n${Object.entries(all)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}\r\n`,
    )
  })
const statusOf = (answer: string) => Number(answer.split(' ')[1])
const P16 = { 'Sec-WebSocket-Protocol': 'ocpp1.6' }

const credentials: readonly (readonly [sentence: string, path: string, authorization: string | undefined])[] = [
  ['no password', '/ocpp/A', undefined],
  ['an empty password', '/ocpp/A', basic('A', '')],
  ['a wrong password', '/ocpp/A', basic('A', 'wrong')],
  ['the right password under another name', '/ocpp/A', basic('B', PASSWORD)],
  ['an unknown identity', '/ocpp/nobody', basic('nobody', PASSWORD)],
  ['a header that is not Basic', '/ocpp/A', 'Bearer abc'],
  ['a header that is not base64', '/ocpp/A', 'Basic %%%'],
]
test('whatever is wrong with the credentials, the answer is the same 401 before 101, and nothing changes', async () => {
  const answers = []
  for (const [, path, authorization] of credentials) {
    const headers: Record<string, string> = { ...P16 }
    if (authorization !== undefined) headers.Authorization = authorization
    answers.push(await upgrade(path, headers))
  }
  for (const [index, answer] of answers.entries()) assert.equal(answer, answers[0], credentials[index]?.[0] ?? '')
  assert.equal(statusOf(answers[0] ?? ''), 401)
  assert.deepEqual(await world.rows('select from voltway.charging_station where link_epoch > 0'), [])
})

const paths: readonly (readonly [path: string, headers: Readonly<Record<string, string>>, status: number])[] = [
  ['/ocpp//A', P16, 404],
  ['/ocpp/A/', P16, 404],
  ['/ocpp/A?x=1', P16, 404],
  ['/ocpp/', P16, 404],
  ['/other/A', P16, 404],
  ['/ocpp/A%00', P16, 400],
  ['/ocpp/%41', P16, 400],
  ['/ocpp/%zz', P16, 400],
  [`/ocpp/${'A'.repeat(49)}`, P16, 400],
  ['/ocpp/a', P16, 401],
  ['/ocpp/A', { 'Sec-WebSocket-Protocol': 'ocpp9.9' }, 400],
  ['/ocpp/A', { 'Sec-WebSocket-Protocol': 'ocpp2.1' }, 400],
  ['/ocpp/A', {}, 400],
]
for (const [path, headers, status] of paths) {
  test(`${path.slice(0, 20)} with ${Object.values(headers)[0] ?? 'no subprotocol'} is ${status}, never a station`, async () => {
    assert.equal(statusOf(await upgrade(path, { ...headers, Authorization: basic(path === '/ocpp/a' ? 'a' : 'A', PASSWORD) })), status)
    assert.equal(world.ocpp.linkCount(), 0)
  })
}

test('the version is chosen for each connection, in the order of the station', async () => {
  for (const [offered, chosen] of [
    ['ocpp2.0.1,ocpp1.6', 'ocpp2.0.1'],
    ['ocpp2.1,ocpp1.6', 'ocpp1.6'],
  ] as const) {
    const station = await world.connect('A', { protocol: offered })
    assert.equal(station.socket.protocol, chosen)
    assert.equal(station.socket.extensions, '')
    await station.close()
    await world.eventually(`select from voltway.outbox where type = 'station.disconnected'`, chosen === 'ocpp2.0.1' ? 1 : 2)
  }
})

test('a password is good as hexadecimal digits too, and an identity may need encoding', async () => {
  await world.addStation('Depot 7|left')
  const station = await world.connect('Depot 7|left', { password: Buffer.from(PASSWORD).toString('hex') })
  await station.close()
})

test('the previous password is good until the new one was used, and no longer', async () => {
  const id = await world.addStation('rotated')
  await world.rows(`update voltway.charging_station set previous_password_hash = password_hash, password_hash = '\\x00' where id = '${id}'`)
  await (await world.connect('rotated')).close()
  await world.rows(
    `update voltway.charging_station set password_hash = previous_password_hash, previous_password_hash = '\\x01' where id = '${id}'`,
  )
  await world.eventually(`select from voltway.outbox where subject = '${id}' and type = 'station.disconnected'`)
  await (await world.connect('rotated')).close()
  assert.equal((await world.rows(`select from voltway.charging_station where id = '${id}' and previous_password_hash is null`)).length, 1)
})

test('security profile 0 is only for stations that an operator opened', async () => {
  await world.addStation('open', { openAccess: true })
  await (await world.connect('open', { password: '' })).close()
  await assert.rejects(world.connect('B', { password: '', localAddress: newAddress() }), /401/)
})

test('who guesses is soon told 429, and the station itself comes in from its own address meanwhile', async () => {
  const address = newAddress()
  const answers = []
  for (let index = 0; index < 60; index++)
    answers.push(statusOf(await upgrade('/ocpp/B', { ...P16, Authorization: basic('B', `guess ${index}`) }, address)))
  assert.equal(answers.at(0), 401)
  assert.equal(answers.at(-1), 429)
  assert.ok(answers.filter((status) => status === 401).length <= 12)
  await (await world.connect('B', { localAddress: newAddress() })).close()
})

test('a second link with the right password is refused while the first lives; the first still hears commands; an alarm is raised', async () => {
  const id = await world.addStation('twice')
  const first = await world.booted('twice')
  await assert.rejects(world.connect('twice'), /409/)
  const asked = world.ocpp.gateway.call({ tenantId: world.place.tenantId, stationId: id }, 'ClearCache', {}, { requestedBy: 'test' })
  assert.equal((await asked).outcome, 'invalid', 'an action that is not built is not sent')
  const reset = world.ocpp.gateway.perform({ tenantId: world.place.tenantId, stationId: id }, { kind: 'reset', hard: false }, 'test')
  const { id: messageId, action } = await first.nextCall()
  assert.equal(action, 'Reset')
  first.answer(messageId, { status: 'Accepted' })
  assert.deepEqual(await reset, { accepted: true })
  assert.deepEqual(await world.rows(`select kind from voltway.alarm where station_id = '${id}'`), [{ kind: 'DuplicateStation' }])
})

test('a link that is frozen is replaced, and its late end does not end its successor', async () => {
  const id = await world.addStation('frozen')
  const first = await world.booted('frozen')
  first.socket.pause()
  const second = await world.connect('frozen')
  resultOf(await second.call('Heartbeat', {}))
  first.socket.resume()
  await first.closed
  const asked = world.ocpp.gateway.perform({ tenantId: world.place.tenantId, stationId: id }, { kind: 'reset', hard: true }, 'test')
  const { id: messageId } = await second.nextCall()
  second.answer(messageId, { status: 'Accepted' })
  assert.deepEqual(await asked, { accepted: true })
  assert.equal((await world.ocpp.gateway.linkOf({ tenantId: world.place.tenantId, stationId: id }))?.epoch, 2)
  assert.equal((await world.rows(`select from voltway.charging_station where id = '${id}' and connected_at > disconnected_at`)).length, 1)
})

test('of many links that a station opens at once exactly one lives', async () => {
  const id = await world.addStation('herd')
  const all = await Promise.allSettled(Array.from({ length: 20 }, () => world.connect('herd')))
  assert.equal(all.filter(({ status }) => status === 'fulfilled').length, 1)
  assert.equal((await world.ocpp.gateway.linkOf({ tenantId: world.place.tenantId, stationId: id }))?.epoch, 1)
})

test('a handshake that is wrong in itself is refused, and the station can still come in', async () => {
  await world.addStation('clumsy')
  const headers = { ...P16, Authorization: basic('clumsy', PASSWORD), 'Sec-WebSocket-Key': 'short' }
  assert.equal(statusOf(await upgrade('/ocpp/clumsy', headers)), 400)
  await (await world.connect('clumsy')).close()
})

test('a stalled handshake holds nobody up', async () => {
  const { port } = new URL(world.url)
  const stalled = Array.from({ length: 50 }, () => connectTcp({ port: Number(port), host: '127.0.0.1' }).on('error', () => {}))
  for (const socket of stalled) socket.write('GET /ocpp/A HTTP/1.1\r\nHost')
  const station = await connectStation(`${world.url}A`, { authorization: basic('A', PASSWORD) })
  await station.close()
  for (const socket of stalled) socket.destroy()
})
