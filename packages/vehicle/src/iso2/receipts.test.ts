import assert from 'node:assert/strict'
import { test } from 'node:test'
import { amperes, volts, wattHours } from '@voltway/units'
import { iso2 } from '@voltway/wire/iso15118'
import { seccCrypto } from '../plug-and-charge/secc-crypto.ts'
import { type CableOptions, runCable } from '../testing/cable.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from '../testing/peers.ts'
import { contractOf, evccCrypto, testPki } from '../testing/plug-and-charge.ts'
import { iso2Evcc, iso2Secc } from './index.ts'

const PKI = testPki()
const TLS = { security: 'tls1.2' } as const
const METER = { meterId: 'METER-1', energy: wattHours(4_321) }

/** A car that pays by contract and is asked for a receipt. */
const OWING: CableOptions = {
  secc: {
    ...SECC_OPTIONS,
    link: TLS,
    protocols: [iso2Secc],
    payments: ['contract'],
    crypto: seccCrypto({ generation: 'iso2', roots: [PKI.roots.mo.der] }),
  },
  evcc: { ...EVCC_OPTIONS, link: TLS, protocols: [iso2Evcc], payments: ['contract'], crypto: evccCrypto(PKI) },
  station: willingStation(),
  car: willingCar,
  stationSays: [
    [7_000, { word: 'measured', voltage: volts(230), current: amperes(16), meter: METER }],
    [8_000, { word: 'receiptWanted' }],
  ],
  carSays: [[20_000, { word: 'stop' }]],
}

type Receipt = NonNullable<iso2.BodyType['MeteringReceiptReq']>

/** The same session in which the car's receipt says something else, and is signed as such, or not signed at all. */
const saying = (change: (receipt: Receipt) => Receipt, isSigned = true): CableOptions => ({
  ...OWING,
  onWire: (payload) => {
    const message = iso2.codec.document.decode(payload)
    if (!message.ok || message.value.root !== 'V2G_Message') return payload
    const { Header, Body } = message.value.value
    if (Body.MeteringReceiptReq === undefined) return payload
    const value = change(Body.MeteringReceiptReq)
    const exi = iso2.codec.fragment.encode({ root: 'MeteringReceiptReq', value })
    assert.ok(exi.ok && value.Id !== undefined)
    const signature = contractOf(PKI).sign([{ id: value.Id, exi: exi.value }])
    assert.ok(signature)
    const { Signature: _, ...plain } = Header
    const header = isSigned ? { ...plain, Signature: signature } : plain
    const written = iso2.codec.document.encode({ root: 'V2G_Message', value: { Header: header, Body: { MeteringReceiptReq: value } } })
    assert.ok(written.ok)
    return written.value
  },
})
const receiptsIn = ({ log }: ReturnType<typeof runCable>) =>
  log.flatMap(({ output }) => (output.kind === 'tell' && output.told.told === 'receipt' ? [output.told] : []))

test('a receipt that says what was metered, signed by the contract, is taken', () => {
  const course = runCable(saying((receipt) => receipt))
  assert.deepEqual(course.ends.secc, { code: 'finished' })
  assert.equal(receiptsIn(course)[0]?.meter.energy, 4_321)
})

const refused: readonly (readonly [sentence: string, cable: CableOptions])[] = [
  ['of another reading', saying((receipt) => ({ ...receipt, MeterInfo: { ...receipt.MeterInfo, MeterReading: 1n } }))],
  ['of another meter', saying((receipt) => ({ ...receipt, MeterInfo: { ...receipt.MeterInfo, MeterID: 'METER-2' } }))],
  ['of another session', saying((receipt) => ({ ...receipt, SessionID: Uint8Array.of(9, 9, 9, 9, 9, 9, 9, 9) }))],
  ['that is not signed', saying((receipt) => receipt, false)],
]
for (const [sentence, cable] of refused)
  test(`a receipt ${sentence} is FAILED_MeteringSignatureNotValid and reaches nobody`, () => {
    const course = runCable(cable)
    assert.equal(course.ends.secc?.responseCode, 'FAILED_MeteringSignatureNotValid')
    assert.deepEqual(receiptsIn(course), [])
  })
