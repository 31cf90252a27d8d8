import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sequenceRows } from './sequence-rows.ts'
import type { SimConnector, SimMessage } from './simulator-api.ts'

const at = (second: number) => `2026-03-11T14:30:${String(second).padStart(2, '0')}.000Z`
const connector = (messages: NonNullable<SimConnector['dialogue']>['messages']): SimConnector => ({
  evse: 1,
  connector: 1,
  standard: 'IEC_62196_T2',
  maxPowerW: 22_000,
  status: 'Occupied',
  state: 'charging',
  locked: true,
  voltageV: 230,
  cable: 'plugged',
  speaks: ['pilot', 'iso15118', 'contract'],
  dialogue: { state: 'charging', speaks: 'contract', messages },
})
const call = (second: number, action: string, payload: object, id = action): SimMessage => ({
  at: at(second),
  direction: 'out',
  action,
  text: JSON.stringify([2, id, action, payload]),
  ok: true,
})
const result = (second: number, action: string, payload: object, id = action): SimMessage => ({
  at: at(second),
  direction: 'in',
  action,
  text: JSON.stringify([3, id, payload]),
  ok: true,
})
const short = (rows: ReturnType<typeof sequenceRows>) =>
  rows.map(({ from, to, message, code, times }) => [from, to, message, code ?? '', times].join(' '))

test('car, station and server speak in one order, each answer with its code', () => {
  const rows = sequenceRows(
    connector([
      { at: at(1), from: 'EV', message: 'AuthorizationReq', times: 1 },
      { at: at(4), from: 'SECC', message: 'AuthorizationRes', responseCode: 'OK', times: 7 },
    ]),
    [
      call(0, 'Heartbeat', {}),
      call(2, 'Authorize', { idToken: { idToken: 'X', type: 'eMAID' } }),
      result(3, 'Authorize', { idTokenInfo: { status: 'Accepted' } }),
    ],
  )
  assert.deepEqual(short(rows), [
    'EV SECC AuthorizationReq  1',
    'station server Authorize  1',
    'server station Authorize Accepted 1',
    'SECC EV AuthorizationRes OK 7',
  ])
})

test('what was wrong with a message that was taken stands beside it, as bad', () => {
  const deviation = 'wrongSessionId: SessionID of another session'
  const rows = sequenceRows(
    connector([
      { at: at(1), from: 'EV', message: 'ChargingStatusReq', times: 40 },
      { at: at(1), from: 'EV', message: 'ChargingStatusReq', deviation, times: 1 },
    ]),
    [],
  )
  assert.deepEqual(
    rows.map(({ code, isBad }) => [code, isBad]),
    [
      [undefined, false],
      [deviation, true],
    ],
  )
})

test('what repeats at the server is folded with its count, and what another connector does is left out', () => {
  const update = (n: number, evse: number) => [
    call(n * 2, 'TransactionEvent', { eventType: 'Updated', evse: { id: evse } }, `u${n}`),
    result(n * 2 + 1, 'TransactionEvent', {}, `u${n}`),
  ]
  const start = { at: at(0), from: 'EV', message: 'supportedAppProtocolReq', times: 1 } as const
  const rows = sequenceRows(connector([start]), [...update(1, 1), ...update(2, 1), ...update(3, 2), ...update(4, 1)])
  assert.deepEqual(short(rows), [
    'EV SECC supportedAppProtocolReq  1',
    'station server TransactionEvent Updated 3',
    'server station TransactionEvent  3',
  ])
  assert.equal(rows.at(-1)?.at, at(9))
})

test('refusals are marked at the cable and at the server, and a frame that cannot be read still stands in the picture', () => {
  const rows = sequenceRows(
    connector([{ at: at(1), from: 'SECC', message: 'PaymentDetailsRes', responseCode: 'FAILED_CertChainError', times: 1 }]),
    [
      result(2, 'Authorize', { idTokenInfo: { status: 'Invalid' } }),
      { at: at(3), direction: 'in', action: '?', text: '[3,', ok: false },
      result(4, 'NotifyEVChargingNeeds', { status: 'Accepted' }),
    ],
  )
  assert.deepEqual(
    rows.map(({ isBad }) => isBad),
    [true, true, true, false],
  )
})
