import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import type { TransportEvent } from '@voltway/vehicle/transport'
import { messageLog } from './message-log.ts'

const at = epochMs(1_700_000_000_000)
const toSecc = { at, from: 'evcc', to: 'secc' } as const
const REQUEST: TransportEvent = { ...toSecc, kind: 'message', message: 'ChargingStatusReq', payloadType: 0x8001, bytes: 9 }
const RESPONSE: TransportEvent = { ...REQUEST, from: 'secc', to: 'evcc', message: 'ChargingStatusRes', responseCode: 'OK' }
const DEVIATION: TransportEvent = {
  ...toSecc,
  kind: 'deviation',
  message: 'ChargingStatusReq',
  code: 'wrongSessionId',
  what: 'another one',
}

test('a loop is counted, and a deviation in it stands where it was told', () => {
  const log = messageLog(() => at)
  const isNew = [REQUEST, DEVIATION, RESPONSE, REQUEST, RESPONSE, REQUEST, RESPONSE].map(log.add)
  assert.deepEqual(isNew, [true, true, true, true, false, false, false])
  assert.deepEqual(
    log.all().map(({ from, message, deviation, times }) => [from, message, deviation, times]),
    [
      ['EV', 'ChargingStatusReq', undefined, 1],
      ['EV', 'ChargingStatusReq', 'wrongSessionId: another one', 1],
      ['EV', 'ChargingStatusReq', undefined, 2],
      ['SECC', 'ChargingStatusRes', undefined, 3],
    ],
  )
})
