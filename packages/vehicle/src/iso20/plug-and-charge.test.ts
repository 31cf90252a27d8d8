import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, fail, ok, seconds, volts, wattHours } from '@voltway/units'
import { PAYLOAD_TYPE } from '@voltway/wire/v2gtp'
import type { RefusalReason } from '../machine/contract-chain.ts'
import type { SeccCrypto } from '../machine/crypto.ts'
import { writeMessage } from './codec.ts'
import { type Course, connect, type Ends } from './testing/cable.ts'
import { contractOf, ED448, P521, pkiOf, pncEnds } from './testing/contracts.ts'
import { obligingCar, obligingStation } from './testing/ends.ts'

const finished = { code: 'finished' }
const both = ({ seccEnd, evccEnd }: Course) => [seccEnd, evccEnd]

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

/** A station that judges a contract's chain so. */
const judging = (checkContract: SeccCrypto['checkContract']): Ends => {
  const ends = pncEnds(P521)
  assert.ok(ends.secc.crypto)
  return { ...ends, secc: { ...ends.secc, crypto: { ...ends.secc.crypto, checkContract } } }
}
const REASONS: Readonly<Record<RefusalReason, string>> = {
  unknown: 'WARNING_GeneralPnCAuthorizationError',
  contractCancelled: 'WARNING_eMSPUnknown',
  certificateExpired: 'WARNING_CertificateExpired',
  certificateRevoked: 'WARNING_CertificateRevoked',
  noCertificateAvailable: 'WARNING_NoCertificateAvailable',
  certChainError: 'WARNING_CertificateValidationError',
  signatureError: 'WARNING_GeneralPnCAuthorizationError',
}
for (const [reason, code] of Object.entries(REASONS))
  test(`a contract that is refused as ${reason} is warned of with ${code}`, () => {
    const ends = judging(() => fail(reason as RefusalReason))
    const course = connect({ ...ends, evcc: { ...ends.evcc, payments: ['contract'] } })
    assert.deepEqual(course.evccEnd, { code: 'refused', responseCode: code, detail: 'contract' })
  })

for (const expiresSoon of [false, true])
  test(`a car is told ${expiresSoon ? 'that its contract expires soon' : 'nothing of a contract that is good for long'} when it is authorised`, () => {
    const course = connect(judging(() => ok({ expiresSoon })))
    assert.deepEqual(both(course), [finished, finished])
    const codes = course.frames.flatMap(({ message }) =>
      message?.body.message === 'Authorization' && message.body.kind === 'response' ? [message.body.value.ResponseCode] : [],
    )
    assert.equal(codes.at(-1), expiresSoon ? 'OK_CertificateExpiresSoon' : 'OK')
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
