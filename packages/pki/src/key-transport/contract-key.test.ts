import assert from 'node:assert/strict'
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { test } from 'node:test'
import { epochMs, type Result } from '@voltway/units'
import { keyPairOfScalar, makeKeyPair } from '../keys/make-key-pair.ts'
import { signingWith, verifyingWith } from '../signatures/message-signatures.ts'
import { makeIso20TestPki, makeTestPki } from '../test-pki/make-test-pki.ts'
import { readIssued } from '../testing/read-issued.ts'
import { seededBytes } from '../testing/seeded-bytes.ts'
import type { KeyTransportFailure } from './failure.ts'
import { unwrapContractKey, wrapContractKey } from './iso2-contract-key.ts'
import { contractKeyBinding, openContractKey, sealContractKey, sealKeyBytes } from './iso20-contract-key.ts'
import { keyOfPoint, pointOf } from './public-points.ts'
import { recipientKeyOf } from './recipient-key.ts'

const random = seededBytes(1)
const options = { now: epochMs(Date.UTC(2026, 10, 27)), random }
const iso2 = makeTestPki(options)
const iso20 = makeIso20TestPki(options)
const ed448 = makeIso20TestPki(options, 'Ed448')

const received = <Value>(result: Result<Value, KeyTransportFailure>): Value => {
  if (result.ok) return result.value
  throw new Error(JSON.stringify(result.failure))
}
const codeOf = (result: Result<unknown, KeyTransportFailure>): string => (result.ok ? 'received' : result.failure.code)

const wrapped = received(wrapContractKey({ contractKey: iso2.contract.privateKey, recipient: iso2.oemProvisioning.publicKey, random }))
const unwrapping = { recipientKey: iso2.oemProvisioning.privateKey, contractPublicKey: iso2.contract.publicKey }
const another = makeKeyPair('P-256', random)

test('a contract key of -2 is received by the car that it is for', () => {
  assert.deepEqual([wrapped.dhPublicKey.length, wrapped.encryptedPrivateKey.length], [65, 48])
  assert.ok(received(unwrapContractKey(wrapped, unwrapping)).equals(iso2.contract.privateKey))
})

test('the same key is never sent twice in the same form', () => {
  const again = received(wrapContractKey({ contractKey: iso2.contract.privateKey, recipient: iso2.oemProvisioning.publicKey, random }))
  assert.notDeepEqual(again.dhPublicKey, wrapped.dhPublicKey)
  assert.notDeepEqual(again.encryptedPrivateKey, wrapped.encryptedPrivateKey)
})

const changedAt = (bytes: Uint8Array, index: number) => bytes.with(index, bytes[index]! ^ 1)
const REFUSED: readonly (readonly [string, Result<unknown, KeyTransportFailure>, string])[] = [
  ['another car', unwrapContractKey(wrapped, { ...unwrapping, recipientKey: another.privateKey }), 'wrong-key'],
  [
    'a car whose contract certificate is another',
    unwrapContractKey(wrapped, { ...unwrapping, contractPublicKey: another.publicKey }),
    'wrong-key',
  ],
  ['a car of the other generation', unwrapContractKey(wrapped, { ...unwrapping, recipientKey: iso20.oemProvisioning.privateKey }), 'curve'],
  [
    'a point that is not on the curve',
    unwrapContractKey({ ...wrapped, dhPublicKey: changedAt(wrapped.dhPublicKey, 64) }, unwrapping),
    'point',
  ],
  ['a compressed point', unwrapContractKey({ ...wrapped, dhPublicKey: wrapped.dhPublicKey.with(0, 2) }, unwrapping), 'point'],
  [
    'a field that is too short',
    unwrapContractKey({ ...wrapped, encryptedPrivateKey: wrapped.encryptedPrivateKey.subarray(1) }, unwrapping),
    'length',
  ],
  [
    'a key that is not for contracts of -2',
    wrapContractKey({ contractKey: iso20.contract.privateKey, recipient: another.publicKey, random }),
    'curve',
  ],
  [
    'a public key instead of a private one',
    wrapContractKey({ contractKey: another.publicKey, recipient: another.publicKey, random }),
    'curve',
  ],
  [
    'a recipient on another curve',
    wrapContractKey({ contractKey: another.privateKey, recipient: iso20.contract.publicKey, random }),
    'curve',
  ],
]
for (const [what, result, code] of REFUSED)
  test(`${what} is refused: ${code}`, () => {
    assert.equal(codeOf(result), code)
  })

test('a contract key of -2 that was changed anywhere is not received', () => {
  for (let index = 0; index < 48; index += 1) {
    const encryptedPrivateKey = changedAt(wrapped.encryptedPrivateKey, index)
    assert.ok(['wrong-key', 'not-a-key'].includes(codeOf(unwrapContractKey({ ...wrapped, encryptedPrivateKey }, unwrapping))))
  }
})

const binding = contractKeyBinding('vtw-0000000000001-a', readIssued(iso20.contract))
const sealed = received(
  sealContractKey({ contractKey: iso20.contract.privateKey, recipient: iso20.oemProvisioning.publicKey, binding, random }),
)
const opening = { recipientKey: iso20.oemProvisioning.privateKey, contractPublicKey: iso20.contract.publicKey, binding }

test('a contract key of -20 on P-521 is received by the car that it is for, and by no other', () => {
  assert.deepEqual([sealed.ecdhCurve, sealed.dhPublicKey.length, sealed.encryptedPrivateKey.length], ['SECP521', 133, 94])
  const key = received(openContractKey(sealed, opening))
  assert.ok(!('scalar' in key) && key.equals(iso20.contract.privateKey))
  assert.equal(codeOf(openContractKey(sealed, { ...opening, recipientKey: makeKeyPair('P-521', random).privateKey })), 'authentication')
  assert.equal(codeOf(openContractKey(sealed, { ...opening, contractPublicKey: iso20.secc.publicKey })), 'wrong-key')
})

test('it is bound to the car and the contract', () => {
  // V2G20-2492: a PCID of 18 characters and an identifier of 16; the PCID here is one shorter.
  assert.match(new TextDecoder().decode(binding), /^VTW0000000000001A4[0-9A-F]{15}$/)
  const others = [
    contractKeyBinding('VTW0000000000002A', readIssued(iso20.contract)),
    contractKeyBinding('VTW0000000000001A', readIssued(iso20.cps)),
  ]
  for (const other of others) assert.equal(codeOf(openContractKey(sealed, { ...opening, binding: other })), 'authentication')
})

test('a contract key of -20 that was changed anywhere is not received', () => {
  for (let index = 0; index < 94; index += 1) {
    const encryptedPrivateKey = changedAt(sealed.encryptedPrivateKey, index)
    assert.equal(codeOf(openContractKey({ ...sealed, encryptedPrivateKey }, opening)), 'authentication')
  }
})

const car448 = readIssued(ed448.oemProvisioning)
const sealing448 = { contractKey: ed448.contract.privateKey, recipient: received(recipientKeyOf(car448)), binding, random }
const sealed448 = received(sealContractKey(sealing448))
const opening448 = { recipientKey: ed448.oemProvisioning.alternateKey!, contractPublicKey: ed448.contract.publicKey, binding }

test('a contract key of -20 on Ed448 goes over X448 as its scalar, and signs what the contract certificate verifies', () => {
  assert.deepEqual([sealed448.ecdhCurve, sealed448.dhPublicKey.length, sealed448.encryptedPrivateKey.length], ['X448', 57, 84])
  const { algorithm, sign } = signingWith(received(openContractKey(sealed448, opening448)))
  const { verify } = verifyingWith(ed448.contract.publicKey)
  assert.equal(algorithm, 'ed448')
  assert.ok(!verify('ed448', random(64), sign('ed448', new Uint8Array(3))))
  const bytes = random(64)
  assert.ok(verify('ed448', bytes, sign('ed448', bytes)))
})

test('it is received by no other car, for no other contract, and not when it was changed', () => {
  const stranger = makeKeyPair('X448', random).privateKey
  assert.equal(codeOf(openContractKey(sealed448, { ...opening448, recipientKey: stranger })), 'authentication')
  assert.equal(codeOf(openContractKey(sealed448, { ...opening448, contractPublicKey: ed448.secc.publicKey })), 'wrong-key')
  assert.equal(codeOf(openContractKey(sealed448, opening)), 'curve')
  assert.equal(codeOf(openContractKey(sealed, opening448)), 'curve')
  for (let index = 0; index < 84; index += 1) {
    const encryptedPrivateKey = changedAt(sealed448.encryptedPrivateKey, index)
    assert.equal(codeOf(openContractKey({ ...sealed448, encryptedPrivateKey }, opening448)), 'authentication')
  }
  const zero = Uint8Array.of(4, ...new Uint8Array(56))
  assert.equal(codeOf(openContractKey({ ...sealed448, dhPublicKey: zero }, opening448)), 'point')
})

test('56 bytes that are no scalar of Ed448 are no key', () => {
  const recipient = sealing448.recipient
  for (const bytes of [new Uint8Array(56), new Uint8Array(56).fill(255)]) {
    const over = received(sealKeyBytes({ ecdhCurve: 'X448', bytes, recipient, binding, random }))
    assert.equal(codeOf(openContractKey(over, opening448)), 'not-a-key')
  }
})

test('a contract key is sealed for the key that the provisioning certificate allows to agree on one', () => {
  const car521 = readIssued(iso20.oemProvisioning)
  assert.ok(received(recipientKeyOf(car521)).equals(iso20.oemProvisioning.publicKey))
  assert.equal(sealing448.recipient.asymmetricKeyType, 'x448')
  assert.equal(codeOf(recipientKeyOf({ ...car448, alternateKey: undefined })), 'curve')
  assert.equal(codeOf(recipientKeyOf({ ...car448, alternateKey: iso20.secc.publicKey })), 'curve')
  assert.equal(codeOf(recipientKeyOf(readIssued(iso2.oemProvisioning))), 'curve')
  for (const keyUsage of [undefined, ['digitalSignature'] as const])
    for (const car of [car521, car448]) assert.equal(codeOf(recipientKeyOf({ ...car, keyUsage })), 'usage')
})

test('public keys are the same after their way through a message', () => {
  for (const curve of ['P-256', 'P-521', 'X448'] as const) {
    const { publicKey } = makeKeyPair(curve, random)
    assert.ok(keyOfPoint(curve, pointOf(curve, publicKey))?.equals(publicKey))
  }
})

const folders = env.VOLTWAY_DATA === undefined ? [] : [env.VOLTWAY_DATA, join(env.VOLTWAY_DATA, '..')]
const file = folders.map((folder) => join(folder, 'vectors', 'iso15118', 'open', 'keywrap.jsonl')).find((path) => existsSync(path))

interface WrappedKeyVector {
  readonly id: string
  readonly oem_prov_private_key_pkcs8_der_b64: string
  readonly DHpublickey_hex: string
  readonly ContractSignatureEncryptedPrivateKey_hex: string
  readonly contract_private_scalar_hex: string
}

test('contract keys that another stack encrypted are received', {
  skip: file === undefined ? 'VOLTWAY_DATA names no folder with the vectors' : false,
}, () => {
  const vectors = readFileSync(file ?? '', 'utf8')
    .trim()
    .split('\n')
  assert.equal(vectors.length, 3)
  for (const line of vectors) {
    const vector = JSON.parse(line) as WrappedKeyVector
    const der = Buffer.from(vector.oem_prov_private_key_pkcs8_der_b64, 'base64')
    const recipientKey: KeyObject = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
    const contract = keyPairOfScalar('P-256', Uint8Array.fromHex(vector.contract_private_scalar_hex))
    const dhPublicKey = Uint8Array.fromHex(vector.DHpublickey_hex)
    const encryptedPrivateKey = Uint8Array.fromHex(vector.ContractSignatureEncryptedPrivateKey_hex)
    const key = unwrapContractKey({ dhPublicKey, encryptedPrivateKey }, { recipientKey, contractPublicKey: contract.publicKey })
    assert.ok(received(key).equals(contract.privateKey), vector.id)
  }
})
