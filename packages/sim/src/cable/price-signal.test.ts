import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { credentialOf } from '@voltway/pki'
import { systemClock } from '../clock.ts'
import { listOf, numberOf, objectOf } from '../json.ts'
import { scaledClock } from '../scaled-clock.ts'
import { car, eventually, heedsCars, IDENTITY, PKI_2, PKI_20, SECURED, sendPlan, talking } from '../testing/talking-station.ts'
import type { CarIdentity } from './cable.ts'

const HOUR_S = 3_600
const OLD: CarIdentity = { ...IDENTITY, departureSeconds: 10 * HOUR_S }
const YOUNG: CarIdentity = { ...OLD, iso20: { vehicle: credentialOf(PKI_20.vehicle), control: 'scheduled' } }

const level = (start: number, duration: number, ePriceLevel: number) => ({ relativeTimeInterval: { start, duration }, ePriceLevel })
/** The first half hour is dear, with room for what a busy machine takes to agree on that. */
const DEAR_S = 1_800
/** Longer than an interval of ISO 15118-2 may be. */
const FLAT = { id: 300, numEPriceLevels: 1, salesTariffEntry: [level(0, 30 * HOUR_S, 1)] }
/** The last four of ten hours are cheap. */
const CHEAP_NIGHT = { id: 300, numEPriceLevels: 2, salesTariffEntry: [level(0, 6 * HOUR_S, 2), level(6 * HOUR_S, 4 * HOUR_S, 1)] }

/** What a car chooses when the server's plan leaves it 11 kW all the time, at these prices. */
const chosen = async (t: TestContext, identity: CarIdentity, salesTariff: object, highLevel = SECURED) => {
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel }, { answer: heedsCars })
  if (!identity.contract) await station.card(1, 'BOOK42')
  station.plug(1, car(identity))
  await eventually('the server hears what the car needs', () => csms.of('NotifyEVChargingNeeds').length > 0)
  await sendPlan(csms, { limit: 11_000, salesTariff })
  await eventually('the car has chosen', () => csms.of('NotifyEVChargingSchedule').length > 0)
  const periods = listOf(objectOf(csms.of('NotifyEVChargingSchedule')[0]?.chargingSchedule).chargingSchedulePeriod)
  return {
    protocol: connector().dialogue?.protocol,
    chargesFrom: connector().dialogue?.chargesFrom,
    unbelieved: (connector().dialogue?.messages ?? []).flatMap(({ message, deviation }) =>
      deviation?.startsWith('unbelievedPrices') ? [message] : [],
    ),
    steps: periods.map(({ startPeriod, limit }) => [numberOf(startPeriod) ?? 0, numberOf(limit) ?? 0] as const),
  }
}

for (const [name, identity] of [
  ['iso15118-2', OLD],
  ['iso15118-20', YOUNG],
] as const)
  test(`${name}: the same car charges at once where the price is flat, and by night where that is cheap`, async (t) => {
    const flat = await chosen(t, identity, FLAT)
    const night = await chosen(t, identity, CHEAP_NIGHT)
    assert.deepEqual([flat.protocol, night.protocol], [name, name])
    assert.deepEqual(flat.steps[0], [0, 11_000])
    assert.deepEqual([flat.chargesFrom !== undefined, night.chargesFrom !== undefined], [false, true], 'who waits says until when')
    const [wait, charge] = night.steps
    assert.deepEqual([wait?.[1], charge?.[1]], [0, 11_000])
    // Some simulated minutes pass until the car has chosen.
    assert.ok(Math.abs((charge?.[0] ?? 0) - 6 * HOUR_S) < HOUR_S, `it begins after ${charge?.[0]} s`)
  })

/** One band until some hours from now, another one after it: on the wall clock of a place without summer time. */
const bandsAround = (hours: number, [now, then]: readonly [string, string]) => {
  const clock = (at: number) => new Temporal.Instant(BigInt(at) * 1_000_000n).toString().slice(11, 16)
  const from = systemClock.now()
  return [
    { from: clock(from - HOUR_S * 1_000), perKwh: now },
    { from: clock(from + hours * HOUR_S * 1_000), perKwh: then },
  ].toSorted((a, b) => (a.from < b.from ? -1 : 1))
}

test('a station with prices of its own offers them in money to a car of ISO 15118-20, which waits for the cheap hours; an older one never hears of them', async (t) => {
  const tariff = { currency: 'EUR', language: 'en', timeZone: 'UTC', bands: bandsAround(6, ['0.42', '0.19']) }
  const withMoney = { ...SECURED, tariff }
  // What the server says of prices would make it charge at once.
  const night = await chosen(t, YOUNG, FLAT, withMoney)
  assert.equal(night.steps[0]?.[1], 0)
  assert.equal(night.steps[1]?.[1], 11_000)
  assert.ok(Math.abs((night.steps[1]?.[0] ?? 0) - 6 * HOUR_S) < HOUR_S, `it begins after ${night.steps[1]?.[0]} s`)
  const other = await chosen(t, YOUNG, FLAT, { ...SECURED, tariff: { ...tariff, bands: bandsAround(6, ['0.19', '0.42']) } })
  assert.deepEqual(other.steps[0], [0, 11_000])
  assert.deepEqual((await chosen(t, OLD, FLAT, withMoney)).steps[0], [0, 11_000])
})

test('a car on direct current asks for nothing in the dear hours that it left out', async (t) => {
  const clock = scaledClock({ base: systemClock, rate: 60 })
  const { csms, station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: SECURED, clock }, { answer: heedsCars })
  await station.card(1, 'BOOK42')
  station.plug(1, car(YOUNG))
  await eventually('the server hears what the car needs', () => csms.of('NotifyEVChargingNeeds').length > 0)
  const salesTariff = { id: 1, numEPriceLevels: 2, salesTariffEntry: [level(0, DEAR_S, 2), level(DEAR_S, 9 * HOUR_S, 1)] }
  const cheapFrom = clock.now() + DEAR_S * 1_000
  await sendPlan(csms, { limit: 50_000, salesTariff })
  await eventually('the contactor is closed', () => connector().dialogue?.state === 'charging')
  assert.equal(connector().transaction?.powerW, 0)
  await eventually('it waits', () => connector().state === 'suspendedEV')
  // What is negotiated takes real time; what is waited for does not.
  clock.setRate(1_800)
  await eventually('it charges when it is cheap', () => (connector().transaction?.powerW ?? 0) > 10_000)
  assert.ok(clock.now() >= cheapFrom, 'and not before')
})

test('a car with a contract waits for the cheap night where its operator signed the prices, and charges at once where nobody did', async (t) => {
  const identity: CarIdentity = { ...OLD, contract: credentialOf(PKI_2.contract) }
  const signed = await chosen(t, identity, CHEAP_NIGHT, { ...SECURED, tariffKeys: { iso2: PKI_2.branches.mo.subCa2.privateKey } })
  assert.equal(signed.steps[0]?.[1], 0)
  const unsigned = await chosen(t, identity, CHEAP_NIGHT)
  assert.deepEqual(unsigned.steps[0], [0, 11_000])
})

test('a contract car of ISO 15118-20 believes prices in money only where the operator of its own contract signed them', async (t) => {
  const iso20 = { vehicle: credentialOf(PKI_20.vehicle), control: 'scheduled', contract: credentialOf(PKI_20.contract) } as const
  const identity: CarIdentity = { ...OLD, contract: credentialOf(PKI_2.contract), iso20 }
  const tariff = { currency: 'EUR', language: 'en', timeZone: 'UTC', bands: bandsAround(6, ['0.42', '0.19']) }
  const [old, young] = [PKI_2, PKI_20].map(({ branches }) => branches.mo.subCa2.privateKey)
  const signed = await chosen(t, identity, FLAT, { ...SECURED, tariff, tariffKeys: { iso2: old, iso20: young } })
  assert.deepEqual([signed.protocol, signed.steps[0]?.[1], signed.unbelieved], ['iso15118-20', 0, []])
  for (const tariffKeys of [undefined, { iso2: old }, { iso20: old }]) {
    const unbelieved = await chosen(t, identity, FLAT, { ...SECURED, tariff, tariffKeys })
    assert.deepEqual([unbelieved.protocol, unbelieved.steps[0]], ['iso15118-20', [0, 11_000]])
    assert.deepEqual(unbelieved.unbelieved, ['ScheduleExchangeRes'], 'and its cable says so')
  }
})
