import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Issued, makeIso20TestPki, makeTestPki } from '@voltway/pki'
import { seconds, seeded, watts } from '@voltway/units'
import { iso2Evcc, iso2Secc } from './iso2/index.ts'
import { type Course, connect } from './iso20/testing/cable.ts'
import { evccOptions, obligingEnds, obligingStation, seccOptions } from './iso20/testing/ends.ts'
import type { CarTold } from './machine/car-words.ts'
import type { AbsolutePrices, PriceLevels, ScheduleOffer } from './machine/charging.ts'
import type { EvccCrypto, SigningKey } from './machine/crypto.ts'
import type { Deviation } from './machine/deviation.ts'
import { seccCrypto } from './plug-and-charge/secc-crypto.ts'
import { signingKey } from './plug-and-charge/signing-key.ts'
import { tariffVerifier } from './plug-and-charge/tariff-verifier.ts'
import { runCable } from './testing/cable.ts'
import { EVCC_OPTIONS, SECC_OPTIONS, willingCar, willingStation } from './testing/peers.ts'
import { CABLE_START } from './testing/plug-and-charge.ts'

const random = (seed: number) => {
  const next = seeded(seed)
  return (length: number) => Uint8Array.from({ length }, () => Math.floor(next() * 256))
}
const PKI_2 = makeTestPki({ now: CABLE_START, random: random(2) })
const PKI_20 = makeIso20TestPki({ now: CABLE_START, random: random(5) })

const contractOf = ({ contract }: { readonly contract: Issued }): EvccCrypto => {
  const chain = { leaf: contract.der, subCertificates: contract.intermediates }
  return {
    contract: { emaid: contract.subject.commonName, chain, sign: signingKey(contract.privateKey) },
    verifyTariff: tariffVerifier(chain),
  }
}

const LEVELS: PriceLevels = {
  form: 'levels',
  id: 7,
  levels: 2,
  entries: [
    { start: seconds(0), level: 2 },
    { start: seconds(3_600), level: 1 },
  ],
}
const MONEY: AbsolutePrices = {
  form: 'absolute',
  id: 7,
  currency: 'EUR',
  language: 'en',
  entries: [{ start: seconds(0), duration: seconds(7_200), energyFee: { value: 31, exponent: -2 } }],
}
const offer = (prices: PriceLevels | AbsolutePrices): ScheduleOffer => ({
  id: 1,
  power: [{ start: seconds(0), duration: seconds(7_200), maxPower: watts(11_000) }],
  prices,
})

interface Seen {
  /** What the car says of its station, for people. */
  readonly deviation: string | undefined
  readonly refused: string | undefined
  readonly priced: boolean
  readonly end: string | undefined
}
interface Said {
  readonly told: readonly CarTold[]
  readonly deviations: readonly Deviation[]
}
const seen = ({ told, deviations }: Said, end: string | undefined): Seen => {
  const [deviation] = deviations
  const [refused] = told.flatMap((one) => (one.told === 'pricesRefused' ? [one.why] : []))
  const [offers] = told.flatMap((one) => (one.told === 'offers' ? [one.schedules] : []))
  return { deviation: deviation && `${deviation.code} ${deviation.message}`, refused, priced: offers?.[0]?.prices !== undefined, end }
}

/** Changes what was signed after it was: another price under the same signature. */
const spoiling =
  (sign: SigningKey): SigningKey =>
  (parts) =>
    sign(parts.map(({ id, exi }) => ({ id, exi: exi.with(exi.length - 2, (exi.at(-2) ?? 0) ^ 1) })))

const old = (signTariff: SigningKey | undefined): Seen => {
  const link = { security: 'tls1.2' } as const
  const trust = { ...seccCrypto({ generation: 'iso2', roots: [PKI_2.roots.mo.der] }), ...(signTariff && { signTariff }) }
  const { log, ends } = runCable({
    secc: { ...SECC_OPTIONS, link, protocols: [iso2Secc], payments: ['contract'], crypto: trust },
    evcc: { ...EVCC_OPTIONS, link, protocols: [iso2Evcc], payments: ['contract'], crypto: contractOf(PKI_2) },
    station: willingStation([offer(LEVELS)]),
    car: willingCar,
    carSays: [[20_000, { word: 'stop' }]],
  })
  const outputs = log.flatMap(({ from, output }) => (from === 'evcc' ? [output] : []))
  const told = outputs.flatMap((output) => (output.kind === 'tell' ? [output.told as CarTold] : []))
  const deviations = outputs.flatMap((output) => (output.kind === 'deviation' ? [output.deviation] : []))
  return seen({ told, deviations }, ends.evcc?.code)
}

const young = (signTariff: SigningKey | undefined, prices: PriceLevels | AbsolutePrices = MONEY): Seen => {
  const transfer = 'DC_BPT'
  const trust = { ...seccCrypto({ generation: 'iso20', roots: [PKI_20.roots.mo.der] }), ...(signTariff && { signTariff }) }
  const evcc = evccOptions(transfer, { payments: ['contract'], crypto: contractOf(PKI_20) })
  const power = offer(prices).power.map((interval) => ({ ...interval, maxDischargePower: watts(5_000) }))
  const course: Course = connect(
    obligingEnds(transfer, {
      secc: seccOptions([transfer], { payments: ['contract'], crypto: trust }),
      evcc: { ...evcc, needs: { ...evcc.needs, prices: [prices.form] } },
      station: obligingStation([{ ...offer(prices), power }]),
    }),
  )
  return seen({ told: course.car, deviations: course.deviations.filter(({ from }) => from === 'evcc') }, course.evccEnd?.code)
}

const byOperator = ({ branches }: typeof PKI_2 | typeof PKI_20) => signingKey(branches.mo.subCa2.privateKey)
const bySomebody = ({ branches }: typeof PKI_2 | typeof PKI_20) => signingKey(branches.cpo.subCa2.privateKey)

const BELIEVED = { deviation: undefined, refused: undefined, priced: true } as const
for (const [name, look, pki, message] of [
  ['ISO 15118-2, SalesTariff', old, PKI_2, 'ChargeParameterDiscoveryRes'],
  ['ISO 15118-20, AbsolutePriceSchedule both ways', young, PKI_20, 'ScheduleExchangeRes'],
] as const) {
  test(`${name}: prices that the contract's operator signed are believed`, () => {
    assert.deepEqual(look(byOperator(pki)), { ...BELIEVED, end: 'finished' })
  })
  for (const [sentence, sign, why] of [
    ['changed after they were signed', spoiling(byOperator(pki)), 'wrongSignature'],
    ['signed by somebody else', bySomebody(pki), 'wrongSignature'],
    ['not signed', undefined, 'unsigned'],
  ] as const)
    test(`${name}: prices that were ${sentence} are left out of the choice, and the car charges all the same`, () => {
      assert.deepEqual(look(sign), { deviation: `unbelievedPrices ${message}`, refused: why, priced: false, end: 'finished' })
    })
}

test('ISO 15118-20: price levels have no signature, and are taken as they come', () => {
  assert.deepEqual(young(undefined, LEVELS), { ...BELIEVED, end: 'finished' })
})

test('a station can sign as long as there is something to sign', () => {
  assert.deepEqual(young(byOperator(PKI_20), LEVELS), { ...BELIEVED, end: 'finished' })
})
