import assert from 'node:assert/strict'
import { createPrivateKey, type KeyObject } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { test } from 'node:test'
import { epochMs, type Result } from '@voltway/units'
import { keyPairOfScalar, makeKeyPair } from '../keys/make-key-pair.ts'
import { makeIso20TestPki, makeTestPki } from '../test-pki/make-test-pki.ts'
import { readIssued } from '../testing/read-issued.ts'
import { seededBytes } from '../testing/seeded-bytes.ts'
import type { KeyTransportFailure } from './failure.ts'
import { unwrapContractKey, wrapContractKey } from './iso2-contract-key.ts'
import { contractKeyBinding, openContractKey, openKeyBytes, sealContractKey, sealKeyBytes } from './iso20-contract-key.ts'
import { keyOfPoint, pointOf } from './public-points.ts'

const random = seededBytes(1)
const options = { now: epochMs(Date.UTC(2026, 10, 27)), random }
const iso2 = makeTestPki(options)
const iso20 = makeIso20TestPki(options)

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
  assert.ok(received(openContractKey(sealed, opening)).equals(iso20.contract.privateKey))
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

test('56 bytes go over X448', () => {
  const car = makeKeyPair('X448', random)
  const bytes = random(56)
  const over = received(sealKeyBytes({ ecdhCurve: 'X448', bytes, recipient: car.publicKey, binding, random }))
  assert.deepEqual([over.dhPublicKey.length, over.encryptedPrivateKey.length], [57, 84])
  assert.deepEqual(received(openKeyBytes(over, { recipientKey: car.privateKey, binding })), bytes)
  assert.equal(codeOf(openContractKey(over, opening)), 'curve')
  const zero = Uint8Array.of(4, ...new Uint8Array(56))
  assert.equal(codeOf(openKeyBytes({ ...over, dhPublicKey: zero }, { recipientKey: car.privateKey, binding })), 'point')
})

test('keys on Ed448 are refused by name: 57 bytes do not go into a field of 56, and how they agree on X448 is not known', () => {
  const car = makeKeyPair('Ed448', random)
  const over = received(
    sealKeyBytes({ ecdhCurve: 'X448', bytes: random(56), recipient: makeKeyPair('X448', random).publicKey, binding, random }),
  )
  const seal = (ecdhCurve: 'SECP521' | 'X448', length: number) =>
    codeOf(sealKeyBytes({ ecdhCurve, bytes: random(length), recipient: car.publicKey, binding, random }))
  assert.deepEqual([seal('X448', 57), seal('X448', 56), seal('SECP521', 66)], ['length', 'curve', 'curve'])
  const contract = { recipient: iso20.oemProvisioning.publicKey, binding, random }
  assert.equal(codeOf(sealContractKey({ contractKey: car.privateKey, ...contract })), 'curve')
  assert.equal(codeOf(sealContractKey({ contractKey: iso20.contract.privateKey, ...contract, recipient: car.publicKey })), 'curve')
  assert.equal(codeOf(openKeyBytes(over, { recipientKey: car.privateKey, binding })), 'curve')
  assert.equal(codeOf(openContractKey(over, { ...opening, recipientKey: car.privateKey, contractPublicKey: car.publicKey })), 'curve')
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
