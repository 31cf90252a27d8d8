import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, instantOf } from '@voltway/units'
import { receiveRequest } from './protocols.ts'
import { NO_CLOCK } from './timestamp.ts'
import type { OcppVersion } from './version.ts'

const now = epochMs(instantOf('2026-06-01T12:00:00Z') ?? 0)
const lenient = { mode: 'lenient', now } as const
const at = '2026-06-01T11:00:00Z'
const [V16, V201] = ['ocpp1.6', 'ocpp2.0.1'] as const

const boot = { chargePointVendor: 'V', chargePointModel: 'M' }
const start = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: at }
const stop = { transactionId: 7, meterStop: 100, timestamp: at }
const meter = (...sampledValue: readonly object[]) => ({ connectorId: 1, meterValue: [{ timestamp: at, sampledValue }] })
const meter2 = (...sampledValue: readonly object[]) => ({ evseId: 1, meterValue: [{ timestamp: at, sampledValue }] })
const event = {
  eventType: 'Updated',
  timestamp: at,
  triggerReason: 'MeterValuePeriodic',
  seqNo: 1,
  transactionInfo: { transactionId: 't' },
}
const status = { connectorId: 1, errorCode: 'NoError', status: 'Available' }
const long = (length: number) => 'x'.repeat(length)

type Row = readonly [sentence: string, version: OcppVersion, action: string, payload: unknown, expected: unknown, rules: readonly string[]]
const ROWS: readonly Row[] = [
  // Quirk 12: timestamps
  [
    'reads a time without zone as UTC',
    V16,
    'StartTransaction',
    { ...start, timestamp: '2026-06-01T11:00:00' },
    { ...start, timestamp: '2026-06-01T11:00:00.000Z' },
    ['timestampWithoutZone'],
  ],
  [
    'reads a short offset',
    V16,
    'StartTransaction',
    { ...start, timestamp: '2026-06-01T13:00:00+02' },
    { ...start, timestamp: '2026-06-01T11:00:00.000Z' },
    ['timestampForm'],
  ],
  [
    'reads a space instead of T',
    V201,
    'TransactionEvent',
    { ...event, timestamp: '2026-06-01 11:00:00Z' },
    { ...event, timestamp: '2026-06-01T11:00:00.000Z' },
    ['timestampForm'],
  ],
  [
    'reads seconds since 1970',
    V16,
    'StopTransaction',
    { ...stop, timestamp: 1780311600 },
    { ...stop, timestamp: '2026-06-01T11:00:00.000Z' },
    ['timestampForm'],
  ],
  [
    'keeps an offset that is well written',
    V16,
    'StopTransaction',
    { ...stop, timestamp: '2026-06-01T13:00:00+02:00' },
    { ...stop, timestamp: '2026-06-01T13:00:00+02:00' },
    [],
  ],
  [
    'flags 1970 where a time is required, and keeps it for retries to match',
    V16,
    'StopTransaction',
    { ...stop, timestamp: '1970-01-01T00:12:00Z' },
    { ...stop, timestamp: '1970-01-01T00:12:00Z' },
    ['timestampOutOfBounds'],
  ],
  [
    'flags a time two days ahead',
    V16,
    'StopTransaction',
    { ...stop, timestamp: '2026-06-03T13:00:00Z' },
    { ...stop, timestamp: '2026-06-03T13:00:00Z' },
    ['timestampOutOfBounds'],
  ],
  [
    'leaves 1970 out where a time is optional',
    V16,
    'StatusNotification',
    { ...status, timestamp: '1970-01-01T00:00:00Z' },
    status,
    ['timestampOutOfBounds'],
  ],
  [
    'leaves an unreadable optional time out',
    V16,
    'StatusNotification',
    { ...status, timestamp: 'yesterday' },
    status,
    ['timestampUnreadable'],
  ],
  [
    'marks an unreadable required time as no clock',
    V16,
    'StopTransaction',
    { ...stop, timestamp: '' },
    { ...stop, timestamp: NO_CLOCK },
    ['timestampUnreadable'],
  ],
  [
    'leaves a far departure alone, which is no event',
    V201,
    'NotifyEVChargingNeeds',
    { evseId: 1, chargingNeeds: { requestedEnergyTransfer: 'DC', departureTime: '2026-07-01T00:00:00Z' } },
    { evseId: 1, chargingNeeds: { requestedEnergyTransfer: 'DC', departureTime: '2026-07-01T00:00:00Z' } },
    [],
  ],
  // Quirk 13 and 14: transaction numbers
  [
    'takes a transaction 2^63-1 for unknown',
    V16,
    'StopTransaction',
    { ...stop, transactionId: 2 ** 63 },
    { ...stop, transactionId: -1 },
    ['unsafeInteger'],
  ],
  [
    'takes it for unknown as text too',
    V16,
    'StopTransaction',
    { ...stop, transactionId: '9223372036854775807' },
    { ...stop, transactionId: -1 },
    ['wrongType', 'unsafeInteger'],
  ],
  [
    'leaves it out where it is optional',
    V16,
    'MeterValues',
    { ...meter({ value: '1' }), transactionId: 2 ** 63 },
    meter({ value: '1' }),
    ['unsafeInteger'],
  ],
  ['keeps transactions 0 and -1', V16, 'StopTransaction', { ...stop, transactionId: 0 }, { ...stop, transactionId: 0 }, []],
  // Quirk 15: meter values anywhere
  [
    'keeps meter values without transaction on connector 0',
    V16,
    'MeterValues',
    { ...meter({ value: '1' }), connectorId: 0 },
    { ...meter({ value: '1' }), connectorId: 0 },
    [],
  ],
  // Quirk 16: types
  ['writes out a number where 1.6 wants text', V16, 'MeterValues', meter({ value: 12.5 }), meter({ value: '12.5' }), ['wrongType']],
  ['reads text where 2.0.1 wants a number', V201, 'MeterValues', meter2({ value: '12.5' }), meter2({ value: 12.5 }), ['wrongType']],
  ['reads text where an integer is wanted', V16, 'StartTransaction', { ...start, connectorId: '1' }, start, ['wrongType']],
  [
    'reads text where a boolean is wanted',
    V201,
    'TransactionEvent',
    { ...event, offline: 'true' },
    { ...event, offline: true },
    ['wrongType'],
  ],
  [
    'rounds a meter with decimals',
    V16,
    'StartTransaction',
    { ...start, meterStart: 10.6 },
    { ...start, meterStart: 11 },
    ['roundedInteger'],
  ],
  [
    'makes a list of a single meter value',
    V16,
    'MeterValues',
    { connectorId: 1, meterValue: meter({ value: '1' }).meterValue[0] },
    meter({ value: '1' }),
    ['notAnArray'],
  ],
  [
    'makes a list of a single sample',
    V16,
    'MeterValues',
    { connectorId: 1, meterValue: [{ timestamp: at, sampledValue: { value: '1' } }] },
    meter({ value: '1' }),
    ['notAnArray'],
  ],
  [
    'leaves out a meter value without samples',
    V16,
    'MeterValues',
    { connectorId: 1, meterValue: [{ timestamp: at, sampledValue: [] }, ...meter({ value: '1' }).meterValue] },
    meter({ value: '1' }),
    ['noSamples'],
  ],
  [
    'leaves out all meter values when none has samples',
    V201,
    'TransactionEvent',
    { ...event, meterValue: [{ timestamp: at, sampledValue: [] }] },
    event,
    ['noSamples', 'noSamples'],
  ],
  ['leaves null out', V16, 'MeterValues', { ...meter({ value: '1' }), transactionId: null }, meter({ value: '1' }), ['emptyValue']],
  ['takes null for an empty payload', V16, 'Heartbeat', null, {}, ['noPayload']],
  ['takes a payload left out for an empty one', V201, 'Heartbeat', undefined, {}, ['noPayload']],
  // Quirk 17: samples
  [
    'drops a sample in Hertz alone',
    V16,
    'MeterValues',
    meter({ value: '50', measurand: 'Frequency', unit: 'Hertz' }, { value: '1' }),
    meter({ value: '1' }),
    ['badSample'],
  ],
  [
    'drops a sample with an invented measurand alone',
    V16,
    'MeterValues',
    meter({ value: '1' }, { value: '2', measurand: 'Request.Energy' }),
    meter({ value: '1' }),
    ['badSample'],
  ],
  [
    'drops a sample with an invented context alone',
    V201,
    'TransactionEvent',
    { ...event, meterValue: meter2({ value: 1 }, { value: 2, context: 'Now' }).meterValue },
    { ...event, meterValue: meter2({ value: 1 }).meterValue },
    ['badSample'],
  ],
  [
    'drops a sample that is not a number',
    V16,
    'MeterValues',
    meter({ value: 'NaN' }, { value: '' }, { value: '1' }),
    meter({ value: '1' }),
    ['badSample', 'badSample'],
  ],
  [
    'drops an infinite sample',
    V201,
    'MeterValues',
    meter2({ value: Number.POSITIVE_INFINITY }, { value: 1 }),
    meter2({ value: 1 }),
    ['badSample'],
  ],
  ['drops a sample without value', V201, 'MeterValues', meter2({ measurand: 'SoC' }, { value: 1 }), meter2({ value: 1 }), ['badSample']],
  [
    'keeps signed data, which is no number',
    V16,
    'MeterValues',
    meter({ value: 'OCMF|{}', format: 'SignedData' }),
    meter({ value: 'OCMF|{}', format: 'SignedData' }),
    [],
  ],
  ['mends the case of a unit', V16, 'MeterValues', meter({ value: '1', unit: 'KWH' }), meter({ value: '1', unit: 'kWh' }), ['wrongCase']],
  // Quirk 19: lengths
  [
    'keeps a model of 23 characters whole',
    V16,
    'BootNotification',
    { ...boot, chargePointModel: long(23) },
    { ...boot, chargePointModel: long(23) },
    ['overLong'],
  ],
  ['keeps an empty vendor', V16, 'BootNotification', { ...boot, chargePointVendor: '' }, { ...boot, chargePointVendor: '' }, []],
  ['takes NUL characters out of text', V16, 'BootNotification', { ...boot, chargePointModel: 'M\0\0' }, boot, ['uncleanText']],
  [
    'takes half a surrogate pair out of text',
    V16,
    'BootNotification',
    { ...boot, chargePointModel: 'M\ud800' },
    { ...boot, chargePointModel: 'M�' },
    ['uncleanText'],
  ],
  // Quirk 22: replay after an outage
  [
    'keeps a time of last month',
    V16,
    'StopTransaction',
    { ...stop, timestamp: '2026-05-01T11:00:00Z' },
    { ...stop, timestamp: '2026-05-01T11:00:00Z' },
    [],
  ],
  [
    'keeps offline flag and gaps in seqNo',
    V201,
    'TransactionEvent',
    { ...event, seqNo: 900, offline: true },
    { ...event, seqNo: 900, offline: true },
    [],
  ],
  // Quirk 23: tokens
  [
    'keeps an idTag of 25 characters, spaces and colon as presented',
    V16,
    'Authorize',
    { idTag: ' VID:0123456789abcdefABCD' },
    { idTag: ' VID:0123456789abcdefABCD' },
    ['overLong'],
  ],
  // Quirk 28: no invented connectors
  ['does not invent a connector', V201, 'TransactionEvent', { ...event, evse: { id: 0 } }, { ...event, evse: { id: 0 } }, []],
  [
    'keeps a status of EVSE 0',
    V201,
    'StatusNotification',
    { timestamp: at, connectorStatus: 'Available', evseId: 0, connectorId: 0 },
    { timestamp: at, connectorStatus: 'Available', evseId: 0, connectorId: 0 },
    [],
  ],
  // Beyond the catalogue
  [
    'leaves unknown properties out',
    V16,
    'StatusNotification',
    { ...status, firmware: '1', location: {} },
    status,
    ['unknownProperty', 'unknownProperty'],
  ],
  [
    'keeps what customData adds',
    V201,
    'Heartbeat',
    { customData: { vendorId: 'v', more: [1] } },
    { customData: { vendorId: 'v', more: [1] } },
    [],
  ],
  [
    'takes an invented error code for another error',
    V16,
    'StatusNotification',
    { ...status, errorCode: 'Hot' },
    { ...status, errorCode: 'OtherError' },
    ['unknownValue'],
  ],
  [
    'takes an invented stop reason for another one',
    V16,
    'StopTransaction',
    { ...stop, reason: 'Bored' },
    { ...stop, reason: 'Other' },
    ['unknownValue'],
  ],
]
for (const [sentence, version, action, payload, expected, rules] of ROWS)
  test(`${sentence} (${version} ${action})`, () => {
    const before = structuredClone(payload)
    const received = receiveRequest(version, { action, payload }, lenient)
    assert.ok(received.ok, JSON.stringify(received))
    assert.deepEqual(received.value.payload, expected)
    assert.deepEqual(
      received.value.violations.map(({ rule }) => rule),
      rules,
    )
    assert.deepEqual(payload, before, 'the received payload is not changed')
    if (rules.length === 0) assert.equal(received.value.payload, payload, 'nothing to forgive makes no copy')
  })
