import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { type ConnectionOptions, connect } from 'node:tls'
import { seeded } from '@voltway/units'
import { testPki } from '../testing/test-pki.ts'
import { chooserOf, missingFor } from './choose-generation.ts'
import { type ClientHello, EXTENSION, MAX_CLIENT_HELLO, readClientHello, TLS_1_2, TLS_1_3 } from './client-hello.ts'
import { bothWires, TLS_POLICY, wireOf } from './generations.ts'

/** The first bytes of a TLS client of the platform. */
const helloOf = async (options: ConnectionOptions): Promise<Uint8Array> => {
  const server = createServer().listen(0, '::1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const client = connect({ ...options, host: '::1', port: address.port })
  client.on('error', () => {})
  const bytes = await new Promise<Buffer>((resolve) => server.once('connection', (socket) => socket.once('data', resolve)))
  client.destroy()
  server.close()
  return new Uint8Array(bytes)
}

const BOTH = await helloOf({ ...bothWires(TLS_POLICY), requestOCSP: true })
const OLD = await helloOf(wireOf('iso2', TLS_POLICY))

const read = (bytes: Uint8Array): ClientHello => {
  const hello = readClientHello(bytes)
  assert.ok(hello.ok && hello.value !== undefined, JSON.stringify(hello))
  return hello.value
}

test('what a client of both generations offers is read in its order', () => {
  const { versions, cipherSuites, groups, signatureSchemes, extensions } = read(BOTH)
  assert.deepEqual(versions, [TLS_1_3, TLS_1_2])
  assert.deepEqual(cipherSuites.slice(0, 3), [0x1302, 0x1303, 0xc023])
  assert.deepEqual(
    [groups.slice(0, 3), signatureSchemes],
    [
      [0x0019, 0x001e, 0x0017],
      [0x0603, 0x0808, 0x0403],
    ],
  )
  assert.deepEqual([extensions.has(EXTENSION.status_request), extensions.has(EXTENSION.trusted_ca_keys)], [true, false])
  assert.deepEqual(read(OLD).versions, [TLS_1_2])
})

test('it is complete only when all of it is there, in one record or in many', () => {
  for (let length = 0; length < BOTH.length; length++)
    assert.deepEqual(readClientHello(BOTH.subarray(0, length)), { ok: true, value: undefined })
  const handshake = BOTH.subarray(5)
  const records = Array.from({ length: Math.ceil(handshake.length / 7) }, (_, at) => {
    const part = handshake.subarray(at * 7, at * 7 + 7)
    return [22, 3, 1, 0, part.length, ...part]
  })
  assert.deepEqual(read(Uint8Array.from(records.flat())), read(BOTH))
})

const bytesOf = (hex: string) => Uint8Array.fromHex(hex)
const refused: [sentence: string, bytes: Uint8Array, code: string][] = [
  ['V2GTP', bytesOf('01fe800100000001'), 'notTls'],
  ['an alert', bytesOf('15030100020228'), 'notTls'],
  ['a ServerHello', bytesOf('160303000402000000'), 'notTls'],
  ['a version that is not 3.x', bytesOf('1602000005'), 'notTls'],
  ['a length above the cap', bytesOf('160301000401010000'), 'oversized'],
  ['records without end', Uint8Array.from({ length: MAX_CLIENT_HELLO + 6 }, (_, at) => [22, 3, 1, 0, 0][at % 5] ?? 0), 'oversized'],
  ['an extension longer than the message', bytesOf(`16030100330100002f0303${'00'.repeat(32)}000002c02301000004002bffff`), 'malformed'],
]
for (const [sentence, bytes, code] of refused)
  test(`${sentence} is no ClientHello: ${code}`, () => {
    const hello = readClientHello(bytes)
    assert.equal(hello.ok ? 'incomplete' : hello.failure.code, code)
  })

test('no spoiled ClientHello throws', () => {
  const random = seeded(8446)
  for (let run = 0; run < 4_000; run++) {
    const bytes = BOTH.slice()
    for (let flips = 1 + Math.floor(random() * 4); flips > 0; flips--)
      bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256)
    const hello = readClientHello(bytes)
    assert.ok(hello.ok || hello.failure.message.length > 0)
  }
})

test('a station answers in the generation that the client can verify', () => {
  const { stationCredentials: both } = testPki()
  const hello = read(BOTH)
  const chooses = (credentials: Parameters<typeof chooserOf>[0], changed: Partial<ClientHello> = {}) =>
    chooserOf(credentials)({ ...hello, ...changed })
  assert.equal(chooses(both), 'iso20')
  assert.equal(chooses(both, { versions: [TLS_1_2] }), 'iso2')
  assert.equal(chooses(both, { signatureSchemes: [0x0403] }), 'iso2')
  assert.equal(chooses({ iso2: both.iso2 }), 'iso2')
  assert.equal(chooses({ iso20: both.iso20 }, { versions: [TLS_1_2] }), 'iso20')
})

test('what a car asks for in vain is listed', () => {
  const hello = read(OLD)
  assert.deepEqual(missingFor(hello), [])
  const extensions = new Set([...hello.extensions, EXTENSION.trusted_ca_keys, EXTENSION.status_request_v2])
  assert.deepEqual(
    missingFor({ ...hello, extensions, cipherSuites: [0xc025, 0x00ff] }).map((one) => one.split(':')[0]),
    ['trusted_ca_keys', 'status_request_v2', 'static ECDH'],
  )
})
