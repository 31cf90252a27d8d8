import assert from 'node:assert/strict'
import { test } from 'node:test'
import { credentialOf } from '@voltway/pki'
import { listOf, objectOf } from '../json.ts'
import { car, eventually, heedsCars, IDENTITY, names, PKI_20, SECURED, sendPlan, talking } from '../testing/talking-station.ts'
import type { CarIdentity, HighLevel } from './cable.ts'

const YOUNG: CarIdentity = { ...IDENTITY, iso20: { vehicle: credentialOf(PKI_20.vehicle), control: 'scheduled' } }
const STEERED: CarIdentity = {
  ...IDENTITY,
  iso20: { vehicle: credentialOf(PKI_20.vehicle), control: 'dynamic', contract: credentialOf(PKI_20.contract) },
}
const ONLY_OLD: HighLevel = { ...SECURED, tls: { clientRoots: [], credentials: { iso2: SECURED.tls!.credentials.iso2! } } }
const FOREIGN: HighLevel = { ...SECURED, tls: { ...SECURED.tls!, clientRoots: [PKI_20.roots.mo.der] } }

test('a car of ISO 15118-20 charges direct current by its own profile over mutual TLS 1.3, and is stopped in order', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: SECURED })
  station.plug(1, car(YOUNG))
  await eventually('the car waits for its driver', () => names(connector()).includes('AuthorizationRes'))
  assert.ok((await station.card(1, 'BOOK42')).ok)
  await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 10_000)
  const { dialogue, transaction } = connector()
  assert.deepEqual([dialogue?.protocol, dialogue?.security], ['iso15118-20', 'TLS 1.3'])
  assert.ok(Math.abs((dialogue?.demandW ?? 0) - (transaction?.powerW ?? 0)) < 1_000, 'the output is what the car asks for')
  for (const name of ['ScheduleExchangeRes', 'DC_CableCheckRes', 'DC_PreChargeRes', 'DC_ChargeLoopReq'])
    assert.ok(names(connector()).includes(name), name)
  const [needs] = csms.of('NotifyEVChargingNeeds')
  assert.equal(objectOf(needs?.chargingNeeds).requestedEnergyTransfer, 'DC')
  assert.ok(station.stop(1).ok)
  await eventually('both part in order', () => connector().dialogue?.ended === 'finished')
  await eventually('the server hears the end', () => csms.of('TransactionEvent').at(-1)?.eventType === 'Ended')
})

test('a car that is steered pays by its contract, follows the station to and fro, and what it gives back is metered', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: SECURED })
  station.plug(1, car(STEERED, 60))
  await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 5_000)
  assert.deepEqual(connector().dialogue?.protocol, 'iso15118-20')
  const [authorize] = csms.of('Authorize')
  assert.deepEqual(authorize?.idToken, { idToken: PKI_20.contract.subject.commonName, type: 'eMAID' })
  assert.equal(csms.of('NotifyEVChargingSchedule').length, 0, 'whoever is steered has no schedule of its own')
  assert.ok(station.giveBack(1, 5_000).ok)
  await eventually('it gives back', () => connector().transaction?.powerW === -5_000)
  await eventually('that is metered', () => station.registers(1).exportWh > 100)
  assert.ok(station.giveBack(1, 0).ok)
  await eventually('it charges again', () => (connector().transaction?.powerW ?? 0) > 5_000)
  assert.ok(station.stop(1).ok)
  await eventually('the server hears the end', () => csms.of('TransactionEvent').at(-1)?.eventType === 'Ended')
  const values = csms.of('TransactionEvent').flatMap(({ meterValue }) => listOf(meterValue).flatMap((one) => listOf(one.sampledValue)))
  assert.ok(values.some(({ measurand, value }) => measurand === 'Energy.Active.Export.Register' && Number(value) > 100))
})

test('a steered car on direct current gives back what it is told to, no more than the station can take, and only where both can', async (t) => {
  const { station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: SECURED })
  await station.card(1, 'BOOK42')
  station.plug(1, car({ ...STEERED, iso20: { ...STEERED.iso20!, contract: undefined } }, 60))
  await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 10_000)
  assert.ok(station.giveBack(1, 90_000).ok)
  // 20 kW the station, 10 kW the car.
  await eventually('it gives back', () => connector().transaction?.powerW === -10_000)
  await eventually('that is metered', () => station.registers(1).exportWh > 100)
})

for (const template of ['ac-22-dual', 'dc-50-ccs-chademo'] as const)
  test(`${template}: a car that plans by itself negotiates for a profile that gives back, and for another when it charges again`, async (t) => {
    const { csms, station, connector } = await talking(t, { template, highLevel: SECURED })
    await station.card(1, 'BOOK42')
    station.plug(1, car(YOUNG, 60))
    await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 5_000)
    assert.ok(station.giveBack(1, 5_000).ok)
    await eventually('it gives back', () => connector().transaction?.powerW === -5_000)
    await eventually('that is metered', () => station.registers(1).exportWh > 100)
    const limits = () =>
      csms.of('NotifyEVChargingSchedule').map(({ chargingSchedule }) => listOf(objectOf(chargingSchedule).chargingSchedulePeriod)[0]?.limit)
    // OCPP 2.0.1 has no words below zero.
    await eventually('the server hears what the car chose', () => limits().at(-1) === 0)
    assert.ok(station.giveBack(1, 0).ok)
    await eventually('it charges again', () => (connector().transaction?.powerW ?? 0) > 5_000)
    await eventually('the server hears of that, too', () => limits().length === 3)
  })

test('a car of the older generation has no words for giving back, and says so', async (t) => {
  const { station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: SECURED })
  await station.card(1, 'BOOK42')
  station.plug(1, car(IDENTITY, 60))
  await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 10_000)
  assert.equal(station.giveBack(1, 5_000).ok, false)
})

test('a car of both generations speaks the older one with a station that has no newer', async (t) => {
  const { station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: ONLY_OLD })
  await station.card(1, 'BOOK42')
  station.plug(1, car(YOUNG))
  await eventually('it charges', () => (connector().transaction?.powerW ?? 0) > 5_000)
  assert.deepEqual([connector().dialogue?.protocol, connector().dialogue?.security], ['iso15118-2', 'TLS 1.2'])
})

test('a car whose vehicle certificate leads to no root of the station is not spoken with', async (t) => {
  const { station, connector } = await talking(t, { template: 'dc-50-ccs-chademo', highLevel: FOREIGN })
  station.plug(1, car(YOUNG))
  await eventually('the session is over', () => connector().dialogue?.state === 'ended')
  assert.match(connector().dialogue?.ended ?? '', /^certificate/)
  assert.equal(connector().dialogue?.protocol, undefined)
  assert.equal(connector().transaction, undefined)
})

test('the plan of the server reaches a car of ISO 15118-20, and its choice the server', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: SECURED }, { answer: heedsCars })
  await station.card(1, 'BOOK42')
  station.plug(1, car(YOUNG))
  await eventually('the server hears what the car needs', () => csms.of('NotifyEVChargingNeeds').length > 0)
  const asked = objectOf(objectOf(csms.of('NotifyEVChargingNeeds')[0]?.chargingNeeds).acChargingParameters)
  assert.deepEqual([asked.evMaxCurrent, asked.evMinCurrent, asked.energyAmount], [16, 6, 38_670])
  await sendPlan(csms, { limit: 7_000 })
  await eventually('the car has chosen', () => csms.of('NotifyEVChargingSchedule').length > 0)
  const periods = listOf(objectOf(csms.of('NotifyEVChargingSchedule')[0]?.chargingSchedule).chargingSchedulePeriod)
  assert.equal(periods[0]?.limit, 7_000)
  await eventually('it charges by the plan', () => connector().transaction?.powerW === 7_000)
})
