import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  contractKeyBinding,
  type Iso20TestPki,
  makeKeyPair,
  privateKeyOf,
  readCertificate,
  recipientKeyOf,
  type SealedKey,
  sealContractKey,
  signingWith,
  verifyingWith,
} from '@voltway/pki'
import { fail, ok } from '@voltway/units'
import { commonMessages } from '@voltway/wire/iso15118'
import type { EvccCrypto } from '../machine/crypto.ts'
import { contractInstaller } from '../plug-and-charge/contract-installer.ts'
import { seccCrypto } from '../plug-and-charge/secc-crypto.ts'
import { signingKey } from '../plug-and-charge/signing-key.ts'
import { fragmentOf } from './codec.ts'
import { type Course, connect, type Ends, sequenceOf } from './testing/cable.ts'
import { seededBytes as bytes, contractOf, ED448, P521, pncEnds } from './testing/contracts.ts'
import { obligingCar, obligingStation, SESSION_ID } from './testing/ends.ts'

const finished = { code: 'finished' }
const both = ({ seccEnd, evccEnd }: Course) => [seccEnd, evccEnd]

const UNREADABLE: SealedKey = {
  ecdhCurve: 'SECP521',
  dhPublicKey: new Uint8Array(133).fill(4),
  encryptedPrivateKey: new Uint8Array(94).fill(5),
}

/** A whole message as a backend signs and sends it, with a contract in it. */
const installation = (pki: Iso20TestPki, { ecdhCurve, dhPublicKey, encryptedPrivateKey }: SealedKey = UNREADABLE) => {
  const { contract, cps } = pki
  const data = {
    Id: 'id1',
    ContractCertificateChain: { Certificate: contract.der, SubCertificates: { Certificate: contract.intermediates } },
    ECDHCurve: ecdhCurve,
    DHPublicKey: dhPublicKey,
    ...(ecdhCurve === 'X448' ? { X448_EncryptedPrivateKey: encryptedPrivateKey } : { SECP521_EncryptedPrivateKey: encryptedPrivateKey }),
  } as const
  const exi = fragmentOf('SignedInstallationData', data)
  const signature = exi && signingKey(cps.privateKey)([{ id: data.Id, exi }])
  assert.ok(signature)
  const written = commonMessages.codec.document.encode(
    {
      root: 'CertificateInstallationRes',
      value: {
        Header: { SessionID: SESSION_ID, TimeStamp: 1_800_000_000n, Signature: signature },
        ResponseCode: 'OK',
        EVSEProcessing: 'Finished',
        CPSCertificateChain: { Certificate: cps.der, SubCertificates: { Certificate: cps.intermediates } },
        SignedInstallationData: data,
        RemainingContractCertificateChains: 0,
      },
    },
    { lenient: true },
  )
  assert.ok(written.ok)
  return written.value
}

const installing = (answer: Uint8Array | undefined, afterMs: number, pki = P521): Ends => {
  const { oemProvisioning } = pki
  const provisioning: NonNullable<EvccCrypto['provisioning']> = {
    chain: { leaf: oemProvisioning.der, subCertificates: oemProvisioning.intermediates },
    sign: signingKey(oemProvisioning.privateKey),
    rootCertificates: [{ issuerName: 'CN=V2G Root CA', serialNumber: 1n }],
  }
  const crypto: EvccCrypto = {
    provisioning,
    install: (delivery) => {
      const trust = seccCrypto({ generation: 'iso20', roots: [] })
      const signed = delivery.signature !== undefined && trust.verify(delivery.signature, delivery.parts, delivery.provisioningChain.leaf)
      return signed && delivery.curve === 'SECP521'
        ? ok({ ...contractOf(pki), privateKey: delivery.encryptedPrivateKey })
        : fail('not signed')
    },
  }
  const ends = pncEnds(pki, crypto)
  const oblige = obligingStation()
  return {
    ...ends,
    evcc: { ...ends.evcc, certificate: 'install' },
    station: (told) => (told.told === 'certificateWanted' ? [[afterMs, { word: 'certificate', exiResponse: answer }]] : oblige(told)),
    car: obligingCar,
    carScript: [[20_000, { word: 'stop' }]],
  }
}

for (const [curve, pki] of [
  ['P-521', P521],
  ['Ed448', ED448],
] as const)
  for (const [sentence, pcid, opens] of [
    ['with the key that was sealed for it', pki.oemProvisioning.subject.commonName, true],
    ['not with a key that was sealed for another car', 'VTWPC9999999999999', false],
  ] as const)
    test(`a car installs a delivered contract on ${curve} ${sentence}`, () => {
      const { contract, oemProvisioning } = pki
      const [leaf, car] = [readCertificate(contract.der), readCertificate(oemProvisioning.der)]
      assert.ok(leaf.ok && car.ok)
      const recipient = recipientKeyOf(car.value)
      assert.ok(recipient.ok)
      const binding = contractKeyBinding(pcid, leaf.value)
      const sealed = sealContractKey({ contractKey: contract.privateKey, recipient: recipient.value, binding, random: bytes(6) })
      assert.ok(sealed.ok)
      const ends = installing(installation(pki, sealed.value), 3_000, pki)
      const recipientKeys = { install: oemProvisioning.alternateKey ?? oemProvisioning.privateKey }
      const trust = { generation: 'iso20', roots: [pki.roots.v2g.der], recipientKeys, pcid: oemProvisioning.subject.commonName } as const
      const crypto: EvccCrypto = { ...ends.evcc.crypto, install: contractInstaller(trust) }
      const course = connect({ ...ends, evcc: { ...ends.evcc, crypto } })
      const installed = course.car.find((told) => told.told === 'contractInstalled')
      assert.equal(installed !== undefined, opens)
      if (installed?.told === 'contractInstalled') {
        const { sign } = signingWith(privateKeyOf(installed.privateKey))
        const { algorithm } = signingWith(contract.privateKey)
        assert.ok(verifyingWith(contract.publicKey).verify(algorithm, bytes(7)(32), sign(algorithm, bytes(7)(32))))
        // It paid this session: the station held the signature over its challenge against the contract certificate.
        const asked = course.station.find((told) => told.told === 'authoriseWanted')
        assert.ok(asked?.by.by === 'contract' && asked.by.challengeChecked)
      }
      // Without a contract it pays in the other way that it has.
      assert.equal(course.evccEnd?.code, 'finished')
    })

/** What nobody sealed for a car of ours: a key over X448 for another. */
const overX448 = (): SealedKey => {
  const recipient = makeKeyPair('X448', bytes(9)).publicKey
  const sealed = sealContractKey({ contractKey: ED448.contract.privateKey, recipient, binding: Uint8Array.of(1), random: bytes(10) })
  assert.ok(sealed.ok)
  return sealed.value
}
for (const [sentence, pki, key, why] of [
  ['over X448 to a car on P-521', P521, overX448(), 'contract key: curve, both keys have to be on X448'],
  [
    'over X448 for another car',
    ED448,
    overX448(),
    'contract key: authentication, it was changed, or encrypted for another key or contract',
  ],
  ['without a point of P-521', P521, UNREADABLE, 'contract key: point, 133 bytes that are no point of P-521'],
  // Signed as it is, though its schema does not allow it.
  [
    'with a point that is too long',
    P521,
    { ...UNREADABLE, dhPublicKey: new Uint8Array(140) },
    'contract key: point, 140 bytes that are no point of P-521',
  ],
] as const)
  test(`a contract whose key comes ${sentence} is refused by name: the car pays in another way, or leaves`, () => {
    const { oemProvisioning, roots } = pki
    const recipientKeys = { install: oemProvisioning.alternateKey ?? oemProvisioning.privateKey }
    const install = contractInstaller({
      generation: 'iso20',
      roots: [roots.v2g.der],
      recipientKeys,
      pcid: oemProvisioning.subject.commonName,
    })
    const ends = installing(installation(pki, key), 3_000, pki)
    const evcc = { ...ends.evcc, crypto: { ...ends.evcc.crypto, install } }
    const course = connect({ ...ends, evcc })
    assert.deepEqual(both(course), [finished, finished])
    assert.deepEqual(
      course.car.filter(({ told }) => told === 'contractInstalled' || told === 'contractRefused').map((told) => ({ ...told, at: 0 })),
      [{ told: 'contractRefused', why, at: 0 }],
    )
    assert.deepEqual(
      course.deviations.filter(({ code }) => code !== 'facet'),
      [{ from: 'evcc', code: 'refusedContract', message: 'CertificateInstallationRes', what: why }],
    )
    assert.equal(course.station.find((told) => told.told === 'authoriseWanted')?.by.by, 'eim')
    const alone = connect({ ...ends, evcc: { ...evcc, payments: ['contract'] } })
    assert.deepEqual(alone.evccEnd, { code: 'incompatible', detail: `no contract was installed: ${why}` })
  })

test('a contract comes through the station as the backend signed it, byte for byte, and pays this session', () => {
  const answer = installation(P521)
  const course = connect(installing(answer, 3_000))
  assert.deepEqual(both(course), [finished, finished])
  const passed = course.frames.find(({ from, message }) => from === 'secc' && message?.body.message === 'CertificateInstallation')
  assert.deepEqual(passed?.payload, answer)
  const [wanted] = course.station.filter((told) => told.told === 'certificateWanted')
  const asked = course.frames.find(({ from, message }) => from === 'evcc' && message?.body.message === 'CertificateInstallation')
  assert.deepEqual(wanted?.exiRequest, asked?.payload)
  assert.equal(course.car.find((told) => told.told === 'contractInstalled')?.emaid, contractOf(P521).emaid)
  assert.equal(course.station.find((told) => told.told === 'authoriseWanted')?.by.by, 'contract')
})

for (const [sentence, answer, afterMs] of [
  ['a backend that has none', undefined, 1_000],
  ['a backend that is too late', installation(P521), 6_000],
  ['a backend that sends something else', Uint8Array.of(0x80, 1, 2, 3), 1_000],
] as const)
  test(`${sentence}: the car is warned in time and pays outside`, () => {
    const course = connect(installing(answer, afterMs))
    assert.deepEqual(both(course), [finished, finished])
    const reply = course.frames.find(({ from, message }) => from === 'secc' && message?.body.message === 'CertificateInstallation')?.message
      ?.body
    assert.equal(reply?.kind === 'response' && reply.value.ResponseCode, 'WARNING_NoCertificateAvailable')
    assert.ok(sequenceOf(course).includes('Authorization'))
    assert.equal(course.station.find((told) => told.told === 'authoriseWanted')?.by.by, 'eim')
  })
