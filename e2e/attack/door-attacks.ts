import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import type { Town } from './open-town.ts'
import { openRawLink } from './raw-link.ts'
import { type LinkWish, openLink, refusalOf, resultOf } from './station-link.ts'

const STRANGERS: readonly (readonly [sentence: string, identity: string, wish: (town: Town) => Partial<LinkWish>])[] = [
  ['no password', 'DOOR', () => ({})],
  ['an empty password', 'DOOR', () => ({ password: '' })],
  ['a wrong password', 'DOOR', () => ({ password: 'wrong' })],
  ["another station's password", 'DOOR', (town) => ({ password: town.passwordOf('BYSTANDER') })],
  ["another station's name and password", 'DOOR', (town) => ({ username: 'BYSTANDER', password: town.passwordOf('BYSTANDER') })],
  ["another organisation's station's name and password", 'DOOR', (town) => ({ username: 'X-1', password: town.passwordOf('X-1') })],
  ['an identity that nobody has', 'NOBODY', () => ({ password: 'wrong' })],
  ['the identity in small letters', 'door', (town) => ({ password: town.passwordOf('DOOR') })],
  ['a password with a NUL behind it', 'DOOR', (town) => ({ password: `${town.passwordOf('DOOR')}\0` })],
  ['a password in another scheme', 'DOOR', (town) => ({ headers: { authorization: `Bearer ${town.passwordOf('DOOR')}` } })],
]

const PATHS = [
  '/DOOR',
  'DOOR%00',
  '%44OOR',
  'D%4fOR',
  'DOOR/',
  '..',
  '../ocpp/DOOR',
  '%2e%2e%2fDOOR',
  'DOOR?x=1',
  'DOOR%2F',
  'DOOR%',
  '%C0%AF',
  '',
  'DOOR%0d%0aX',
  'D'.repeat(4_000),
]

const PROTOCOLS = ['', 'ocpp9.9', 'ocpp2.1', 'OCPP', 'ocpp1.6.1', 'mqtt,soap']

/** What comes to a station's door with other than a station's own name and password. */
export const doorAttacks = (townOf: () => Town) => {
  test('a stranger gets 401, in the same words whatever was wrong, and no link', async () => {
    const town = townOf()
    const told = new Set<string>()
    for (const [index, [sentence, identity, wish]] of STRANGERS.entries()) {
      const refusal = await refusalOf(openLink({ port: town.port, identity, from: `127.0.1.${index + 1}`, ...wish(town) }))
      assert.equal(refusal.status, 401, sentence)
      told.add(refusal.text)
    }
    assert.equal(told.size, 1)
    assert.deepEqual(await town.rows("select link_epoch::int as epoch from voltway.charging_station where identity = 'DOOR'"), [
      { epoch: 0 },
    ])
  })

  test('a path that only looks like a station is 400, 401 or 404, never that station', async () => {
    const town = townOf()
    for (const [index, path] of PATHS.entries()) {
      const wish = { port: town.port, identity: 'DOOR', password: town.passwordOf('DOOR'), from: `127.0.2.${index + 1}` }
      const status = await statusOf({ ...wish, path })
      assert.ok([400, 401, 404].includes(status), `${path} was answered with ${status}`)
    }
    for (const target of ['/ocpp', '//ocpp/DOOR', '/OCPP/DOOR', '/api/v1/../../ocpp/DOOR', 'http://127.0.0.1/ocpp/DOOR', '/'])
      assert.ok([400, 401, 404].includes(await upgradeAt(town.port, target)), target)
  })

  test('a subprotocol that is not spoken here is refused with 400, also to a station with its right password', async () => {
    const town = townOf()
    for (const protocol of PROTOCOLS) assert.equal((await refusalOf(town.link('DOOR', { protocol }))).status, 400, protocol)
  })

  test('a handshake that is none is refused, and compression is never agreed on', async () => {
    const town = townOf()
    const authorization = `Basic ${Buffer.from(`DOOR:${town.passwordOf('DOOR')}`).toString('base64')}`
    const good = {
      authorization,
      'sec-websocket-protocol': 'ocpp1.6',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    }
    for (const wrong of [{ 'sec-websocket-version': '7' }, { 'sec-websocket-key': 'short' }, { upgrade: 'h2c' }])
      assert.notEqual(await upgradeAt(town.port, '/ocpp/DOOR', { ...good, ...wrong }), 101, JSON.stringify(wrong))
    const link = await openRawLink({ port: town.port, identity: 'DOOR', password: town.passwordOf('DOOR') })
    link.send({ payload: Buffer.alloc(60), rsv: 4 })
    assert.equal(await link.closeCode, 1002)
    link.socket.destroy()
  })

  test('guessing passwords is answered with 429 soon, and the station itself gets in from where it is', async () => {
    const town = townOf()
    const statuses: number[] = []
    for (let round = 0; round < 60; round++)
      statuses.push(
        (await refusalOf(openLink({ port: town.port, identity: 'DOOR', password: `guess-${round}`, from: '127.0.3.1' }))).status,
      )
    assert.ok(statuses.filter((status) => status === 429).length >= 45, statuses.join())
    // A header does not make a guesser somebody else.
    const headers = { 'x-forwarded-for': '10.1.1.1', forwarded: 'for=10.1.1.1' }
    const disguised = openLink({ port: town.port, identity: 'DOOR', password: 'guess', from: '127.0.3.1', headers })
    assert.equal((await refusalOf(disguised)).status, 429)
    const link = await town.link('DOOR')
    await link.close()
  })

  test('a second link with the right password is refused while the first lives, and takes over when it is frozen', async () => {
    const town = townOf()
    const first = await town.link('TWIN')
    resultOf(await first.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }))
    assert.equal((await refusalOf(town.link('TWIN'))).status, 409)
    resultOf(await first.call('Heartbeat', {}))
    const alarms = "select 1 from voltway.alarm where kind = 'DuplicateStation'"
    assert.equal((await town.rows(alarms)).length, 1)

    // Deaf and dumb, as behind a network that is gone: nothing is read, so no ping is answered.
    first.socket.pause()
    const second = await town.link('TWIN')
    resultOf(await second.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' }))
    first.socket.terminate()
    const stationId = town.one.stations.find(({ identity }) => identity === 'TWIN')?.id
    const answer = await town.ask('POST', `/api/v1/stations/${stationId}/commands/Reset`, { key: town.key, body: { type: 'Soft' } })
    assert.equal(answer.status, 502, answer.text)
    assert.ok(second.asked.includes('Reset'))
    await second.close()
  })

  test('two hundred slow strangers keep no station waiting', async () => {
    const town = townOf()
    const slow = Array.from({ length: 200 }, (_, index) => {
      const socket = connect({ port: town.port, host: '127.0.0.1', localAddress: `127.0.4.${(index % 200) + 1}` })
      socket.on('error', () => {})
      socket.write('GET /ocpp/DOOR HTTP/1.1\r\nX-Slow: ')
      return socket
    })
    const link = await town.link('DOOR')
    await link.close()
    for (const socket of slow) socket.destroy()
  })
}

const statusOf = async (wish: LinkWish): Promise<number> =>
  upgradeAt(
    wish.port,
    `/ocpp/${wish.path}`,
    {
      authorization: `Basic ${Buffer.from(`${wish.identity}:${wish.password}`).toString('base64')}`,
      'sec-websocket-protocol': 'ocpp1.6',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    },
    wish.from,
  )

/** The status of an upgrade at a target that is sent as it stands; 0 when the connection just ends. */
const upgradeAt = (port: number, target: string, headers: Readonly<Record<string, string>> = {}, localAddress = '127.0.5.1') =>
  new Promise<number>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', localAddress })
    let heard = ''
    const end = () => {
      socket.destroy()
      resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(heard)?.[1] ?? 0))
    }
    socket.setTimeout(10_000, end)
    socket.on('error', end)
    socket.on('close', end)
    socket.on('data', (chunk) => {
      heard += chunk
      end()
    })
    const lines = Object.entries({ host: '127.0.0.1', connection: 'Upgrade', upgrade: 'websocket', ...headers }).map(
      ([name, value]) => `${name}: ${value}`,
    )
    socket.write(`GET ${target} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`)
  })
