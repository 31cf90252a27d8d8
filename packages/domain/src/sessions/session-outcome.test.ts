import assert from 'node:assert/strict'
import { test } from 'node:test'
import { wattHours } from '@voltway/units'
import { foldSession } from './fold-session.ts'
import { sessionOutcome } from './session-outcome.ts'
import { ended, started, updated } from './testing/facts.ts'

const from = started(0, { registerWh: wattHours(0) })
const to = { registerWh: wattHours(5_000) }
const known = { authorised: true, paid: false }

for (const { name, facts, context, reached, lost } of [
  { name: 'still plugged in', facts: [started(0)], context: { authorised: false, paid: false }, reached: 'plugged', lost: undefined },
  {
    name: 'left without a card',
    facts: [started(0), ended(2)],
    context: { authorised: false, paid: false },
    reached: 'plugged',
    lost: { step: 'authorised', cause: 'noAuthorisation' },
  },
  {
    name: 'a card refused',
    facts: [started(0), ended(2, { stopReason: 'unauthorised' })],
    context: { authorised: false, paid: false },
    reached: 'plugged',
    lost: { step: 'authorised', cause: 'unauthorised' },
  },
  {
    name: 'a fault before energy',
    facts: [started(0), ended(2, { stopReason: 'fault' })],
    context: known,
    reached: 'authorised',
    lost: { step: 'energy', cause: 'fault' },
  },
  {
    name: 'a car that took nothing',
    facts: [from, updated(1, { chargingState: 'suspendedByVehicle' }), ended(9)],
    context: known,
    reached: 'authorised',
    lost: { step: 'energy', cause: 'vehicleTookNothing' },
  },
  {
    name: 'charging in words alone',
    facts: [from, updated(1, { chargingState: 'charging' }), ended(9, { registerWh: wattHours(0) })],
    context: known,
    reached: 'authorised',
    lost: { step: 'energy', cause: 'stationGaveNothing' },
  },
  {
    name: 'a power cut',
    facts: [from, ended(30, { ...to, stopReason: 'powerLoss' })],
    context: known,
    reached: 'energy',
    lost: { step: 'endedWell', cause: 'powerLoss' },
  },
  {
    name: 'a reason that says nothing',
    facts: [from, ended(30, { ...to, stopReason: 'other' })],
    context: known,
    reached: 'energy',
    lost: { step: 'endedWell', cause: 'other' },
  },
  {
    name: 'held',
    facts: [ended(30, to), updated(5, { registerWh: wattHours(10) })],
    context: known,
    reached: 'endedWell',
    lost: { step: 'paid', cause: 'held' },
  },
  {
    name: 'not billed yet',
    facts: [from, ended(30, to)],
    context: known,
    reached: 'endedWell',
    lost: { step: 'paid', cause: 'notBilled' },
  },
  {
    name: 'paid',
    facts: [from, ended(30, { ...to, stopReason: 'driver' })],
    context: { authorised: true, paid: true },
    reached: 'paid',
    lost: undefined,
  },
] as const) {
  test(`the way from plug to paid: ${name}`, () => assert.deepEqual(sessionOutcome(foldSession(facts), context), { reached, lost }))
}
