import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, instantOf } from '@voltway/units'
import { normaliseRequest, receiveRequest } from './protocols.ts'
import type { OcppVersion } from './version.ts'

const now = epochMs(instantOf('2026-06-01T12:00:00Z') ?? 0)
const lenient = { mode: 'lenient', now } as const
const at = '2026-06-01T11:00:00Z'
const [V16, V201] = ['ocpp1.6', 'ocpp2.0.1'] as const
const boot = { chargePointVendor: 'V', chargePointModel: 'M' }
const start = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: at }
const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' }
const meter = (...sampledValue: readonly object[]) => ({ connectorId: 1, meterValue: [{ timestamp: at, sampledValue }] })
const meter2 = (...sampledValue: readonly object[]) => ({ evseId: 1, meterValue: [{ timestamp: at, sampledValue }] })
const long = (length: number) => 'x'.repeat(length)

const REFUSED: readonly (readonly [sentence: string, version: OcppVersion, action: string, payload: unknown, code: string])[] = [
  ['an empty boot', V16, 'BootNotification', {}, 'OccurrenceConstraintViolation'],
  ['a payload that is text', V16, 'BootNotification', 'boot', 'FormatViolation'],
  ['an object where text is wanted', V16, 'Authorize', { idTag: {} }, 'TypeConstraintViolation'],
  ['an invented status', V16, 'StatusNotification', { ...status, status: 'Sleeping' }, 'PropertyConstraintViolation'],
  ['half a connector', V16, 'StartTransaction', { ...start, connectorId: 1.5 }, 'TypeConstraintViolation'],
  ['a meter beyond what a number holds', V16, 'StartTransaction', { ...start, meterStart: 2 ** 60 }, 'PropertyConstraintViolation'],
  ['an infinite meter', V16, 'StartTransaction', { ...start, meterStart: Number.POSITIVE_INFINITY }, 'TypeConstraintViolation'],
  ['a vendor of a thousand characters', V16, 'BootNotification', { ...boot, chargePointVendor: long(1000) }, 'PropertyConstraintViolation'],
  ['meter values of which none can be read', V201, 'MeterValues', meter2({ value: 'NaN' }), 'OccurrenceConstraintViolation'],
  ['an action that does not exist', V16, 'Teleport', {}, 'NotImplemented'],
  ['an action that is a property of every object', V16, 'constructor', {}, 'NotImplemented'],
]
for (const [sentence, version, action, payload, code] of REFUSED)
  test(`refuses ${sentence}`, () => {
    const received = receiveRequest(version, { action, payload }, lenient)
    assert.ok(!received.ok, JSON.stringify(received))
    assert.equal(received.failure.code, code)
  })

test('strict mode forgives nothing', () => {
  const strict = { mode: 'strict', now } as const
  assert.equal(receiveRequest(V16, { action: 'BootNotification', payload: boot }, strict).ok, true)
  for (const payload of [
    { ...boot, chargePointModel: long(23) },
    { ...boot, extra: 1 },
    { ...boot, chargePointModel: 'M\0' },
  ])
    assert.equal(receiveRequest(V16, { action: 'BootNotification', payload }, strict).ok, false)
  assert.equal(receiveRequest(V16, { action: 'MeterValues', payload: meter({ value: '1\0' }) }, strict).ok, false)
})
test('records at most 50 violations of one payload', () => {
  const payload = { ...boot, ...Object.fromEntries(Array.from({ length: 500 }, (_, index) => [`extra${index}`, index])) }
  const { violations, dropped, payload: clean } = normaliseRequest(V16, { action: 'BootNotification', payload }, now)
  assert.deepEqual([violations.length, dropped.length, clean], [50, 50, boot])
})
test('names what it dropped and where', () => {
  const { dropped } = normaliseRequest(V16, { action: 'MeterValues', payload: meter({ value: '1' }, { value: 'NaN' }) }, now)
  assert.deepEqual(dropped, [{ path: '/meterValue/0/sampledValue/1', value: { value: 'NaN' } }])
})
