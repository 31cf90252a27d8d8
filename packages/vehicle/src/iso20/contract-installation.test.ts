import assert from 'node:assert/strict'
import { test } from 'node:test'
import { contractKeyBinding, type Iso20TestPki, makeKeyPair, readCertificate, sealContractKey, sealKeyBytes } from '@voltway/pki'
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

interface Delivered {
  readonly ecdhCurve?: 'SECP521' | 'X448'
  readonly dhPublicKey: Uint8Array
  readonly encryptedPrivateKey: Uint8Array
}
const UNREADABLE: Delivered = { dhPublicKey: new Uint8Array(133).fill(4), encryptedPrivateKey: new Uint8Array(94).fill(5) }

/** A whole message as a backend signs and sends it, with a contract in it. */
const installation = (pki: Iso20TestPki, { ecdhCurve = 'SECP521', dhPublicKey, encryptedPrivateKey }: Delivered = UNREADABLE) => {
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

for (const [sentence, pcid, opens] of [
  ['with the key that was sealed for it', P521.oemProvisioning.subject.commonName, true],
  ['not with a key that was sealed for another car', 'VTWPC9999999999999', false],
] as const)
  test(`a car installs a delivered contract ${sentence}`, () => {
    const { contract, oemProvisioning } = P521
    const read = readCertificate(contract.der)
    assert.ok(read.ok)
    const sealed = sealContractKey({
      contractKey: contract.privateKey,
      recipient: oemProvisioning.publicKey,
      binding: contractKeyBinding(pcid, read.value),
      random: bytes(6),
    })
    assert.ok(sealed.ok)
    const ends = installing(installation(P521, sealed.value), 3_000)
    const recipientKeys = { install: oemProvisioning.privateKey }
    const trust = { generation: 'iso20', roots: [P521.roots.v2g.der], recipientKeys, pcid: oemProvisioning.subject.commonName } as const
    const crypto: EvccCrypto = { ...ends.evcc.crypto, install: contractInstaller(trust) }
    const course = connect({ ...ends, evcc: { ...ends.evcc, crypto } })
    const installed = course.car.find((told) => told.told === 'contractInstalled')
    const wanted = opens ? new Uint8Array(contract.privateKey.export({ format: 'der', type: 'pkcs8' })) : undefined
    assert.deepEqual(installed?.told === 'contractInstalled' ? installed.privateKey : undefined, wanted)
    // Without a contract it pays in the other way that it has.
    assert.equal(course.evccEnd?.code, 'finished')
  })

/**
 * A delivery that a car on Ed448 may get. A private key on Ed448 has 57 bytes, and the field room for 56: none can be whole. The public key has the 57
 * bytes that V2G20-2489 gives it, where the schema wants 133.
 */
const overX448 = (): Delivered => {
  const sealed = sealKeyBytes({
    ecdhCurve: 'X448',
    bytes: bytes(8)(56),
    recipient: makeKeyPair('X448', bytes(9)).publicKey,
    binding: Uint8Array.of(1),
    random: bytes(10),
  })
  assert.ok(sealed.ok)
  return sealed.value
}
const CURVE = 'contract key: curve, a key that is transported over X448 is on another curve'
for (const [sentence, pki, key, why] of [
  ['over X448 to a car on Ed448', ED448, overX448(), CURVE],
  ['over X448 to a car on P-521', P521, overX448(), CURVE],
  ['over P-521 to a car on Ed448', ED448, undefined, 'contract key: point, 133 bytes that are no point of P-521'],
] as const)
  test(`a contract whose key comes ${sentence} is refused by name: the car pays in another way, or leaves`, () => {
    const { oemProvisioning, roots } = pki
    const recipientKeys = { install: oemProvisioning.privateKey }
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
