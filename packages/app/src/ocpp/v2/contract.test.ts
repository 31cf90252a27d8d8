import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { after, before, test } from 'node:test'
import { answerOcsp, hashDataOf, type Issued, issueTestLeaf, makeTestPki, pemOf, readCertificate, serialOf } from '@voltway/pki'
import { insertTrustAnchor } from '@voltway/store'
import { DAY, type EpochMs, epochMs, seeded, uuidv7 } from '@voltway/units'
import type { OcspClient } from '../../certificates/ocsp-client.ts'
import { createOcspClient } from '../../certificates/ocsp-client.ts'
import { canonicalEmaid } from '../../identity/hash-id-token.ts'
import { NOON, type OcppWorld, openOcppWorld } from '../testing/ocpp-world.ts'
import { resultOf, type TestStation } from '../testing/test-station.ts'

const EMAID = 'DE-VOL-C12345678-9'
const URL = 'http://ocsp.example/'
const chance = seeded(1)
const random = (count: number) => Uint8Array.from({ length: count }, () => Math.floor(chance() * 256))
const options = { now: epochMs(NOON - DAY), random, ocspUrl: URL, emaid: EMAID }
const pki = makeTestPki(options)
const stranger = makeTestPki(options)
const revoked = new Map<string, EpochMs>()
let responds = true

const responder = createOcspClient(async ({ body }) => {
  if (!responds) throw new Error('nobody answers')
  return { status: 200, body: answerOcsp({ pki, revoked }, new Uint8Array(body), NOON) }
})
const asked: string[] = []
const ocsp: OcspClient = {
  ask: (url, certificate) => {
    asked.push(url)
    return responder.ask(url, certificate)
  },
}

let world: OcppWorld
let station: TestStation
before(async () => {
  world = await openOcppWorld({ ocsp })
  await world.addStation('contract')
  await world.addCard(canonicalEmaid(EMAID))
  station = await world.connect('contract', { protocol: 'ocpp2.0.1' })
  await station.call('BootNotification', { reason: 'PowerUp', chargingStation: { vendorName: 'Volt', model: 'Two' } })
})
after(() => world.close())

const pemsOf = (issued: Issued) => [issued.der, ...issued.intermediates].map(pemOf).join('')
const authorise = async (certificate: string, idToken = EMAID) => {
  const { idTokenInfo, certificateStatus } = resultOf(
    await station.call('Authorize', { idToken: { idToken, type: 'eMAID' }, certificate }),
  ) as { idTokenInfo: { status: string }; certificateStatus: string }
  return [idTokenInfo.status, certificateStatus]
}

test('a contract is refused while no root is trusted', async () => {
  assert.deepEqual(await authorise(pemsOf(pki.contract)), ['Invalid', 'CertChainError'])
})

test('a contract under a trusted root, revoked nowhere and known as a token, is accepted; hyphens and check digit make no difference', async () => {
  const { tenantId } = world.place
  await world.database.inTenant(tenantId, (tx) =>
    insertTrustAnchor(tx, tenantId, {
      id: uuidv7<'TrustAnchor'>(NOON, world.random),
      use: 'MO',
      fingerprint: hash('sha256', pki.roots.mo.der, 'buffer'),
      subject: 'MO',
      certificate: pki.roots.mo.der,
      notAfter: epochMs(NOON + DAY),
      addedAt: NOON,
    }),
  )
  assert.deepEqual(await authorise(pemsOf(pki.contract)), ['Accepted', 'Accepted'])
  assert.equal(asked.length, 3, 'the leaf and both authorities were asked about')
  assert.deepEqual(await authorise(pemsOf(pki.contract), 'devolc12345678'), ['Accepted', 'Accepted'])
})

test('a good certificate of nobody is a good certificate, and nobody may charge with it', async () => {
  const other = issueTestLeaf(pki, options, { leaf: 'contract', commonName: 'DE-VOL-C99999999-1' })
  assert.deepEqual(await authorise(pemsOf(other), 'DE-VOL-C99999999-1'), ['Unknown', 'Accepted'])
})

test('what is wrong with a certificate is named: name, date, issuer, or no certificate at all; the operator is told', async () => {
  const expired = issueTestLeaf(pki, { ...options, now: epochMs(NOON - 3 * DAY) }, { leaf: 'contract', commonName: EMAID, lifetime: DAY })
  assert.deepEqual(await authorise(pemsOf(expired)), ['Expired', 'CertificateExpired'])
  assert.deepEqual(await authorise(pemsOf(stranger.contract)), ['Invalid', 'CertChainError'])
  assert.deepEqual(await authorise(pemsOf(pki.oemProvisioning)), ['Invalid', 'CertChainError'])
  assert.deepEqual(await authorise('no certificate'), ['Invalid', 'NoCertificateAvailable'])
  const alarms = await world.eventually(`select detail from voltway.alarm where kind = 'ContractRefused'`, 1)
  assert.ok(alarms.length > 0)
})

test('a revoked contract is refused, and one of which nobody says that it is not', async () => {
  responds = false
  assert.deepEqual(await authorise(pemsOf(pki.contract)), ['Invalid', 'CertChainError'])
  responds = true
  revoked.set(serialOf(pki.branches.mo.subCa2), NOON)
  assert.deepEqual(await authorise(pemsOf(pki.contract)), ['Invalid', 'CertificateRevoked'])
  revoked.clear()
})

test('hashes without a certificate prove nothing', async () => {
  const iso15118CertificateHashData = [
    { hashAlgorithm: 'SHA256', issuerNameHash: 'ab', issuerKeyHash: 'cd', serialNumber: '1', responderURL: URL },
  ]
  const reply = resultOf(await station.call('Authorize', { idToken: { idToken: EMAID, type: 'eMAID' }, iso15118CertificateHashData }))
  assert.equal((reply as { certificateStatus: string }).certificateStatus, 'NoCertificateAvailable')
})

test('a station gets the answer of the responder as it came, or why there is none', async () => {
  const [leaf, issuer] = [readCertificate(pki.secc.der), readCertificate(pki.secc.intermediates[0]!)]
  assert.ok(leaf.ok && issuer.ok)
  const ask = async () =>
    resultOf(
      await station.call('GetCertificateStatus', { ocspRequestData: { ...hashDataOf(leaf.value, issuer.value), responderURL: URL } }),
    ) as { status: string; ocspResult?: string; statusInfo?: { additionalInfo: string } }
  const good = await ask()
  assert.equal(good.status, 'Accepted')
  assert.equal(Buffer.from(good.ocspResult ?? '', 'base64')[0], 0x30)
  responds = false
  assert.deepEqual(await ask(), { status: 'Failed', statusInfo: { reasonCode: 'NoAnswer', additionalInfo: 'nobody answers' } })
  responds = true
})

test('neither the certificate nor the whole contract identifier stays in the log of messages', async () => {
  const frames = await world.rows<{ request: string }>(`select request from voltway.ocpp_message where action = 'Authorize'`)
  assert.ok(frames.length > 5)
  for (const { request } of frames) assert.doesNotMatch(request, /BEGIN CERTIFICATE|12345678/)
})
