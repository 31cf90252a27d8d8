import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { credentialOf } from '@voltway/pki'
import { isoOf } from '@voltway/units'
import { systemClock } from '../clock.ts'
import { numberOf, objectOf } from '../json.ts'
import { scaledClock } from '../scaled-clock.ts'
import { car, eventually, heedsCars, IDENTITY, PKI_20, SECURED, sendPlan, talking } from '../testing/talking-station.ts'
import type { CarIdentity } from './cable.ts'

/** While they agree, which takes real time; then while the car charges. */
const [AGREEING, CHARGING] = [60, 1_200]
/** By then car and station have agreed, also on a busy machine. */
const SETTLES_S = 15 * 60
const STAYS_S = 60 * 60
const OLD: CarIdentity = { ...IDENTITY, departureSeconds: STAYS_S }
const YOUNG: CarIdentity = { ...OLD, iso20: { vehicle: credentialOf(PKI_20.vehicle), control: 'scheduled' } }

/** A car that is to have 80 % and whose server plans so much of the energy that it asked for, and nothing after that. */
const planned = async (
  t: TestContext,
  identity: CarIdentity,
  { socPercent, share }: { readonly socPercent: number; readonly share: number },
) => {
  const clock = scaledClock({ base: systemClock, rate: AGREEING })
  const { csms, station, connector } = await talking(t, { template: 'ac-22-dual', highLevel: SECURED, clock }, { answer: heedsCars })
  const pluggedAt = clock.now()
  await station.card(1, 'BOOK42')
  station.plug(1, car(identity, socPercent, 80))
  await eventually('the server hears what the car needs', () => csms.of('NotifyEVChargingNeeds').length > 0)
  const needs = objectOf(csms.of('NotifyEVChargingNeeds')[0]?.chargingNeeds)
  const askedWh = numberOf(objectOf(needs.acChargingParameters).energyAmount) ?? 0
  const only = { from: SETTLES_S, until: SETTLES_S + Math.ceil(((askedWh * share) / 11_000) * 3_600) }
  await sendPlan(csms, { limit: 11_000, kind: 'Absolute', only, startSchedule: isoOf(clock.now()) })
  await eventually('the car has chosen', () => csms.of('NotifyEVChargingSchedule').length > 0)
  clock.setRate(CHARGING)
  await eventually('the session is over', () => connector().dialogue?.state === 'ended')
  return { askedWh, connector, stayedS: (clock.now() - pluggedAt) / 1_000, takenWh: station.registers(1).importWh, csms }
}
const lastReason = ({ csms }: Pick<Awaited<ReturnType<typeof planned>>, 'csms'>) =>
  csms.of('TransactionEvent').map(({ transactionInfo }) => objectOf(transactionInfo).stoppedReason)

for (const [name, identity] of [
  ['ISO 15118-2', OLD],
  ['ISO 15118-20', YOUNG],
] as const) {
  test(`${name}: a car asks for what its losses take too, gets to where its driver wants it by a plan with room for that, and ends`, async (t) => {
    const { askedWh, takenWh, connector, stayedS, csms } = await planned(t, identity, { socPercent: 75, share: 1.5 })
    assert.equal(takenWh, Math.round((58_000 * 0.05) / 0.9))
    assert.ok(askedWh >= takenWh && askedWh < takenWh + 10, `it asked for ${askedWh} Wh and took ${takenWh}`)
    assert.equal(connector().car?.socPercent, 80)
    assert.equal(connector().dialogue?.ended, 'finished: full')
    assert.ok(stayedS < STAYS_S, 'before it leaves')
    await eventually('the plug is free', () => connector().state === 'finishing')
    await eventually('the server knows why', () => lastReason({ csms }).includes('StoppedByEV'))
  })

  test(`${name}: a car that got less by its departure ends then, rather than wait for what does not come`, async (t) => {
    const { askedWh, takenWh, connector, stayedS } = await planned(t, identity, { socPercent: 40, share: 0.1 })
    assert.ok(takenWh > 0 && takenWh < askedWh / 2, `${takenWh} of ${askedWh} Wh`)
    assert.equal(connector().dialogue?.ended, 'finished: departure')
    assert.ok(stayedS >= STAYS_S, `it left after ${stayedS} s`)
    await eventually('the plug is free', () => connector().state === 'finishing')
  })
}
