import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, seconds, volts, wattHours } from '@voltway/units'
import { iso2 } from '@voltway/wire/iso15118'
import type { StationTold } from '../machine/station-words.ts'
import { contractInstaller, type InstallationTrust } from '../plug-and-charge/contract-installer.ts'
import { seccCrypto } from '../plug-and-charge/secc-crypto.ts'
import { type CableOptions, runCable } from '../testing/cable.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from '../testing/peers.ts'
import { contractOf, delivered, evccCrypto, testPki } from '../testing/plug-and-charge.ts'
import { sentIn, toldIn } from '../testing/read-log.ts'
import { iso2Evcc, iso2Secc } from './index.ts'

const PKI = testPki()
const TLS = { security: 'tls1.2' } as const

const PNC: CableOptions = {
  secc: {
    ...SECC_OPTIONS,
    link: TLS,
    protocols: [iso2Secc],
    payments: ['contract', 'eim'],
    certificateService: true,
    crypto: seccCrypto({ generation: 'iso2', roots: [PKI.roots.mo.der] }),
  },
  evcc: { ...EVCC_OPTIONS, link: TLS, protocols: [iso2Evcc], payments: ['contract', 'eim'], crypto: evccCrypto(PKI) },
  station: willingStation(),
  car: willingCar,
  carSays: [[20_000, { word: 'stop' }]],
}

const authorised = (log: ReturnType<typeof runCable>['log']): StationTold | undefined =>
  log
    .flatMap(({ output, from }) => (from === 'secc' && output.kind === 'tell' ? [output.told as StationTold] : []))
    .find(({ told }) => told === 'authoriseWanted')

test('a car pays by its contract: the chain is checked, the challenge signed, and the station asked with both', () => {
  const { log, ends } = runCable(PNC)
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  const { emaid, chain } = contractOf(PKI)
  assert.deepEqual(authorised(log), { told: 'authoriseWanted', by: { by: 'contract', emaid, chain, challengeChecked: true } })
})

test('without TLS no contract is offered, and the car pays outside', () => {
  const { log, ends } = runCable({
    ...PNC,
    secc: { ...PNC.secc, link: { security: 'none' } },
    evcc: { ...PNC.evcc, link: { security: 'none' } },
  })
  assert.deepEqual(ends.secc, { code: 'finished' })
  assert.deepEqual(authorised(log), { told: 'authoriseWanted', by: { by: 'eim' } })
})

test('without TLS a car that only pays by contract offers no protocol', () => {
  const { ends } = runCable({ ...PNC, evcc: { ...PNC.evcc, link: { security: 'none' }, payments: ['contract'] } })
  assert.equal(ends.evcc?.code, 'noNegotiation')
})

const other = testPki(3)
/** AuthorizationReq without the signature of its header. */
const unsigned = (payload: Uint8Array): Uint8Array => {
  const read = iso2.codec.document.decode(payload)
  if (!read.ok || read.value.root !== 'V2G_Message' || read.value.value.Body.AuthorizationReq === undefined) return payload
  const { Header, Body } = read.value.value
  const written = iso2.codec.document.encode({ root: 'V2G_Message', value: { Header: { SessionID: Header.SessionID }, Body } })
  return written.ok ? written.value : payload
}
const refusals: readonly (readonly [sentence: string, change: Partial<CableOptions>, code: string])[] = [
  ['a contract of a foreign root', { evcc: { ...PNC.evcc, crypto: evccCrypto(other) } }, 'FAILED_CertChainError'],
  [
    'a challenge signed with another key',
    { evcc: { ...PNC.evcc, crypto: { contract: { ...contractOf(PKI), sign: contractOf(other).sign } } } },
    'FAILED_SignatureError',
  ],
  [
    'a challenge that is not signed',
    { onWire: (payload, from) => (from === 'evcc' ? unsigned(payload) : payload) },
    'FAILED_SignatureError',
  ],
  [
    'a contract under a name that is not its own',
    { evcc: { ...PNC.evcc, crypto: { contract: { ...contractOf(PKI), emaid: 'DEXYZC00000001' } } } },
    'FAILED',
  ],
  [
    'a contract that the backend knows to be cancelled',
    { station: (told) => (told.told === 'authoriseWanted' ? [{ word: 'refused', reason: 'contractCancelled' }] : willingStation()(told)) },
    'FAILED_ContractCanceled',
  ],
  [
    'a contract whose certificate is revoked',
    {
      secc: {
        ...PNC.secc,
        crypto: seccCrypto({
          generation: 'iso2',
          roots: [PKI.roots.mo.der],
          revocation: { statusOf: ({ authority }) => (authority === undefined ? 'revoked' : 'good'), whenUnknown: 'refuse' },
        }),
      },
    },
    'FAILED_CertificateRevoked',
  ],
]
for (const [sentence, change, code] of refusals)
  test(`${sentence} is answered ${code}`, () => {
    const { ends } = runCable({ ...PNC, ...change })
    assert.equal(ends.secc?.code, 'refusing')
    assert.equal(ends.secc?.responseCode, code)
    assert.equal(ends.evcc?.code, 'refused')
    assert.equal(ends.evcc?.responseCode, code)
  })

test('an authorisation replayed from another session has the wrong challenge', () => {
  let replayed: Uint8Array | undefined
  const first = runCable({
    ...PNC,
    onWire: (payload, from) => {
      const message = iso2.codec.document.decode(payload)
      if (from === 'evcc' && message.ok && message.value.root === 'V2G_Message' && message.value.value.Body.AuthorizationReq !== undefined)
        replayed ??= payload
      return payload
    },
  })
  assert.equal(first.ends.secc?.code, 'finished')
  const second = runCable({
    ...PNC,
    secc: { ...PNC.secc, challenge: new Uint8Array(16).fill(9) },
    onWire: (payload, from) => {
      const message = iso2.codec.document.decode(payload)
      const asks =
        from === 'evcc' && message.ok && message.value.root === 'V2G_Message' && message.value.value.Body.AuthorizationReq !== undefined
      return asks ? replayed : payload
    },
  })
  assert.equal(second.ends.secc?.responseCode, 'FAILED_ChallengeInvalid')
})

test('a receipt that the station wants is signed by the contract and reaches it verified', () => {
  const meter = { meterId: 'M-1', energy: wattHours(1_234), signature: Uint8Array.of(7, 8), status: 3, at: seconds(1_790_000_000) }
  const { log, ends } = runCable({
    ...PNC,
    stationSays: [
      [5_000, { word: 'measured', voltage: volts(230), current: amperes(16), meter }],
      [8_000, { word: 'receiptWanted' }],
    ],
  })
  assert.deepEqual(ends.secc, { code: 'finished' })
  assert.ok(sentIn(log, 'iso15118-2').includes('MeteringReceiptReq'))
  const receipts = log.flatMap(({ output }) => (output.kind === 'tell' && output.told.told === 'receipt' ? [output.told] : []))
  assert.equal(receipts.length, 1)
  assert.deepEqual([receipts[0]?.meter, receipts[0]?.signatureValid], [meter, true])
})

const { contract: _, ...WITHOUT_CONTRACT } = evccCrypto(PKI)
const backend = (exiResponse: Uint8Array): Pick<CableOptions, 'station'> => ({
  station: (told) => (told.told === 'certificateWanted' ? [[{ word: 'certificate', exiResponse }, 2_000]] : willingStation()(told)),
})

for (const [action, crypto] of [
  ['install', WITHOUT_CONTRACT],
  ['update', evccCrypto(PKI)],
] as const)
  test(`a contract comes on the way (${action}): the raw request goes to the backend, its raw answer to the car, which pays with it`, () => {
    const exiResponse = delivered(PKI, action, SECC_OPTIONS.sessionId)
    const { log, ends } = runCable({ ...PNC, ...backend(exiResponse), evcc: { ...PNC.evcc, certificate: action, crypto } })
    assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
    const wanted = log.flatMap(({ output }) => (output.kind === 'tell' && output.told.told === 'certificateWanted' ? [output.told] : []))
    assert.deepEqual([wanted.length, wanted[0]?.action, wanted[0]?.namespace], [1, action, 'urn:iso:15118:2:2013:MsgDef'])
    const asked = iso2.codec.document.decode(wanted[0]?.exiRequest ?? new Uint8Array())
    assert.ok(asked.ok && asked.value.root === 'V2G_Message' && asked.value.value.Header.Signature !== undefined)
    assert.ok(log.some(({ output, from }) => from === 'secc' && output.kind === 'send' && output.payload === exiResponse))
    assert.ok(toldIn(log, 'evcc').includes('contractInstalled'))
  })

const ours = { roots: [PKI.roots.v2g.der], recipientKeys: { install: PKI.oemProvisioning.privateKey } } as const
const distrusts: readonly (readonly [sentence: string, trust: Omit<InstallationTrust, 'generation'>, detail: RegExp])[] = [
  ['of a foreign provisioning service', { ...ours, roots: [other.roots.v2g.der] }, /^provisioning service: /],
  ['that is encrypted for another key', { ...ours, recipientKeys: { install: other.oemProvisioning.privateKey } }, /^contract key: /],
  ['that this car has no key for', { ...ours, recipientKeys: {} }, /^no key/],
]
for (const [sentence, trust, detail] of distrusts)
  test(`a delivery ${sentence} is not taken, and the car parts in order`, () => {
    const crypto = { ...WITHOUT_CONTRACT, install: contractInstaller({ generation: 'iso2', ...trust }) }
    const exi = delivered(PKI, 'install', SECC_OPTIONS.sessionId)
    const { ends } = runCable({ ...PNC, ...backend(exi), evcc: { ...PNC.evcc, certificate: 'install', crypto } })
    assert.deepEqual(ends.secc, { code: 'finished' })
    assert.equal(ends.evcc?.code, 'notReady')
    assert.match(ends.evcc?.detail ?? '', detail)
  })

test('a station that has not decided on a contract in time keeps its car waiting, and does not refuse it', () => {
  const { log, ends } = runCable({
    ...PNC,
    station: (told) => (told.told === 'authoriseWanted' ? [[{ word: 'authorised' }, 4_000]] : willingStation()(told)),
  })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  const answers = log.flatMap(({ from, output }) => {
    const read = from === 'secc' && output.kind === 'send' ? iso2.codec.document.decode(output.payload) : undefined
    const answer = read?.ok && read.value.root === 'V2G_Message' ? read.value.value.Body.AuthorizationRes : undefined
    return answer === undefined ? [] : [answer.EVSEProcessing]
  })
  assert.deepEqual([answers[0], answers.at(-1)], ['Ongoing', 'Finished'])
})

test('a backend that sends nothing readable is FAILED_NoCertificateAvailable', () => {
  const { ends } = runCable({
    ...PNC,
    ...backend(Uint8Array.of(0x80, 1, 2, 3)),
    evcc: { ...PNC.evcc, certificate: 'install', crypto: WITHOUT_CONTRACT },
  })
  assert.equal(ends.secc?.responseCode, 'FAILED_NoCertificateAvailable')
})

test('a backend that answers another question is FAILED', () => {
  const { ends } = runCable({
    ...PNC,
    ...backend(delivered(PKI, 'update', SECC_OPTIONS.sessionId)),
    evcc: { ...PNC.evcc, certificate: 'install', crypto: WITHOUT_CONTRACT },
  })
  assert.equal(ends.secc?.responseCode, 'FAILED')
})

test('a backend without a contract in time is FAILED_NoCertificateAvailable', () => {
  const silent = runCable({
    ...PNC,
    evcc: { ...PNC.evcc, certificate: 'install' },
    station: (told) => (told.told === 'certificateWanted' ? [] : willingStation()(told)),
  })
  assert.deepEqual(silent.ends.secc, {
    code: 'notReady',
    timer: 'V2G_SECC_Msg_Performance_Time',
    responseCode: 'FAILED_NoCertificateAvailable',
  })
  const none = runCable({
    ...PNC,
    evcc: { ...PNC.evcc, certificate: 'install' },
    station: (told) => (told.told === 'certificateWanted' ? [{ word: 'certificate', exiResponse: undefined }] : willingStation()(told)),
  })
  assert.equal(none.ends.secc?.responseCode, 'FAILED_NoCertificateAvailable')
})

/** The same message, with the wish for a receipt taken out. */
const withoutReceipt = (payload: Uint8Array): Uint8Array => {
  const message = iso2.codec.document.decode(payload)
  if (!message.ok || message.value.root !== 'V2G_Message') return payload
  const { Header, Body } = message.value.value
  if (Body.ChargingStatusRes?.ReceiptRequired !== true) return payload
  const value = { Header, Body: { ChargingStatusRes: { ...Body.ChargingStatusRes, ReceiptRequired: false } } }
  const written = iso2.codec.document.encode({ root: 'V2G_Message', value })
  return written.ok ? written.value : payload
}

const deviationsIn = (log: ReturnType<typeof runCable>['log']) =>
  log.flatMap(({ from, output }) => (output.kind === 'deviation' ? [[from, output.deviation.code, output.deviation.message]] : []))

for (const [missingReceipt, end, deviations] of [
  ['ignore', { code: 'finished' }, [['secc', 'missingReceipt', 'ChargingStatusReq']]],
  ['stop', { code: 'sequence', responseCode: 'FAILED_SequenceError', detail: 'ChargingStatusReq in acCharging' }, []],
] as const)
  test(`a car that owes a receipt and does not send it: ${missingReceipt}`, () => {
    const { ends, log } = runCable({
      ...PNC,
      secc: { ...PNC.secc, policy: { ...PNC.secc.policy, missingReceipt } },
      onWire: (payload, from) => (from === 'secc' ? withoutReceipt(payload) : payload),
      stationSays: [
        [5_000, { word: 'measured', voltage: volts(230), current: amperes(16), meter: { meterId: 'M-1', energy: wattHours(1) } }],
        [8_000, { word: 'receiptWanted' }],
      ],
    })
    assert.deepEqual([ends.secc, deviationsIn(log)], [end, deviations])
  })

test('a contract whose car did not sign the challenge passes where a policy says so, and the station is told', () => {
  const { ends, log } = runCable({
    ...PNC,
    secc: { ...PNC.secc, policy: { ...PNC.secc.policy, unsignedAuthorization: 'pass' } },
    evcc: { ...PNC.evcc, crypto: { contract: { ...contractOf(PKI), sign: contractOf(other).sign } } },
  })
  assert.deepEqual(ends, { secc: { code: 'finished' }, evcc: { code: 'finished' } })
  const asked = authorised(log)
  assert.equal(asked?.told === 'authoriseWanted' && asked.by.by === 'contract' && asked.by.challengeChecked, false)
  assert.deepEqual(deviationsIn(log), [['secc', 'unsignedAuthorization', 'AuthorizationReq']])
})
