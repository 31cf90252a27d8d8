import assert from 'node:assert/strict'
import { createDecipheriv, createECDH, createPublicKey, type ECDH, hkdfSync, randomBytes, verify } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { Agent } from 'node:https'
import { type AddressInfo, connect } from 'node:net'
import { after, before, test } from 'node:test'
import { type NewNotification, type PushTarget, pushTargets, savePushSubscription } from '@voltway/store'
import { openTestDatabase, type SeededTenant, seedTenant, testId } from '@voltway/store/testing'
import webPush from 'web-push'
import { NOON } from '../jobs/testing/job-world.ts'
import { quietLog } from '../log.ts'
import { createPushSender, type PushWay } from './push-sender.ts'

interface Heard {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

const database = await openTestDatabase()
const vapid = { ...webPush.generateVAPIDKeys(), subject: 'mailto:operator@one.example' }
const heard: Heard[] = []
let reply = (response: ServerResponse) => void response.writeHead(201).end()
const service = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray())
  heard.push({ path: request.url ?? '', headers: request.headers, body })
  reply(response)
})
let place: SeededTenant
let way: PushWay
before(async () => {
  place = await seedTenant(database)
  service.listen(0, '127.0.0.1')
  await once(service, 'listening')
  const { port } = service.address() as AddressInfo
  // The sender speaks https to its agent; where that leads is the agent's part: here to a service on this machine.
  const agent = Object.assign(new Agent(), { createConnection: () => connect(port, '127.0.0.1') })
  way = { agent, mayCall: () => true, withinMs: 2_000 }
})
after(async () => {
  service.closeAllConnections()
  service.close()
  await database.close()
})

/** A browser's side: its keys and its subscription. */
const browser = (endpoint: string) => {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const auth = randomBytes(16)
  const target: PushTarget = { endpoint, keys: { p256dh: keys.getPublicKey('base64url'), auth: auth.toString('base64url') } }
  return { keys, auth, target }
}
const notification = (): NewNotification => ({
  id: testId(),
  driverId: place.driverId,
  sessionId: testId<'Session'>(),
  kind: 'started',
  data: { importWh: 1_200, socPercent: 41 },
  createdAt: NOON,
})
const subscribe = ({ endpoint, keys }: PushTarget) =>
  database.inTenant(place.tenantId, (tx) =>
    savePushSubscription(tx, place.tenantId, { driverId: place.driverId, endpoint, keys, createdAt: NOON }),
  )
const subscribed = async () =>
  (await database.inTenant(place.tenantId, (tx) => pushTargets(tx, place.tenantId, place.driverId))).map(({ endpoint }) => endpoint).sort()

const derive = (secret: Uint8Array, salt: Uint8Array, info: string | Buffer, length: number) =>
  Buffer.from(hkdfSync('sha256', secret, salt, info, length))

/** RFC 8291, section 3, and RFC 8188, as the browser does it. */
const decrypt = (body: Buffer, keys: ECDH, auth: Buffer): string => {
  const salt = body.subarray(0, 16)
  const keyLength = body.readUInt8(20)
  const sender = body.subarray(21, 21 + keyLength)
  const sealed = body.subarray(21 + keyLength)
  assert.ok(body.readUInt32BE(16) >= sealed.length, 'one record')
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender])
  const input = derive(keys.computeSecret(sender), auth, info, 32)
  const key = derive(input, salt, 'Content-Encoding: aes128gcm\0', 16)
  const decipher = createDecipheriv('aes-128-gcm', key, derive(input, salt, 'Content-Encoding: nonce\0', 12))
  decipher.setAuthTag(sealed.subarray(-16))
  const record = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()])
  const end = record.lastIndexOf(2)
  assert.ok(end >= 0 && record.subarray(end + 1).every((byte) => byte === 0), 'the last record ends with 2 and padding')
  return record.subarray(0, end).toString()
}

/** RFC 8292: what the service is told of us, held against our public key. */
const vapidClaims = (authorization: string): Record<string, unknown> => {
  const [, token, key] = /^vapid t=([^,]+), ?k=(.+)$/.exec(authorization) ?? []
  assert.equal(key, vapid.publicKey)
  const [head = '', claims = '', signature = ''] = String(token).split('.')
  const point = Buffer.from(vapid.publicKey, 'base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') }
  const signed = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  assert.ok(signed, 'the token is signed with our key')
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}

test('a notice reaches the push service sealed for its browser alone, and signed by this installation', async () => {
  const { keys, auth, target } = browser('https://push.example:8443/send/1?a=b')
  const sent = notification()
  await createPushSender({ db: database, log: quietLog }, vapid, way).send(place.tenantId, target, sent)
  const request = heard.pop()
  assert.ok(request)
  assert.equal(request.path, '/send/1?a=b')
  assert.deepEqual([request.headers['content-encoding'], request.headers.ttl, request.headers.urgency], ['aes128gcm', '600', 'normal'])
  assert.deepEqual(JSON.parse(decrypt(request.body, keys, auth)), { kind: 'started', sessionId: sent.sessionId, data: sent.data })
  assert.ok(!request.body.toString('latin1').includes('started'))
  const stranger = browser('https://push.example/send/2')
  assert.throws(() => decrypt(request.body, stranger.keys, stranger.auth))
  const claims = vapidClaims(String(request.headers.authorization))
  assert.deepEqual([claims.aud, claims.sub], ['https://push.example:8443', 'mailto:operator@one.example'])
})

test('a browser that has left is forgotten; one whose service is in trouble is not', async () => {
  const sender = createPushSender({ db: database, log: quietLog }, vapid, way)
  const targets = [200, 404, 410, 429, 500].map((status) => ({ status, target: browser(`https://push.example/${status}`).target }))
  for (const { target } of targets) await subscribe(target)
  for (const { status, target } of targets) {
    reply = (response) => void response.writeHead(status).end()
    await sender.send(place.tenantId, target, notification())
  }
  assert.deepEqual(
    await subscribed(),
    [200, 429, 500].map((status) => `https://push.example/${status}`),
  )
})

test('a service that redirects is not followed, and one that talks without end or not at all keeps nobody', async () => {
  const sender = createPushSender({ db: database, log: quietLog }, vapid, { ...way, withinMs: 300 })
  const { target } = browser('https://push.example/odd')
  heard.length = 0
  reply = (response) => void response.writeHead(307, { location: 'http://127.0.0.1/' }).end()
  await sender.send(place.tenantId, target, notification())
  reply = (response) => {
    response.writeHead(201)
    const more = () => response.write('x'.repeat(65_536)) && setImmediate(more)
    response.on('drain', more).on('error', () => {})
    more()
  }
  await sender.send(place.tenantId, target, notification())
  reply = () => {}
  await sender.send(place.tenantId, target, notification())
  assert.equal(heard.length, 3)
})

test('an address that may not be called is not', async () => {
  heard.length = 0
  const sender = createPushSender({ db: database, log: quietLog }, vapid, { ...way, mayCall: () => false })
  await sender.send(place.tenantId, browser('https://127.0.0.1/send').target, notification())
  const asItIs = createPushSender({ db: database, log: quietLog }, vapid)
  for (const endpoint of ['https://127.0.0.1/send', 'http://push.example/send', 'https://localhost/send'])
    await asItIs.send(place.tenantId, browser(endpoint).target, notification())
  assert.equal(heard.length, 0)
})
