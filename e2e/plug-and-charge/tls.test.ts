// The test PKI in real handshakes, and what Node's TLS does of ISO 15118 and what it does not (docs/decisions/0020).
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { type AddressInfo, createServer as createPlainServer } from 'node:net'
import { test } from 'node:test'
import {
  connect,
  createSecureContext,
  createServer,
  getCiphers,
  type SecureContextOptions,
  type TLSSocket,
  type TlsOptions,
} from 'node:tls'
import {
  answerOcsp,
  dersOfPem,
  hashDataOf,
  type Issued,
  makeIso20TestPki,
  makeTestPki,
  ocspRequest,
  pemOf,
  readCertificate,
} from '@voltway/pki'
import { epochMs } from '@voltway/units'

const NOW = epochMs(Date.now())
const options = { now: NOW, random: randomBytes }
const iso2 = makeTestPki(options)

const credentials = ({ der, intermediates, privateKey }: Issued): SecureContextOptions => ({
  cert: [der, ...intermediates].map(pemOf).join(''),
  key: privateKey.export({ format: 'pem', type: 'pkcs8' }),
})
const trusting = (...roots: readonly Issued[]): SecureContextOptions => ({ ca: roots.map(({ der }) => pemOf(der)) })

interface Handshake {
  readonly protocol: string | null
  readonly cipher: string
  readonly stapled: Buffer | undefined
  readonly shown: string | undefined
}

/** One handshake on loopback; the failure of either end when it does not come about. */
const shakeHands = async (server: TlsOptions, client: SecureContextOptions, staple?: Buffer): Promise<Handshake | Error> => {
  const listener = createServer(server)
  if (staple !== undefined) listener.on('OCSPRequest', (_certificate, _issuer, answer) => answer(null, staple))
  const failed = new Promise<Error>((resolve) => listener.on('tlsClientError', resolve))
  const accepted = new Promise<TLSSocket>((resolve) => listener.on('secureConnection', resolve))
  listener.listen(0, '::1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  // A station is known by its chain, not by a host name.
  const socket = connect({ host: '::1', port, requestOCSP: staple !== undefined, checkServerIdentity: () => undefined, ...client })
  let stapled: Buffer | undefined
  socket.on('OCSPResponse', (response) => {
    stapled = response
  })
  try {
    const refused = new Promise<Error>((resolve) => socket.on('error', resolve))
    const outcome = await Promise.race([Promise.all([once(socket, 'secureConnect'), accepted]), failed, refused])
    if (outcome instanceof Error) return outcome
    const shown = outcome[1].getPeerCertificate().subject?.CN
    return {
      protocol: socket.getProtocol(),
      cipher: socket.getCipher().standardName,
      stapled,
      shown: shown === undefined ? undefined : String(shown),
    }
  } finally {
    socket.destroy()
    listener.close()
  }
}

const SUITE = 'ECDHE-ECDSA-AES128-SHA256'
const TLS12 = { minVersion: 'TLSv1.2', maxVersion: 'TLSv1.2', ciphers: SUITE } as const
const TLS13 = {
  minVersion: 'TLSv1.3',
  ciphers: 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256',
  ecdhCurve: 'secp521r1:X448',
} as const

test('a car of ISO 15118-2 knows a station by the V2G root, over the suite of the standard', async () => {
  const done = await shakeHands({ ...TLS12, ...credentials(iso2.secc) }, { ...TLS12, ...trusting(iso2.roots.v2g) })
  assert.ok(!(done instanceof Error), String(done))
  assert.deepEqual([done.protocol, done.cipher], ['TLSv1.2', 'TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256'])
})

test('a station of another root is refused', async () => {
  const done = await shakeHands({ ...TLS12, ...credentials(iso2.secc) }, { ...TLS12, ...trusting(iso2.roots.oem) })
  assert.match(String(done), /certificate/)
})

for (const [curve, sigalgs] of [
  ['P-521', 'ecdsa_secp521r1_sha512'],
  ['Ed448', 'ed448'],
] as const) {
  const pki = makeIso20TestPki(options, curve)
  const station = { ...TLS13, sigalgs, requestCert: true, ...credentials(pki.secc), ...trusting(pki.roots.oem) }
  const car = { ...TLS13, sigalgs, ...trusting(pki.roots.v2g) }

  test(`car and station of ISO 15118-20 know each other, on ${curve}`, async () => {
    const done = await shakeHands(station, { ...car, ...credentials(pki.vehicle) })
    assert.ok(!(done instanceof Error), String(done))
    assert.deepEqual([done.protocol, done.cipher, done.shown], ['TLSv1.3', 'TLS_AES_256_GCM_SHA384', pki.vehicle.subject.commonName])
  })

  test(`a car without certificate, or with one of another root, is refused, on ${curve}`, async () => {
    assert.ok((await shakeHands(station, car)) instanceof Error)
    assert.ok((await shakeHands(station, { ...car, ...credentials(pki.contract) })) instanceof Error)
  })
}

test('one OCSP response is stapled, that of the leaf', async () => {
  const [leaf, issuer] = [iso2.secc.der, iso2.branches.cpo.subCa2.der].map(readCertificate)
  assert.ok(leaf?.ok && issuer?.ok)
  const response = answerOcsp({ pki: iso2 }, ocspRequest({ certificates: [hashDataOf(leaf.value, issuer.value)] }), NOW)
  const done = await shakeHands({ ...TLS12, ...credentials(iso2.secc) }, { ...TLS12, ...trusting(iso2.roots.v2g) }, Buffer.from(response))
  assert.ok(!(done instanceof Error), String(done))
  assert.deepEqual(new Uint8Array(done.stapled ?? []), response)
})

test('the static suites of ISO 15118-2 do not exist', () => {
  const suites = getCiphers()
  assert.ok(suites.includes(SUITE.toLowerCase()))
  assert.ok(!suites.some((suite) => suite.startsWith('ecdh-ecdsa')))
  assert.throws(() => createSecureContext({ ciphers: 'ECDH-ECDSA-AES128-SHA256' }), /no cipher match/)
})

/** The extension types of a ClientHello that comes in one record (RFC 8446, 4.1.2). */
const extensionsOf = (hello: Buffer): readonly number[] => {
  let at = 5 + 4 + 2 + 32
  at += 1 + hello.readUInt8(at)
  at += 2 + hello.readUInt16BE(at)
  at += 1 + hello.readUInt8(at)
  const end = at + 2 + hello.readUInt16BE(at)
  const types: number[] = []
  for (at += 2; at < end; at += 4 + hello.readUInt16BE(at + 2)) types.push(hello.readUInt16BE(at))
  return types
}

test('a client sends neither trusted_ca_keys, nor status_request_v2, nor certificate_authorities', async () => {
  const hello = Promise.withResolvers<Buffer>()
  const listener = createPlainServer((socket) => {
    socket.on('error', () => undefined)
    socket.once('data', (bytes) => {
      hello.resolve(Buffer.from(bytes))
      socket.destroy()
    })
  })
  listener.listen(0, '::1')
  await once(listener, 'listening')
  const { port } = listener.address() as AddressInfo
  const socket = connect({ host: '::1', port, requestOCSP: true, ...trusting(iso2.roots.v2g) })
  socket.on('error', () => undefined)
  const types = extensionsOf(await hello.promise)
  socket.destroy()
  listener.close()
  // status_request is there: what was read are extensions.
  assert.ok(types.includes(5))
  for (const missing of [3, 17, 47]) assert.ok(!types.includes(missing), `${missing} in ${types}`)
})

test('a chain file is read as it was written', () => {
  const chain = [iso2.secc.der, ...iso2.secc.intermediates]
  assert.deepEqual(dersOfPem(chain.map(pemOf).join('')), chain)
})
