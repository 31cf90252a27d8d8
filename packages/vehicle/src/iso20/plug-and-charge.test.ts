import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  contractKeyBinding,
  type Iso20TestPki,
  makeIso20TestPki,
  privateKeyOf,
  readCertificate,
  recipientKeyOf,
  type SealedKey,
  sealContractKey,
  signingWith,
  verifyingWith,
} from '@voltway/pki'
import { amperes, fail, ok, seconds, seeded, volts, wattHours } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { Contract, EvccCrypto } from '../machine/crypto.ts'
import { contractInstaller } from '../plug-and-charge/contract-installer.ts'
import { seccCrypto } from '../plug-and-charge/secc-crypto.ts'
import { signingKey } from '../plug-and-charge/signing-key.ts'
import { CABLE_START } from '../testing/plug-and-charge.ts'
import { fragmentOf, writeMessage } from './codec.ts'
import { type Course, connect, type Ends, sequenceOf } from './testing/cable.ts'
import { evccOptions, obligingCar, obligingEnds, obligingStation, SESSION_ID, seccOptions } from './testing/ends.ts'

const AC = 'AC_three_phase'
const finished = { code: 'finished' }
const both = ({ seccEnd, evccEnd }: Course) => [seccEnd, evccEnd]

const bytes = (seed: number) => {
  const next = seeded(seed)
  return (length: number) => Uint8Array.from({ length }, () => Math.floor(next() * 256))
}
const pkiOf = (curve: 'P-521' | 'Ed448', seed = 5): Iso20TestPki => makeIso20TestPki({ now: CABLE_START, random: bytes(seed) }, curve)

const contractOf = ({ contract }: Iso20TestPki): Contract => ({
  emaid: contract.subject.commonName.replaceAll('-', ''),
  chain: { leaf: contract.der, subCertificates: contract.intermediates },
  sign: signingKey(contract.privateKey),
})

const pncEnds = (pki: Iso20TestPki, crypto: EvccCrypto = { contract: contractOf(pki) }): Ends => {
  const trust = seccCrypto({ generation: 'iso20', roots: [pki.roots.mo.der] })
  const station = seccOptions([AC], { payments: ['contract', 'eim'], certificateService: true, crypto: trust })
  return obligingEnds(AC, { secc: station, evcc: evccOptions(AC, { payments: ['contract', 'eim'], crypto }) })
}

const P521 = pkiOf('P-521')
const ED448 = pkiOf('Ed448')

for (const pki of [P521, ED448])
  test(`${pki.curve}: the chain is checked, the challenge signed, and the station asked with both`, () => {
    const course = connect(pncEnds(pki))
    assert.deepEqual(both(course), [finished, finished])
    const { emaid, chain } = contractOf(pki)
    assert.deepEqual(
      course.station.find(({ told }) => told === 'authoriseWanted'),
      {
        told: 'authoriseWanted',
        by: { by: 'contract', emaid, chain, challengeChecked: true },
        at: course.station.find(({ told }) => told === 'authoriseWanted')?.at,
      },
    )
  })

for (const pki of [P521, ED448])
  test(`${pki.curve}: the car signs its meter's reading beside the charge loop, which goes on`, () => {
    const ends = pncEnds(pki)
    const meter = {
      meterId: 'METER-1',
      energy: wattHours(4_321),
      dischargedEnergy: wattHours(12),
      signature: Uint8Array.of(7, 8),
      status: 3,
      at: seconds(1_800_000_000),
    }
    const course = connect({
      ...ends,
      stationScript: [
        [5_000, { word: 'measured', voltage: volts(230), current: amperes(16), meter }],
        [6_000, { word: 'receiptWanted' }],
      ],
    })
    assert.deepEqual(both(course), [finished, finished])
    const receipts = course.station.filter((told) => told.told === 'receipt')
    assert.deepEqual(
      receipts.map(({ signatureValid, meter: read }) => [signatureValid, read]),
      [[true, meter]],
    )
    const frames = course.frames.filter(({ message }) => message?.body.message === 'MeteringConfirmation')
    assert.deepEqual(
      frames.map(({ payloadType }) => payloadType),
      [PAYLOAD_TYPE.meteringConfirmation, PAYLOAD_TYPE.meteringConfirmation],
    )
  })

const other = pkiOf('P-521', 6)
const WARNED: readonly (readonly [sentence: string, ends: Ends, code: string])[] = [
  ['a contract of a foreign root', pncEnds(P521, { contract: contractOf(other) }), 'WARNING_CertificateValidationError'],
  [
    'a contract that the backend does not know any more',
    {
      ...pncEnds(P521),
      station: (told) => (told.told === 'authoriseWanted' ? [[100, { word: 'refused', reason: 'contractCancelled' }]] : []),
    },
    'WARNING_eMSPUnknown',
  ],
]
for (const [sentence, ends, code] of WARNED)
  test(`${sentence} is warned of with ${code}; the car has no other way to pay and leaves`, () => {
    const course = connect({ ...ends, evcc: { ...ends.evcc, payments: ['contract'] } })
    assert.deepEqual(both(course), [finished, { code: 'refused', responseCode: code, detail: 'contract' }])
  })

test('after a warning a car with another way to pay takes that', () => {
  const oblige = obligingStation()
  const course = connect({
    ...pncEnds(P521, { contract: contractOf(other) }),
    station: oblige,
  })
  assert.deepEqual(both(course), [finished, finished])
  assert.deepEqual(
    course.station.filter((told) => told.told === 'authoriseWanted').map(({ by }) => by.by),
    ['eim'],
  )
})

test('a challenge signed with another key is FAILED_SignatureError, and both ends are closed', () => {
  const course = connect(pncEnds(P521, { contract: { ...contractOf(P521), sign: contractOf(other).sign } }))
  assert.deepEqual([course.seccEnd?.responseCode, course.evccEnd?.responseCode], ['FAILED_SignatureError', 'FAILED_SignatureError'])
})

test('an authorisation of another session has the wrong challenge', () => {
  const record = connect(pncEnds(P521)).frames.find(({ from, message }) => from === 'evcc' && message?.body.message === 'Authorization')
  assert.ok(record)
  const ends = pncEnds(P521)
  const course = connect({
    ...ends,
    secc: { ...ends.secc, challenge: new Uint8Array(16).fill(3) },
    evcc: { ...ends.evcc, payments: ['contract'] },
    meddle: (payload, from, message) => (from === 'evcc' && message?.body.message === 'Authorization' ? record.payload : payload),
  })
  assert.equal(course.evccEnd?.responseCode, 'WARNING_ChallengeInvalid')
})

test('a reading that was changed after it was signed is FAILED_MeteringSignatureNotValid', () => {
  const ends = pncEnds(P521)
  const meter = { meterId: 'METER-1', energy: wattHours(4_321) }
  const course = connect({
    ...ends,
    stationScript: [
      [5_000, { word: 'measured', voltage: volts(230), current: amperes(16), meter }],
      [6_000, { word: 'receiptWanted' }],
    ],
    meddle: (payload, _, message) => {
      if (message?.body.kind !== 'request' || message.body.message !== 'MeteringConfirmation') return payload
      const { SignedMeteringData } = message.body.value
      const forged = { ...SignedMeteringData, MeterInfo: { ...SignedMeteringData.MeterInfo, MeterStatus: 1 } }
      const written = writeMessage({ ...message, body: { ...message.body, value: { SignedMeteringData: forged } } })
      assert.ok(written.ok)
      return written.value.payload
    },
  })
  assert.equal(course.seccEnd?.responseCode, 'FAILED_MeteringSignatureNotValid')
  assert.deepEqual(
    course.station.filter((told) => told.told === 'receipt').map(({ signatureValid }) => signatureValid),
    [false],
  )
})

test('a car that does not confirm its readings is stopped where a policy says so', () => {
  const ends = pncEnds(P521)
  const meter = { meterId: 'METER-1', energy: wattHours(4_321) }
  const course = connect({
    ...ends,
    car: obligingCar,
    secc: { ...ends.secc, policy: { ...ends.secc.policy, missingReceipt: 'stop' } },
    evcc: { ...ends.evcc, payments: ['eim'], crypto: {} },
    stationScript: [
      [5_000, { word: 'measured', voltage: volts(230), current: amperes(16), meter }],
      [6_000, { word: 'receiptWanted' }],
      [9_000, { word: 'receiptWanted' }],
    ],
  })
  assert.deepEqual(both(course), [finished, finished])
  assert.equal(course.car.find((told) => told.told === 'notified')?.wish, 'stop')
})

/** A car that confirms nothing, and when its station asks for the second time. */
const unconfirmed = (more: Partial<Ends>) => {
  const ends = pncEnds(P521)
  const meter = { meterId: 'METER-1', energy: wattHours(4_321) }
  return connect({
    ...ends,
    evcc: { ...ends.evcc, payments: ['eim'], crypto: {} },
    ...more,
    stationScript: [
      [5_000, { word: 'measured', voltage: volts(230), current: amperes(16), meter }],
      [6_000, { word: 'receiptWanted' }],
      ...(more.stationScript ?? []),
    ],
  })
}
const owing = { from: 'secc', code: 'missingReceipt', message: 'MeteringConfirmationReq', what: 'did not come for the last reading' }

test('a car that does not confirm its readings is charged on, and that is told when the next one is wanted', () => {
  const course = unconfirmed({ stationScript: [[9_000, { word: 'receiptWanted' }]] })
  assert.deepEqual([both(course), course.deviations], [[finished, finished], [owing]])
})

test('that is told, too, while the car waits for its contactor', () => {
  const oblige = obligingStation()
  let closings = 0
  const course = unconfirmed({
    car: obligingCar,
    carScript: [
      [8_000, { word: 'standby' }],
      [10_000, { word: 'wake' }],
      [15_000, { word: 'stop' }],
    ],
    station: (told) => {
      if (told.told !== 'closeContactor' || closings++ === 0) return oblige(told)
      return [
        [200, { word: 'receiptWanted' }],
        [600, { word: 'contactor', closed: true }],
      ]
    },
  })
  assert.equal(closings, 2)
  assert.deepEqual([both(course), course.deviations], [[finished, finished], [owing]])
})

test('a contract whose car did not sign the challenge passes where a policy says so, and the station is told', () => {
  const ends = pncEnds(P521, { contract: { ...contractOf(P521), sign: contractOf(other).sign } })
  const course = connect({ ...ends, secc: { ...ends.secc, policy: { ...ends.secc.policy, unsignedAuthorization: 'pass' } } })
  assert.deepEqual(both(course), [finished, finished])
  const asked = course.station.find((told) => told.told === 'authoriseWanted')
  assert.equal(asked?.by.by === 'contract' && asked.by.challengeChecked, false)
  assert.deepEqual(course.deviations, [
    {
      from: 'secc',
      code: 'unsignedAuthorization',
      message: 'AuthorizationReq',
      what: 'the challenge is not signed by the key of the contract',
    },
  ])
})

const UNREADABLE = {
  ecdhCurve: 'SECP521',
  dhPublicKey: new Uint8Array(133).fill(4),
  encryptedPrivateKey: new Uint8Array(94).fill(5),
} as const

/** A whole message as a backend signs and sends it, with a contract in it. */
const installation = (pki: Iso20TestPki, key: SealedKey = UNREADABLE) => {
  const { contract, cps } = pki
  const data = {
    Id: 'id1',
    ContractCertificateChain: { Certificate: contract.der, SubCertificates: { Certificate: contract.intermediates } },
    ECDHCurve: key.ecdhCurve,
    DHPublicKey: key.dhPublicKey,
    [key.ecdhCurve === 'SECP521' ? 'SECP521_EncryptedPrivateKey' : 'X448_EncryptedPrivateKey']: key.encryptedPrivateKey,
  } as const
  const exi = fragmentOf('SignedInstallationData', data)
  const signature = exi && signingKey(cps.privateKey)([{ id: data.Id, exi }])
  assert.ok(signature)
  const written = writeMessage({
    stream: 'main',
    sessionId: SESSION_ID,
    timeStamp: 1_800_000_000n,
    signature,
    body: {
      kind: 'response',
      message: 'CertificateInstallation',
      value: {
        ResponseCode: 'OK',
        EVSEProcessing: 'Finished',
        CPSCertificateChain: { Certificate: cps.der, SubCertificates: { Certificate: cps.intermediates } },
        SignedInstallationData: data,
        RemainingContractCertificateChains: 0,
      },
    },
  })
  assert.ok(written.ok)
  return written.value.payload
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
