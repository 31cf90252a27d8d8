import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import { CertificateList, Extension } from '@peculiar/asn1-x509'
import { DAY, epochMs, seeded } from '@voltway/units'
import { signDer } from '../certificates/signature-algorithm.ts'
import { verifyChain } from '../chains/verify-chain.ts'
import { makeIso20TestPki, makeTestPki } from '../test-pki/make-test-pki.ts'
import { answerOcsp } from '../test-pki/test-responder.ts'
import { readIssued } from '../testing/read-issued.ts'
import { seededBytes } from '../testing/seeded-bytes.ts'
import { checkCrl, issueCrl } from './crl.ts'
import { hashDataOf } from './hash-data.ts'
import { ocspRequest } from './ocsp-request.ts'
import { revocationOf } from './revocation-of.ts'

const NOW = epochMs(Date.UTC(2026, 10, 27))
const pki = makeTestPki({ now: NOW, random: seededBytes(1) })
const { subCa1, subCa2 } = pki.branches.mo
const certificate = readIssued(pki.contract)
const issuer = readIssued(subCa2)
const times = { thisUpdate: epochMs(NOW - DAY), nextUpdate: epochMs(NOW + DAY) }
const listed = [{ serialNumber: certificate.serialNumber, revokedAt: NOW }]
const others = [{ serialNumber: Uint8Array.of(1), revokedAt: NOW }]
const question = { certificate, issuer, now: NOW }
const codeOf = (crl: Uint8Array, changes: object = {}): string => {
  const checked = checkCrl({ ...question, crl, ...changes })
  return checked.ok ? checked.value : checked.failure.code
}

for (const [what, crl, expected, changes] of [
  ['a list that names the certificate', issueCrl({ issuer: subCa2, ...times, revoked: listed }), 'revoked'],
  ['a list that names others', issueCrl({ issuer: subCa2, ...times, revoked: others }), 'good'],
  ['an empty list', issueCrl({ issuer: subCa2, ...times, revoked: [] }), 'good'],
  ["another issuer's list", issueCrl({ issuer: subCa1, ...times, revoked: listed }), 'foreign'],
  ['a list signed by another key', issueCrl({ issuer: { ...subCa2, privateKey: subCa1.privateKey }, ...times, revoked: [] }), 'signature'],
  ['a list of tomorrow', issueCrl({ issuer: subCa2, ...times, revoked: [] }), 'not-yet-valid', { now: epochMs(NOW - 2 * DAY) }],
  ['a list of yesterday', issueCrl({ issuer: subCa2, ...times, revoked: [] }), 'stale', { now: epochMs(NOW + 2 * DAY) }],
  ['no list', new Uint8Array(5), 'malformed'],
] as readonly (readonly [string, Uint8Array, string, object?])[])
  test(`${what}: ${expected}`, () => {
    assert.equal(codeOf(crl, changes), expected)
  })

/** The same list with an extension, signed again. */
const extended = (crl: Uint8Array, critical: boolean, where: 'list' | 'entry'): Uint8Array => {
  const { tbsCertList, signatureAlgorithm } = AsnConvert.parse(crl, CertificateList)
  const extension = new Extension({ extnID: '2.5.29.27', critical, extnValue: new OctetString(Uint8Array.of(2, 1, 1)) })
  if (where === 'list') tbsCertList.crlExtensions = [extension]
  else for (const entry of tbsCertList.revokedCertificates ?? []) entry.crlEntryExtensions = [extension]
  const signature = signDer(new Uint8Array(AsnConvert.serialize(tbsCertList)), subCa2.privateKey).slice().buffer
  return new Uint8Array(AsnConvert.serialize(new CertificateList({ tbsCertList, signatureAlgorithm, signature })))
}
for (const where of ['list', 'entry'] as const)
  test(`a list with a critical extension that is not understood (${where}) says nothing; with another one it counts`, () => {
    const crl = issueCrl({ issuer: subCa2, ...times, revoked: listed })
    assert.equal(codeOf(extended(crl, true, where)), 'extension')
    assert.equal(codeOf(extended(crl, false, where)), 'revoked')
  })

test('lists are signed and read on the curves of the second generation', () => {
  for (const curve of ['P-521', 'Ed448'] as const) {
    const { branches, contract } = makeIso20TestPki({ now: NOW, random: seededBytes(2) }, curve)
    const crl = issueCrl({ issuer: branches.mo.subCa2, ...times, revoked: [] })
    assert.equal(codeOf(crl, { certificate: readIssued(contract), issuer: readIssued(branches.mo.subCa2) }), 'good')
  }
})

test('a list of an authority that may not sign lists is not believed', () => {
  const crl = issueCrl({ issuer: subCa2, ...times, revoked: others })
  assert.equal(codeOf(crl, { issuer: { ...issuer, keyUsage: ['keyCertSign'] } }), 'signature')
})

test('a changed list never says that a certificate is good', () => {
  const chance = seeded(4)
  const crl = issueCrl({ issuer: subCa2, ...times, revoked: listed })
  for (let index = 0; index < crl.length; index += 1)
    assert.notEqual(codeOf(crl.with(index, crl[index]! ^ (1 + Math.floor(chance() * 255)))), 'good', `byte ${index}`)
})

test('a chain is believed by what responders and lists say, and refused by one of them', () => {
  const chain = [pki.contract, subCa2, subCa1, pki.roots.mo].map(readIssued)
  const ocspResponses = chain
    .slice(0, -1)
    .map((one, index) => answerOcsp({ pki }, ocspRequest({ certificates: [hashDataOf(one, chain[index + 1]!)] }), NOW))
  const verified = (data: Parameters<typeof revocationOf>[0]) => {
    const { der: leaf, intermediates, root } = pki.contract
    const revocation = { statusOf: revocationOf(data), whenUnknown: 'refuse' } as const
    const result = verifyChain({ leaf, intermediates, roots: [root], purpose: 'contract', generation: 'iso2', now: NOW, revocation })
    return result.ok ? 'believed' : `${result.failure.code} at ${result.failure.depth}`
  }
  assert.equal(verified({ ocspResponses, now: NOW }), 'believed')
  assert.equal(verified({ ocspResponses: ocspResponses.slice(1), now: NOW }), 'revocation-unknown at 0')
  assert.equal(verified({ ocspResponses: ocspResponses.slice(0, 2), now: NOW }), 'revocation-unknown at 2')
  const clean = issueCrl({ issuer: subCa2, ...times, revoked: others })
  assert.equal(verified({ ocspResponses: ocspResponses.slice(1), crls: [clean], now: NOW }), 'believed')
  const revoking = issueCrl({ issuer: subCa2, ...times, revoked: listed })
  assert.equal(verified({ ocspResponses, crls: [revoking], now: NOW }), 'revoked at 0')
})
