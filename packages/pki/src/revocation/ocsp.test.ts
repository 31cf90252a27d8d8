import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { DAY, epochMs, MINUTE, seeded } from '@voltway/units'
import { EXTENDED_KEY_USAGE } from '../certificates/extensions.ts'
import { issueCertificate, keyBitsOf } from '../certificates/issue-certificate.ts'
import { makeKeyPair } from '../keys/make-key-pair.ts'
import { makeIso20TestPki, makeTestPki } from '../test-pki/make-test-pki.ts'
import type { TestPki } from '../test-pki/test-pki.ts'
import { answerOcsp, serialOf } from '../test-pki/test-responder.ts'
import { readIssued } from '../testing/read-issued.ts'
import { seededBytes } from '../testing/seeded-bytes.ts'
import { hashDataOf, ocspRequestDataOf, sameHashData } from './hash-data.ts'
import { ocspRequest, readOcspRequest } from './ocsp-request.ts'
import { type OcspAnswer, ocspResponse } from './ocsp-response.ts'
import { verifyOcspResponse } from './verify-ocsp-response.ts'

const NOW = epochMs(Date.UTC(2026, 10, 27))
const random = seededBytes(1)
const options = { now: NOW, random, ocspUrl: 'http://ocsp.test/' }
const iso2 = makeTestPki(options)
const { subCa1, subCa2 } = iso2.branches.mo
const certificate = readIssued(iso2.contract)
const issuer = readIssued(subCa2)
const hashData = hashDataOf(certificate, issuer)
const nonce = random(16)
const asked = ocspRequest({ certificates: [hashData], nonce })

const answered = (changes: Partial<OcspAnswer> = {}): readonly OcspAnswer[] => [
  { certificate: hashData, status: 'good', thisUpdate: NOW, nextUpdate: epochMs(NOW + DAY), ...changes },
]
const signed = (changes: Partial<OcspAnswer> = {}) => ocspResponse({ answers: answered(changes), producedAt: NOW, signer: subCa2 })
const question = { certificate, issuer, now: NOW }
const codeOf = (response: Uint8Array, changes: object = {}): string => {
  const verified = verifyOcspResponse({ ...question, response, ...changes })
  return verified.ok ? verified.value.status : verified.failure.code
}

test('a certificate is named by hashes of its issuer and by its serial number', () => {
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
  const bits = keyBitsOf(subCa2.publicKey)
  assert.equal(bits.length, 65)
  assert.equal(bits[0], 4)
  // The name as it stands in the certificate that it issued.
  assert.ok(Buffer.from(iso2.contract.der).includes(issuer.subjectDer))
  const { serialNumber } = certificate.x509
  assert.deepEqual(hashData, {
    hashAlgorithm: 'SHA256',
    issuerNameHash: hash(issuer.subjectDer),
    issuerKeyHash: hash(bits),
    serialNumber: serialNumber.toLowerCase(),
  })
  assert.equal(ocspRequestDataOf(certificate, issuer)?.responderURL, 'http://ocsp.test/')
  const root = readIssued(iso2.roots.mo)
  assert.equal(ocspRequestDataOf(root, root), undefined)
  assert.ok(sameHashData(hashData, { ...hashData, issuerNameHash: hashData.issuerNameHash.toUpperCase() }))
  assert.ok(!sameHashData(hashData, hashDataOf(certificate, issuer, 'SHA512')))
})

for (const hashAlgorithm of ['SHA256', 'SHA384', 'SHA512'] as const)
  test(`a request by ${hashAlgorithm} is read as it was written, for serial numbers of every form`, () => {
    for (const serialNumber of ['0', '7f', '80', 'f00', 'ffffffffffffffffffffffffffffffffffffffff']) {
      const certificates = [{ ...hashDataOf(certificate, issuer, hashAlgorithm), serialNumber }, hashData]
      assert.deepEqual(readOcspRequest(ocspRequest({ certificates, nonce })), { ok: true, value: { certificates, nonce } })
      assert.deepEqual(readOcspRequest(ocspRequest({ certificates })), { ok: true, value: { certificates } })
    }
  })

for (const [name, pki] of [
  ['P-256', iso2],
  ['P-521', makeIso20TestPki(options)],
  ['Ed448', makeIso20TestPki(options, 'Ed448')],
] as readonly (readonly [string, TestPki])[])
  test(`the responder of a test PKI on ${name} answers for a whole chain, and says what is revoked`, () => {
    const chain = [pki.contract, pki.branches.mo.subCa2, pki.branches.mo.subCa1, pki.roots.mo].map(readIssued)
    const revoked = new Map([[serialOf(pki.branches.mo.subCa2), epochMs(NOW - DAY)]])
    const statuses = chain.slice(0, -1).map((one, index) => {
      const above = chain[index + 1]!
      const response = answerOcsp({ pki, revoked }, ocspRequest({ certificates: [hashDataOf(one, above)], nonce }), NOW)
      return verifyOcspResponse({ response, certificate: one, issuer: above, now: NOW, nonce })
    })
    const times = { thisUpdate: NOW, nextUpdate: NOW + DAY }
    assert.deepEqual(statuses, [
      { ok: true, value: { status: 'good', ...times } },
      { ok: true, value: { status: 'revoked', revokedAt: NOW - DAY, ...times } },
      { ok: true, value: { status: 'good', ...times } },
    ])
  })

test('who asks for what is not of this PKI, or nothing that can be read, is told so', () => {
  const stranger = makeTestPki({ ...options, random: seededBytes(2) })
  assert.equal(codeOf(answerOcsp({ pki: stranger }, asked, NOW)), 'not-successful')
  assert.equal(codeOf(answerOcsp({ pki: iso2 }, new Uint8Array(9), NOW)), 'not-successful')
})

/** A responder that the issuer has certified, with what may be wrong. */
const delegated = (wrong: { readonly by?: typeof subCa1; readonly usage?: string; readonly until?: number }) => {
  const keys = makeKeyPair('P-256', random)
  const responder = issueCertificate({
    subject: { commonName: 'OCSP responder' },
    publicKey: keys.publicKey,
    profile: { keyUsage: ['digitalSignature'], extendedKeyUsage: [wrong.usage ?? EXTENDED_KEY_USAGE.ocspSigning], ocspNoCheck: true },
    notBefore: epochMs(NOW - 2 * DAY),
    notAfter: epochMs(wrong.until ?? NOW + DAY),
    signer: wrong.by ?? subCa2,
    random,
  })
  return ocspResponse({ answers: answered(), producedAt: NOW, signer: keys, responder })
}
const other = { ...hashData, serialNumber: '1' }

const ANSWERS: readonly (readonly [what: string, response: Uint8Array, expected: string, changes?: object])[] = [
  ["the issuer's own answer", signed(), 'good'],
  ['the answer of a responder that the issuer has named', delegated({}), 'good'],
  ['an answer about a revoked certificate', signed({ status: 'revoked', revokedAt: epochMs(NOW - DAY) }), 'revoked'],
  ['an answer that says nothing', signed({ status: 'unknown' }), 'unknown'],
  ['an answer with the nonce of the request', answerOcsp({ pki: iso2 }, asked, NOW), 'good', { nonce }],
  ['an answer with another nonce', answerOcsp({ pki: iso2 }, asked, NOW), 'nonce', { nonce: random(16) }],
  ['a prepared answer where a nonce was sent', signed(), 'nonce', { nonce }],
  ['an answer about another certificate', signed({ certificate: other }), 'no-answer'],
  ['an answer signed by the authority above', ocspResponse({ answers: answered(), producedAt: NOW, signer: subCa1 }), 'responder'],
  ['an answer of a responder of another authority', delegated({ by: subCa1 }), 'responder'],
  ['an answer of a certificate for something else', delegated({ usage: EXTENDED_KEY_USAGE.serverAuth }), 'responder'],
  ['an answer of a responder whose time is over', delegated({ until: NOW - DAY }), 'responder'],
  ['an answer of tomorrow', signed({ thisUpdate: epochMs(NOW + DAY), nextUpdate: epochMs(NOW + 2 * DAY) }), 'not-yet-valid'],
  ['an answer whose time is over', signed({ thisUpdate: epochMs(NOW - DAY), nextUpdate: epochMs(NOW - 6 * MINUTE) }), 'stale'],
  ["an answer by a responder's clock that is behind", signed({ nextUpdate: epochMs(NOW - 4 * MINUTE) }), 'good'],
  ['no answer at all', new Uint8Array(0), 'malformed'],
]

for (const [what, response, expected, changes] of ANSWERS)
  test(`${what}: ${expected}`, () => {
    assert.equal(codeOf(response, changes), expected)
  })

test('an answer that does not say when the next one comes holds for a day', () => {
  const { nextUpdate: _, ...answer } = answered()[0]!
  const response = ocspResponse({ answers: [answer], producedAt: NOW, signer: subCa2 })
  assert.equal(codeOf(response), 'good')
  assert.equal(codeOf(response, { now: epochMs(NOW + 2 * DAY) }), 'stale')
})

test('a changed answer never says that a certificate is good', () => {
  const chance = seeded(3)
  const response = signed({ status: 'revoked', revokedAt: NOW })
  const codes = new Set<string>()
  for (let index = 0; index < response.length; index += 1)
    for (const flip of [1, 1 + Math.floor(chance() * 255)]) {
      const code = codeOf(response.with(index, response[index]! ^ flip))
      assert.ok(!['good', 'unknown'].includes(code), `byte ${index}: ${code}`)
      codes.add(code)
    }
  for (const code of ['malformed', 'signature', 'responder']) assert.ok(codes.has(code), code)
})
