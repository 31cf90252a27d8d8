import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testId } from '@voltway/store/testing'
import { SECOND } from '@voltway/units'
import { NOON } from '../jobs/testing/job-world.ts'
import type { IntentOutcome, StationGateway } from '../ocpp/station-gateway.ts'
import { manualClock } from '../ocpp/testing/manual-clock.ts'
import { askStation } from './ask-station.ts'

const target = { tenantId: testId<'Tenant'>(), stationId: testId<'ChargingStation'>() }
const intent = { kind: 'clearChargingProfile', profileNumber: 1 } as const
const asked = (perform: () => Promise<IntentOutcome>) => {
  const network = manualClock(NOON)
  const gateway: StationGateway = {
    call: async () => ({ outcome: 'offline' }),
    perform,
    linkOf: async () => undefined,
    linksOf: async () => () => false,
    disconnect: () => {},
  }
  return { network, answer: askStation({ gateway, network }, target, { intent, requestedBy: 'test' }) }
}

test('an answer is what the station says', async () => {
  assert.deepEqual(await asked(async () => ({ accepted: true })).answer, { accepted: true })
})

test('a station that hangs is waited for ten seconds, and counts as one that refuses', async () => {
  const { network, answer } = asked(() => new Promise(() => {}))
  network.advance(11 * SECOND)
  assert.deepEqual(await answer, { accepted: false, reason: 'NoAnswer' })
})
