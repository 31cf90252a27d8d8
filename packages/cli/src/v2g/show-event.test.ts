import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import type { TransportEvent } from '@voltway/vehicle/transport'
import { eventPrinter } from './show-event.ts'

const at = epochMs(1_700_000_000_123)
const toSecc = { at, from: 'evcc', to: 'secc' } as const
const toEvcc = { at, from: 'secc', to: 'evcc' } as const
const frame = { kind: 'message', payloadType: 0x8001, bytes: 12 } as const

const EVENTS: readonly TransportEvent[] = [
  { ...toSecc, kind: 'sdp', message: 'SDPRequest', security: 'tls' },
  { ...toEvcc, kind: 'sdp', message: 'SDPResponse', security: 'none', address: 'fe80::1', port: 50_000, refused: 'downgrade: no TLS' },
  { ...toSecc, kind: 'link', message: 'connected', peer: '[::1]:1', tls: '1.2', cipher: 'SUITE', missing: ['trusted_ca_keys: not used'] },
  ...Array.from({ length: 3 }, (): readonly TransportEvent[] => [
    { ...frame, ...toSecc, message: 'ChargingStatusReq' },
    { ...toSecc, to: 'evcc', kind: 'timer', message: 'Voltway_EVCC_Pace' },
    { ...frame, ...toEvcc, message: 'ChargingStatusRes', responseCode: 'OK', document: { root: 'V2G_Message', value: { meter: 1n } } },
  ]).flat(),
  { ...frame, ...toSecc, message: '?', unreadable: 'not readable as iso15118-2: truncated' },
  { ...toSecc, kind: 'deviation', message: 'SessionSetupReq', code: 'facet', what: 'EVCCID: 7 bytes' },
  { ...toSecc, kind: 'refused', message: 'another version', code: 'header', times: 7 },
  { at, from: 'secc', to: 'secc', kind: 'timer', message: 'V2G_SECC_Sequence_Timeout' },
  { at, from: 'secc', to: 'secc', kind: 'state', message: 'ended' },
  { ...toEvcc, kind: 'ended', message: 'ended', code: 'timeout', detail: 'V2G_SECC_Sequence_Timeout' },
]

const printed = (json: boolean): readonly string[] => {
  const lines: string[] = []
  const show = eventPrinter((line) => lines.push(line), json)
  for (const event of EVENTS) show(event)
  return lines
}

test('for people a loop is counted, and what is wrong is marked', () => {
  assert.deepEqual(printed(false), [
    '22:13:20.123  EV -> SDPRequest tls',
    '22:13:20.123     <- SDPResponse none [fe80::1]:50000 ✘ downgrade: no TLS',
    '22:13:20.123  EV -> connected [::1]:1, TLS 1.2 SUITE, trusted_ca_keys: not used',
    '22:13:20.123  EV -> ChargingStatusReq',
    '22:13:20.123     <- ChargingStatusRes OK',
    '              ... 4 messages more of the same two',
    '22:13:20.123  EV -> ? ✘ not readable as iso15118-2: truncated',
    '22:13:20.123  EV -> SessionSetupReq ✘ taken all the same: facet, EVCCID: 7 bytes',
    '22:13:20.123  EV -> another version ✘ header (7 times)',
    '22:13:20.123      · V2G_SECC_Sequence_Timeout ran out',
    '22:13:20.123      · ended',
    '22:13:20.123     <- ended timeout: V2G_SECC_Sequence_Timeout',
  ])
})

test('for programs every event is a line of JSON, without what JSON does not have', () => {
  const lines = printed(true).map((line) => JSON.parse(line))
  assert.deepEqual(
    lines.map(({ kind, message }) => [kind, message]),
    EVENTS.map(({ kind, message }) => [kind, message]),
  )
  assert.deepEqual(lines[5], { ...frame, ...toEvcc, message: 'ChargingStatusRes', responseCode: 'OK' })
})
