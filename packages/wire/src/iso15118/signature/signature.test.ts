import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { type Rooted, untypedCodecOf } from '../index.ts'
import type { SignatureType } from '../xmldsig/index.ts'
import type { SignatureAlgorithm } from './algorithms.ts'
import { fragmentParts } from './fragment-parts.ts'
import { signElements, signParts } from './sign-elements.ts'
import { signMessage, verifyMessage } from './sign-message.ts'
import { signatureOf, signedElementsOf } from './signed-elements.ts'
import type { SigningSchema } from './signed-parts.ts'
import { signingWith, verifyingWith } from './testing/node-crypto.ts'
import { ISO2_MESSAGES, ISO20_MESSAGES } from './testing/signable-messages.ts'
import { verifyElements } from './verify-elements.ts'

const KEYS = {
  'ecdsa-sha256': generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  'ecdsa-sha512': generateKeyPairSync('ec', { namedCurve: 'P-521' }),
  ed448: generateKeyPairSync('ed448'),
} as const

/** A message of either set: which one is checked by the test that passes it. */
const sign = (schema: SigningSchema, message: Rooted, algorithm: SignatureAlgorithm): Rooted => {
  const signed = signMessage(schema, message as never, signingWith(algorithm, KEYS[algorithm].privateKey))
  assert.ok(signed.ok, signed.ok ? '' : JSON.stringify(signed.failure))
  return signed.value
}
const verify = (schema: SigningSchema, message: Rooted, algorithm: SignatureAlgorithm) =>
  verifyMessage(schema, message as never, verifyingWith(KEYS[algorithm].publicKey))
const codeOf = (schema: SigningSchema, message: Rooted, algorithm: SignatureAlgorithm) => {
  const verified = verify(schema, message, algorithm)
  return verified.ok ? 'believed' : verified.failure.code
}
const throughExi = (schema: SigningSchema, message: Rooted): Rooted => {
  const codec = untypedCodecOf(schema).document
  const encoded = codec.encode(message)
  assert.ok(encoded.ok, encoded.ok ? '' : JSON.stringify(encoded.failure))
  const decoded = codec.decode(encoded.value)
  assert.ok(decoded.ok)
  return decoded.value
}

const CASES: readonly (readonly [SigningSchema, Rooted, SignatureAlgorithm])[] = [
  ...ISO2_MESSAGES.map((message) => ['iso15118-2', message, 'ecdsa-sha256'] as const),
  ...ISO20_MESSAGES.map((message) => ['iso15118-20/CommonMessages', message, 'ecdsa-sha512'] as const),
  ...ISO20_MESSAGES.map((message) => ['iso15118-20/CommonMessages', message, 'ed448'] as const),
]
const nameOf = (schema: SigningSchema, { root, value }: Rooted): string =>
  schema === 'iso15118-2' ? `${Object.keys((value as { Body: object }).Body)[0]} of -2` : `${root} of -20`
const [AUTHORIZATION, INSTALLATION_REQ, INSTALLATION_RES, AUTHORIZATION_20] = [CASES[0]!, CASES[2]!, CASES[3]!, CASES[7]!]

for (const [schema, message, algorithm] of CASES)
  test(`${nameOf(schema, message)} is signed by ${algorithm}, sent, read and believed`, () => {
    const received = throughExi(schema, sign(schema, message, algorithm))
    assert.deepEqual(verify(schema, received, algorithm), { ok: true, value: algorithm })
  })

test('how many elements of each message are signed', () => {
  const counts = CASES.slice(0, 13).map(([schema, message]) => [nameOf(schema, message), signedElementsOf(schema, message).length])
  assert.deepEqual(counts, [
    ['AuthorizationReq of -2', 1],
    ['MeteringReceiptReq of -2', 1],
    ['CertificateInstallationReq of -2', 1],
    ['CertificateInstallationRes of -2', 4],
    ['CertificateUpdateReq of -2', 1],
    ['CertificateUpdateRes of -2', 4],
    ['ChargeParameterDiscoveryRes of -2', 3],
    ['AuthorizationReq of -20', 1],
    ['CertificateInstallationReq of -20', 1],
    ['CertificateInstallationRes of -20', 1],
    ['MeteringConfirmationReq of -20', 1],
    ['ScheduleExchangeRes of -20', 1],
    ['ScheduleExchangeRes of -20', 2],
  ])
})

/** What a signature is to protect: the signed elements, the SignedInfo and the signature itself. */
const protectedOf = (schema: SigningSchema, message: Rooted) => {
  const { SignedInfo, SignatureValue } = (signatureOf(message) ?? {}) as { SignedInfo?: unknown; SignatureValue?: { value: Uint8Array } }
  return JSON.stringify([signedElementsOf(schema, message), SignedInfo, SignatureValue?.value], (_, value) =>
    value instanceof Uint8Array ? value.toHex() : typeof value === 'bigint' ? `${value}n` : value,
  )
}

for (const [schema, message, algorithm] of CASES)
  test(`${nameOf(schema, message)} signed by ${algorithm} is not believed when a byte of what is protected was changed`, () => {
    const codec = untypedCodecOf(schema).document
    const signed = throughExi(schema, sign(schema, message, algorithm))
    const encoded = codec.encode(signed)
    assert.ok(encoded.ok)
    const before = protectedOf(schema, signed)
    const random = seeded(encoded.value.length)
    const codes = new Set<string>()
    // P-521 is slow to check.
    const stride = algorithm === 'ecdsa-sha512' ? 16 : 4
    for (let index = 1; index < encoded.value.length; index += 1 + Math.floor(random() * stride)) {
      const tampered = encoded.value.slice()
      tampered[index]! ^= 1 + Math.floor(random() * 255)
      const decoded = codec.decode(tampered)
      if (!decoded.ok) continue
      const code = codeOf(schema, decoded.value, algorithm)
      if (protectedOf(schema, decoded.value) === before) assert.equal(code, 'believed', `byte ${index}`)
      else assert.notEqual(code, 'believed', `byte ${index}`)
      codes.add(code)
    }
    for (const code of ['digest', 'signature']) assert.ok(codes.has(code), `${code} in ${[...codes]}`)
  })

test('another key, and a signature of another message, are not believed', () => {
  const [schema, message, algorithm] = AUTHORIZATION
  const signed = sign(schema, message, algorithm)
  const other = verifyingWith(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey)
  const verified = verifyMessage(schema, signed as never, other)
  assert.equal(verified.ok ? '' : verified.failure.code, 'signature')
  const otherSignature = signatureOf(sign(...INSTALLATION_REQ))
  const value = signed.value as { Header: object }
  const swapped = { ...signed, value: { ...value, Header: { ...value.Header, Signature: otherSignature } } }
  assert.equal(codeOf(schema, swapped, algorithm), 'unknown-reference')
})

/** The message with a changed signature. */
const resigned = (message: Rooted, change: (signature: SignatureType) => object): Rooted => {
  const value = message.value as { Header: object }
  return { ...message, value: { ...value, Header: { ...value.Header, Signature: change(signatureOf(message) as SignatureType) } } }
}
const inInfo =
  (change: (info: SignatureType['SignedInfo']) => object) =>
  (signature: SignatureType): object => ({ ...signature, SignedInfo: { ...signature.SignedInfo, ...change(signature.SignedInfo) } })
const SHA1 = { Algorithm: 'http://www.w3.org/2000/09/xmldsig#sha1' }
const XML_CANONICAL = { Algorithm: 'http://www.w3.org/2001/10/xml-exc-c14n#' }
const ECDSA_SHA512 = { Algorithm: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512' }

const CHANGES: readonly (readonly [what: string, code: string, change: (signature: SignatureType) => object])[] = [
  ['fewer references than elements', 'element-unsigned', inInfo(({ Reference }) => ({ Reference: Reference.slice(1) }))],
  ['a fifth reference', 'too-many-references', inInfo(({ Reference }) => ({ Reference: [...Reference, Reference[0]] }))],
  ['another canonicalization', 'canonicalization', inInfo(() => ({ CanonicalizationMethod: XML_CANONICAL }))],
  [
    'another transform',
    'canonicalization',
    inInfo(({ Reference }) => ({ Reference: Reference.map((one) => ({ ...one, Transforms: { Transform: [XML_CANONICAL] } })) })),
  ],
  [
    'no transform',
    'canonicalization',
    inInfo(({ Reference }) => ({ Reference: Reference.map(({ Transforms: _, ...reference }) => reference) })),
  ],
  ['digests by SHA-1', 'algorithm', inInfo(({ Reference }) => ({ Reference: Reference.map((one) => ({ ...one, DigestMethod: SHA1 })) }))],
  ['an unknown algorithm', 'algorithm', inInfo(() => ({ SignatureMethod: SHA1 }))],
  ['the algorithm of the other generation', 'algorithm', inInfo(() => ({ SignatureMethod: ECDSA_SHA512 }))],
  ['its value as DER', 'signature-length', (signature) => ({ ...signature, SignatureValue: { value: new Uint8Array(71) } })],
]

for (const [what, code, change] of CHANGES)
  test(`a signature with ${what} is refused: ${code}`, () => {
    const [schema, message, algorithm] = INSTALLATION_RES
    assert.equal(codeOf(schema, resigned(sign(schema, message, algorithm), change), algorithm), code)
  })

test('a message without signature, one of another kind and elements with the same Id are refused', () => {
  const [schema, message, algorithm] = AUTHORIZATION
  assert.equal(codeOf(schema, message, algorithm), 'unsigned')
  const header = { Header: { SessionID: new Uint8Array(8) } }
  const other = { root: 'V2G_Message', value: { ...header, Body: { SessionStopReq: { ChargingSession: 'Terminate' } } } }
  assert.equal(codeOf(schema, other, algorithm), 'nothing-to-sign')
  const [, installation] = INSTALLATION_RES
  const { Body } = installation.value as { Body: { CertificateInstallationRes: { eMAID: object } } }
  const twice = { CertificateInstallationRes: { ...Body.CertificateInstallationRes, eMAID: { Id: 'dh', value: 'DEVTWC12345678' } } }
  const signed = signMessage(
    schema,
    { root: 'V2G_Message', value: { ...header, Body: twice } } as never,
    signingWith(algorithm, KEYS[algorithm].privateKey),
  )
  assert.equal(signed.ok ? '' : signed.failure.code, 'duplicate-id')
})

test('a signed element that is longer than its schema allows is believed when it comes, and not signed here', () => {
  const schema = 'iso15118-2'
  const root = 'CertificateInstallationReq'
  const ListOfRootCertificateIDs = { RootCertificateID: [{ X509IssuerName: 'CN=a', X509SerialNumber: 1n }] }
  const element = { root, value: { Id: 'req', OEMProvisioningCert: new Uint8Array(801), ListOfRootCertificateIDs } }
  const signing = signingWith('ecdsa-sha256', KEYS['ecdsa-sha256'].privateKey)
  const refused = signElements(schema, [element], signing)
  assert.deepEqual(refused.ok || [refused.failure.code, refused.failure.message.includes('OEMProvisioningCert')], ['encoding', true])
  const parts = fragmentParts(schema, [element], { lenient: true })
  assert.ok(parts.ok)
  const signature = signParts(parts.value, signing)
  assert.ok(signature.ok)
  const verifying = verifyingWith(KEYS['ecdsa-sha256'].publicKey)
  assert.deepEqual(verifyElements({ schema, elements: [element] }, signature.value, verifying), { ok: true, value: 'ecdsa-sha256' })
})

test('an algorithm of the older generation is believed in -20 only where it is named', () => {
  const [schema, message] = AUTHORIZATION_20
  const signed = sign(schema, message, 'ecdsa-sha256')
  assert.equal(codeOf(schema, signed, 'ecdsa-sha256'), 'algorithm')
  const accepting = verifyingWith(KEYS['ecdsa-sha256'].publicKey, ['ecdsa-sha512', 'ecdsa-sha256'])
  assert.deepEqual(verifyMessage(schema, signed as never, accepting), { ok: true, value: 'ecdsa-sha256' })
})
