import assert from 'node:assert/strict'
import { test } from 'node:test'
import { quickRequest } from './quick-command.ts'

test('the same button speaks the words of each version', () => {
  assert.deepEqual(quickRequest('ocpp1.6', { kind: 'reset', hard: true }), { action: 'Reset', payload: { type: 'Hard' } })
  assert.deepEqual(quickRequest('ocpp2.0.1', { kind: 'reset', hard: true }), { action: 'Reset', payload: { type: 'Immediate' } })
  assert.deepEqual(quickRequest('ocpp1.6', { kind: 'availability', evse: 2, operative: false }).payload, {
    connectorId: 2,
    type: 'Inoperative',
  })
  assert.deepEqual(quickRequest('ocpp2.0.1', { kind: 'availability', evse: 2, operative: false }).payload, {
    operationalStatus: 'Inoperative',
    evse: { id: 2 },
  })
})

test('EVSE 0 is the whole station: 2.0.1 then names no EVSE', () => {
  assert.deepEqual(quickRequest('ocpp2.0.1', { kind: 'availability', evse: 0, operative: true }).payload, {
    operationalStatus: 'Operative',
  })
})

test('a status is asked of a connector, meter values of the EVSE', () => {
  const evse = (message: 'StatusNotification' | 'MeterValues') =>
    quickRequest('ocpp2.0.1', { kind: 'trigger', evse: 1, message }).payload.evse
  assert.deepEqual(evse('StatusNotification'), { id: 1, connectorId: 1 })
  assert.deepEqual(evse('MeterValues'), { id: 1 })
})
