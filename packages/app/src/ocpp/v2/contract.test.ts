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

/** What a station sends that checked the chain itself: how OCSP names the leaf, then each authority. */
const hashesOf = ({ der, intermediates, root }: Issued, hashAlgorithm: 'SHA256' | 'SHA512' = 'SHA256') => {
  const chain = [der, ...intermediates, root].map(readCertificate).flatMap((one) => (one.ok ? [one.value] : []))
  return chain.slice(0, -1).map((one, depth) => ({ ...hashDataOf(one, chain[depth + 1]!, hashAlgorithm), responderURL: URL }))
}
const authoriseByHash = async (iso15118CertificateHashData: readonly object[], idToken = EMAID) => {
  const { idTokenInfo, certificateStatus } = resultOf(
    await station.call('Authorize', { idToken: { idToken, type: 'eMAID' }, iso15118CertificateHashData }),
  ) as { idTokenInfo: { status: string }; certificateStatus: string }
  return [idTokenInfo.status, certificateStatus]
}

test('hashes of a certificate that was never seen prove nothing', async () => {
  const other = issueTestLeaf(pki, options, { leaf: 'contract', commonName: 'DE-VOL-C55555555-5' })
  assert.deepEqual(await authoriseByHash(hashesOf(other), 'DE-VOL-C55555555-5'), ['Invalid', 'NoCertificateAvailable'])
})

test('hashes of a certificate that was found good before are answered by it, whichever digest names it', async () => {
  assert.deepEqual(await authorise(pemsOf(pki.contract)), ['Accepted', 'Accepted'])
  assert.deepEqual(await authoriseByHash(hashesOf(pki.contract)), ['Accepted', 'Accepted'])
  assert.deepEqual(await authoriseByHash(hashesOf(pki.contract, 'SHA512'), 'devolc12345678'), ['Accepted', 'Accepted'])
  assert.deepEqual(await authoriseByHash(hashesOf(pki.contract).slice(0, 1)), ['Accepted', 'Accepted'])
})

test('hashes that name another certificate than the known one, or authorities that are not above it, are refused', async () => {
  const [leaf, ...above] = hashesOf(pki.contract)
  assert.deepEqual(await authoriseByHash([{ ...leaf, serialNumber: '1' }]), ['Invalid', 'NoCertificateAvailable'])
  assert.deepEqual(await authoriseByHash(above), ['Invalid', 'NoCertificateAvailable'])
  assert.deepEqual(await authoriseByHash([leaf!, hashesOf(stranger.contract)[1]!]), ['Invalid', 'CertChainError'])
})

test('a known certificate is held against what is so today: revoked, or nobody who says that it is not', async () => {
  const hashes = hashesOf(pki.contract)
  revoked.set(serialOf(pki.contract), NOON)
  assert.deepEqual(await authoriseByHash(hashes), ['Invalid', 'CertificateRevoked'])
  revoked.clear()
  responds = false
  assert.deepEqual(await authoriseByHash(hashes), ['Invalid', 'CertChainError'])
  responds = true
  assert.deepEqual(await authoriseByHash(hashes), ['Accepted', 'Accepted'])
})

test('what is kept of a contract names nobody', async () => {
  const rows = await world.rows('select * from voltway.known_contract')
  assert.ok(rows.length > 0)
  for (const row of rows) assert.doesNotMatch(Buffer.from(JSON.stringify(row)).toString('latin1'), /12345678/)
  const bytes = rows.flatMap((row) => (row as { authorities: Buffer[] }).authorities.map((one) => one.toString('latin1')))
  assert.ok(bytes.every((text) => !text.includes('12345678')))
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

test('a known certificate below a root that is no longer trusted is refused', async () => {
  await world.rows("delete from voltway.trust_anchor where use = 'MO'")
  assert.deepEqual(await authoriseByHash(hashesOf(pki.contract)), ['Invalid', 'CertChainError'])
})
