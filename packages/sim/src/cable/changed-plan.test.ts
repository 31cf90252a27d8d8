import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { credentialOf } from '@voltway/pki'
import { listOf, objectOf } from '../json.ts'
import type { TemplateName } from '../template.ts'
import { car, eventually, heedsCars, IDENTITY, names, PKI_20, SECURED, sendPlan, talking } from '../testing/talking-station.ts'
import type { CarIdentity, Iso20Identity } from './cable.ts'

const young = (control: Iso20Identity['control']): CarIdentity => ({
  ...IDENTITY,
  iso20: { vehicle: credentialOf(PKI_20.vehicle), control },
})
/** A car that charges by a first plan of the server, and a way to change that. */
const charging = async (t: TestContext, template: TemplateName, identity: CarIdentity) => {
  const { csms, station, connector } = await talking(t, { template, highLevel: SECURED }, { answer: heedsCars })
  await station.card(1, 'BOOK42')
  station.plug(1, car(identity))
  const plan = (limit: number) => sendPlan(csms, { limit, kind: 'Absolute' })
  await eventually('the server hears what the car needs', () => csms.of('NotifyEVChargingNeeds').length > 0)
  await plan(7_000)
  await eventually('it charges by the first plan', () => connector().transaction?.powerW === 7_000)
  const choices = () =>
    csms.of('NotifyEVChargingSchedule').map(({ chargingSchedule }) => listOf(objectOf(chargingSchedule).chargingSchedulePeriod)[0]?.limit)
  return { csms, station, connector, plan, choices }
}

for (const [name, template, identity, loop] of [
  ['ISO 15118-2, alternating current', 'ac-22-dual', IDENTITY, 'ChargeParameterDiscoveryReq'],
  ['ISO 15118-2, direct current', 'dc-50-ccs-chademo', IDENTITY, 'ChargeParameterDiscoveryReq'],
  ['ISO 15118-20, alternating current', 'ac-22-dual', young('scheduled'), 'ScheduleExchangeReq'],
  ['ISO 15118-20, direct current', 'dc-50-ccs-chademo', young('scheduled'), 'ScheduleExchangeReq'],
] as const)
  test(`${name}: a plan that is changed while the car charges is negotiated anew, and what it draws follows`, async (t) => {
    const { csms, station, connector, plan, choices } = await charging(t, template, identity)
    const states = () => csms.of('TransactionEvent').map(({ transactionInfo }) => objectOf(transactionInfo).chargingState)
    await eventually('the server knows that it charges', () => states().at(-1) === 'Charging')
    const saidBefore = states().length
    await plan(9_000)
    await eventually('the car has chosen anew', () => choices().length === 2)
    await eventually('it charges by the new plan', () => connector().transaction?.powerW === 9_000)
    assert.deepEqual(choices(), [7_000, 9_000])
    assert.ok(!states().slice(saidBefore).includes('SuspendedEV'), 'a car that negotiates does not pause')
    assert.equal(csms.of('NotifyEVChargingNeeds').length, 1, 'the server that changed its plan is not asked for one')
    assert.equal(names(connector()).filter((name) => name === loop).length >= 1, true)
    await plan(9_000)
    await plan(6_000)
    await eventually('a lower limit binds at once', () => connector().transaction?.powerW === 6_000)
    await eventually('and the car has chosen once more', () => choices().length >= 3)
    assert.deepEqual(choices(), [7_000, 9_000, 6_000], 'a plan that says the same is not negotiated')
    assert.ok(station.stop(1).ok)
    await eventually('both part in order', () => connector().dialogue?.ended === 'finished')
    assert.equal(new Set(csms.of('TransactionEvent').map(({ transactionInfo }) => objectOf(transactionInfo).transactionId)).size, 1)
  })

test('a window that is over before a car could have negotiated for it is left alone, at a clock that runs sixty times as fast', async (t) => {
  const { csms, connector, plan, choices } = await charging(t, 'dc-50-ccs-chademo', IDENTITY)
  // Four minutes here are four seconds there.
  await sendPlan(csms, { limit: 7_000, kind: 'Absolute', but: { from: 3_600, until: 3_840, limit: 9_000 } })
  await new Promise((resolve) => setTimeout(resolve, 700))
  assert.equal(connector().transaction?.powerW, 7_000)
  await plan(9_000)
  await eventually('the car has chosen anew', () => choices().length === 2)
  await eventually('it charges by the new plan', () => connector().transaction?.powerW === 9_000)
  assert.deepEqual(choices(), [7_000, 9_000])
})

test('a steered car follows a changed plan without a word about schedules', async (t) => {
  const { connector, plan, choices } = await charging(t, 'dc-50-ccs-chademo', young('dynamic'))
  await plan(9_000)
  await eventually('it charges by the new plan', () => connector().transaction?.powerW === 9_000)
  assert.deepEqual(choices(), [])
})

test('a car that draws on when it is asked to stop is cut off, and what it drew is what the server is told', async (t) => {
  const { csms, station, connector } = await talking(t, {
    template: 'dc-50-ccs-chademo',
    highLevel: { ...SECURED, stopWithinSeconds: 1 },
  })
  await station.card(1, 'BOOK42')
  station.plug(1, car({ ...IDENTITY, ignoresStop: true }))
  await eventually('the meter counts', () => (connector().transaction?.importWh ?? 0) > 500)
  assert.ok(station.stop(1).ok)
  await eventually('the session is closed', () => connector().dialogue?.state === 'ended')
  assert.match(connector().dialogue?.ended ?? '', /^stopIgnored: Voltway_SECC_Stop/)
  await eventually('the server hears the end', () => csms.of('TransactionEvent').at(-1)?.eventType === 'Ended')
  const drawn = station.registers(1).importWh
  const last = listOf(listOf(csms.of('TransactionEvent').at(-1)?.meterValue).at(-1)?.sampledValue)
  assert.equal(last.find(({ measurand }) => measurand === 'Energy.Active.Import.Register')?.value, drawn)
  await new Promise((resolve) => setTimeout(resolve, 200))
  assert.equal(station.registers(1).importWh, drawn, 'nothing flows any more')
})

test('a car that finds itself full while it negotiates anew ends its session, and its connector does not stay suspended', async (t) => {
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: SECURED }, { answer: heedsCars })
  const timesAsked = () => names(connector()).filter((name) => name === 'ChargeParameterDiscoveryReq').length
  await station.card(1, 'BOOK42')
  station.plug(1, { ...car(IDENTITY), isFull: () => timesAsked() > 1 })
  await eventually('the server hears what the car needs', () => csms.of('NotifyEVChargingNeeds').length > 0)
  await sendPlan(csms, { limit: 7_000, kind: 'Absolute' })
  await eventually('it charges by the first plan', () => connector().transaction?.powerW === 7_000)
  await sendPlan(csms, { limit: 9_000, kind: 'Absolute' })
  await eventually('both part in order', () => connector().dialogue?.ended === 'finished: full')
  await eventually('the plug is free', () => connector().state === 'finishing')
  await eventually('the server hears the end', () => csms.of('TransactionEvent').at(-1)?.eventType === 'Ended')
  assert.equal(objectOf(csms.of('TransactionEvent').at(-1)?.transactionInfo).stoppedReason, 'StoppedByEV')
})
