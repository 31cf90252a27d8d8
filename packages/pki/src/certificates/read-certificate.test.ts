import assert from 'node:assert/strict'
import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { DAY, epochMs, seeded } from '@voltway/units'
import { makeKeyPair } from '../keys/make-key-pair.ts'
import { makeIso20TestPki, makeTestPki } from '../test-pki/make-test-pki.ts'
import { readIssued } from '../testing/read-issued.ts'
import { seededBytes } from '../testing/seeded-bytes.ts'
import { EXTENDED_KEY_USAGE } from './extensions.ts'
import { instantOf } from './instant-of.ts'
import { issueCertificate, keyIdOf } from './issue-certificate.ts'
import { dersOfPem, pemOf } from './pem.ts'
import { readCertificate } from './read-certificate.ts'

const NOW = epochMs(Date.UTC(2026, 10, 27))
const options = { now: NOW, random: seededBytes(1), ocspUrl: 'http://ocsp.test/' }
const pki = makeTestPki(options)
const { subCa1, subCa2 } = pki.branches.mo

test('what was put into a certificate is read out of it', () => {
  const contract = readIssued(pki.contract)
  assert.deepEqual(contract.subject, { commonName: 'DEVTWC12345678', organization: 'Voltway Test', country: 'DE', domainComponent: 'MO' })
  assert.deepEqual(contract.keyUsage?.toSorted(), ['digitalSignature', 'keyAgreement', 'keyEncipherment', 'nonRepudiation'])
  assert.deepEqual([contract.curve, contract.authority, contract.ocspUrls], ['P-256', undefined, ['http://ocsp.test/']])
  assert.deepEqual([contract.notBefore, contract.notAfter], [NOW - DAY / 24, NOW + 730 * DAY])
  assert.deepEqual(contract.keyId, keyIdOf(pki.contract.publicKey))
  assert.deepEqual(contract.issuerKeyId, keyIdOf(subCa2.publicKey))
  assert.deepEqual(contract.issuerDer, readIssued(subCa2).subjectDer)
  assert.deepEqual(contract.unknownCritical, [])
  assert.deepEqual([readIssued(subCa1).authority, readIssued(subCa2).authority], [{ pathLength: 1 }, { pathLength: 0 }])
  assert.deepEqual(readIssued(pki.roots.mo).authority, { pathLength: undefined })
})

test('a contract of ISO 15118-20 has a key identifier of 8 bytes, the last 60 bits of the long one', () => {
  const { contract, vehicle } = makeIso20TestPki(options)
  const long = keyIdOf(contract.publicKey).toHex()
  assert.equal(readIssued(contract).keyId?.toHex(), `4${long.slice(-15)}`)
  assert.equal(readIssued(vehicle).keyId?.length, 20)
})

test('a certificate beyond 2049 keeps its times', () => {
  const { notAfter } = readIssued(pki.roots.v2g)
  assert.equal(notAfter, NOW + 40 * 365 * DAY)
})

test('every certificate of ISO 15118-20 is read', () => {
  for (const curve of ['P-521', 'Ed448'] as const) assert.equal(readIssued(makeIso20TestPki(options, curve).vehicle).curve, curve)
})

test('a provisioning certificate on Ed448 has an alternate key on X448, and may agree on keys by it', () => {
  const { oemProvisioning, vehicle } = makeIso20TestPki(options, 'Ed448')
  const { alternateKey, keyUsage, publicKey } = readIssued(oemProvisioning)
  assert.equal(publicKey.asymmetricKeyType, 'ed448')
  assert.ok(alternateKey?.equals(createPublicKey(oemProvisioning.alternateKey!)))
  assert.deepEqual(keyUsage, ['digitalSignature', 'keyAgreement'])
  const { alternateKey: none, keyUsage: signs } = readIssued(vehicle)
  assert.deepEqual([none, signs], [undefined, ['digitalSignature']])
})

test('extended usages and the mark of a responder are read', () => {
  const { publicKey } = makeKeyPair('P-256', options.random)
  const extendedKeyUsage = Object.values(EXTENDED_KEY_USAGE)
  const profile = { keyUsage: ['digitalSignature'], extendedKeyUsage, ocspNoCheck: true } as const
  const times = { notBefore: NOW, notAfter: epochMs(NOW + DAY) }
  const der = issueCertificate({ subject: { commonName: 'x' }, publicKey, profile, ...times, signer: subCa2, random: options.random })
  const read = readIssued({ der })
  assert.deepEqual([read.extendedKeyUsage, read.ocspNoCheck, read.subject], [extendedKeyUsage, true, { commonName: 'x' }])
})

test('a key that ISO 15118 does not know is read without a curve', () => {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const profile = { keyUsage: ['digitalSignature'] } as const
  const times = { notBefore: NOW, notAfter: epochMs(NOW + DAY) }
  const der = issueCertificate({ subject: { commonName: 'x' }, publicKey, profile, ...times, signer: subCa2, random: options.random })
  assert.equal(readIssued({ der }).curve, undefined)
})

test('whatever bytes are sent, they are a certificate or malformed', () => {
  const chance = seeded(2)
  const { der } = pki.contract
  let malformed = 0
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const changed = der.slice(0, chance() < 0.2 ? Math.floor(chance() * der.length) : der.length)
    for (let flips = 1 + Math.floor(chance() * 4); flips > 0; flips -= 1)
      changed[Math.floor(chance() * changed.length)] = Math.floor(chance() * 256)
    const read = readCertificate(changed)
    if (read.ok) continue
    assert.equal(read.failure.code, 'malformed')
    malformed += 1
  }
  assert.ok(malformed > 100, `${malformed}`)
  for (const bytes of [new Uint8Array(0), new TextEncoder().encode(pemOf(der)), Uint8Array.of(...der, 0)])
    assert.ok(!readCertificate(bytes).ok)
})

test('PEM is read with text around it; what is no base64 is none', () => {
  const text = `subject=x\n${pemOf(subCa1.der)}\nsubject=y\r\n${pemOf(subCa2.der).replaceAll('\n', '\r\n')}`
  assert.deepEqual(dersOfPem(text), [subCa1.der, subCa2.der])
  assert.deepEqual(dersOfPem('nothing'), [])
  assert.equal(dersOfPem('-----BEGIN CERTIFICATE-----\nA\n-----END CERTIFICATE-----'), undefined)
})

test('a time that is none is no instant', () => {
  assert.equal(instantOf(new Date(NOW)), NOW)
  assert.throws(() => instantOf(new Date(Number.NaN)), /time/)
})
