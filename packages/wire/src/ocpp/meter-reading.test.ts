import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs, instantOf } from '@voltway/units'
import { type MeterValuesRequest as MeterValues2, readMeterValues as readMeterValues2, type TransactionEventRequest } from './v2/index.ts'
import { type MeterValuesRequest as MeterValues16, readMeterValues as readMeterValues16, type StopTransactionRequest } from './v16/index.ts'

type Samples16 = MeterValues16['meterValue'][number]['sampledValue']
type Samples2 = MeterValues2['meterValue'][number]['sampledValue']

const timestamp = '2026-06-01T11:00:00Z'
const receivedAt = epochMs(instantOf('2026-06-01T11:00:05Z') ?? 0)
const atMs = instantOf(timestamp)
const base = { atMs, clock: 'station', context: 'Sample.Periodic', phases: {}, signed: [], other: [] }

const ROWS_16: readonly (readonly [sentence: string, samples: Samples16, expected: object])[] = [
  ['a bare value as the import register in Wh', [{ value: '12345' }], { importWh: 12345 }],
  ['kWh', [{ value: '1.005', unit: 'kWh' }], { importWh: 1005 }],
  [
    'kW, A, V, percent and degrees',
    [
      { value: '11.04', measurand: 'Power.Active.Import', unit: 'kW' },
      { value: '16', measurand: 'Current.Import', unit: 'A' },
      { value: '230.1', measurand: 'Voltage', unit: 'V' },
      { value: '55', measurand: 'SoC', unit: 'Percent' },
      { value: '86', measurand: 'Temperature', unit: 'Fahrenheit' },
      { value: '49.98', measurand: 'Frequency' },
    ],
    { powerImportW: 11_040, currentImportA: 16, voltageV: 230.1, socPercent: 55, temperatureC: 30, frequencyHz: 49.98 },
  ],
  ['degrees in the misspelling of 1.6, and in kelvin', [{ value: '21', measurand: 'Temperature', unit: 'Celcius' }], { temperatureC: 21 }],
  [
    'what is offered and what is given back',
    [
      { value: '22000', measurand: 'Power.Offered', unit: 'W' },
      { value: '32', measurand: 'Current.Offered' },
      { value: '7', measurand: 'Energy.Active.Export.Register', unit: 'kWh' },
      { value: '3000', measurand: 'Power.Active.Export' },
    ],
    { powerOfferedW: 22_000, currentOfferedA: 32, exportWh: 7000, powerExportW: 3000 },
  ],
  [
    'energy of an interval apart from the register',
    [
      { value: '50', measurand: 'Energy.Active.Import.Interval' },
      { value: '900', measurand: 'Energy.Active.Import.Register' },
    ],
    { importWh: 900, importIntervalWh: 50 },
  ],
  ['an interval alone as no register', [{ value: '50', measurand: 'Energy.Active.Import.Interval' }], { importIntervalWh: 50 }],
  [
    'phases of power as their sum, of current as the largest, of voltage as the mean',
    [
      { value: '1000', measurand: 'Power.Active.Import', phase: 'L1' },
      { value: '2000', measurand: 'Power.Active.Import', phase: 'L2' },
      { value: '4.5', measurand: 'Current.Import', phase: 'L1' },
      { value: '9', measurand: 'Current.Import', phase: 'L2' },
      { value: '20', measurand: 'Current.Import', phase: 'N' },
      { value: '229', measurand: 'Voltage', phase: 'L1-N' },
      { value: '231', measurand: 'Voltage', phase: 'L2-N' },
    ],
    {
      powerImportW: 3000,
      currentImportA: 9,
      voltageV: 230,
      phases: {
        L1: { powerImportW: 1000, currentImportA: 4.5, voltageV: 229 },
        L2: { powerImportW: 2000, currentImportA: 9, voltageV: 231 },
        N: { currentImportA: 20 },
      },
    },
  ],
  [
    "the station's own total before the sum of its phases",
    [{ value: '100', phase: 'L1' }, { value: '210' }, { value: '100', phase: 'L2' }],
    { importWh: 210, phases: { L1: { importWh: 100 }, L2: { importWh: 100 } } },
  ],
  [
    'the outlet before the inlet',
    [
      { value: '9000', location: 'Inlet' },
      { value: '5', location: 'Outlet' },
    ],
    { importWh: 5, other: [{ measurand: 'Energy.Active.Import.Register', value: 9000, location: 'Inlet' }] },
  ],
  [
    'the inlet where there is nothing else, and says so',
    [{ value: '9000', location: 'Inlet' }],
    { importWh: 9000, importLocation: 'Inlet' },
  ],
  [
    'a voltage between two phases, reactive energy and a wrong unit as other',
    [
      { value: '400', measurand: 'Voltage', phase: 'L1-L2', unit: 'V' },
      { value: '3', measurand: 'Energy.Reactive.Import.Register', unit: 'kvarh' },
      { value: '7', unit: 'W' },
    ],
    {
      other: [
        { measurand: 'Voltage', value: 400, unit: 'V', phase: 'L1-L2' },
        { measurand: 'Energy.Reactive.Import.Register', value: 3, unit: 'kvarh' },
        { measurand: 'Energy.Active.Import.Register', value: 7, unit: 'W' },
      ],
    },
  ],
  [
    'signed data untouched beside the plain value',
    [{ value: 'OCMF|{}|{}', format: 'SignedData', measurand: 'Energy.Active.Import.Register' }, { value: '5' }],
    { importWh: 5, signed: [{ measurand: 'Energy.Active.Import.Register', data: 'OCMF|{}|{}' }] },
  ],
  [
    'no value that is not a number',
    [{ value: 'NaN' }, { value: '' }, { value: 'Infinity' }, { value: '0x10' }, { value: ' 5 ' }],
    { importWh: 5 },
  ],
]
for (const [sentence, sampledValue, expected] of ROWS_16)
  test(`1.6: reads ${sentence}`, () =>
    assert.deepEqual(readMeterValues16([{ timestamp, sampledValue }], receivedAt), [{ ...base, ...expected }]))

const signedMeterValue = { signedMeterData: 'AA==', signingMethod: 'ECDSA', encodingMethod: 'OCMF', publicKey: 'BB==' }
const ROWS_2: readonly (readonly [sentence: string, samples: Samples2, expected: object])[] = [
  ['a bare value as the import register in Wh', [{ value: 12_345 }], { importWh: 12_345 }],
  ['a multiplier', [{ value: 12.345, unitOfMeasure: { unit: 'Wh', multiplier: 3 } }], { importWh: 12_345 }],
  ['a negative multiplier with kWh', [{ value: 12_345, unitOfMeasure: { unit: 'kWh', multiplier: -3 } }], { importWh: 12_345 }],
  [
    'a multiplier without unit',
    [{ value: 11, measurand: 'Power.Active.Import', unitOfMeasure: { multiplier: 3 } }],
    { powerImportW: 11_000 },
  ],
  ['percent as a sign', [{ value: 80, measurand: 'SoC', location: 'EV', unitOfMeasure: { unit: '%' } }], { socPercent: 80 }],
  [
    'a unit nobody knows as other',
    [{ value: 1, unitOfMeasure: { unit: 'furlong' } }],
    { other: [{ measurand: 'Energy.Active.Import.Register', value: 1, unit: 'furlong' }] },
  ],
  ['net energy as other', [{ value: 1, measurand: 'Energy.Active.Net' }], { other: [{ measurand: 'Energy.Active.Net', value: 1 }] }],
  [
    'an absurd multiplier as other',
    [{ value: 1, unitOfMeasure: { multiplier: 300 } }],
    { other: [{ measurand: 'Energy.Active.Import.Register', value: 1e300 }] },
  ],
  [
    'a signed value beside the plain one',
    [{ value: 5, signedMeterValue }],
    {
      importWh: 5,
      signed: [
        { measurand: 'Energy.Active.Import.Register', data: 'AA==', signingMethod: 'ECDSA', encodingMethod: 'OCMF', publicKey: 'BB==' },
      ],
    },
  ],
]
for (const [sentence, sampledValue, expected] of ROWS_2)
  test(`2.0.1: reads ${sentence}`, () =>
    assert.deepEqual(readMeterValues2([{ timestamp, sampledValue: sampledValue }], receivedAt), [{ ...base, ...expected }]))

test('a mixture of contexts becomes a reading for each', () => {
  const readings = readMeterValues16(
    [
      {
        timestamp,
        sampledValue: [
          { value: '1', context: 'Transaction.Begin' },
          { value: '9', context: 'Transaction.End' },
          { value: '11', context: 'Transaction.End', measurand: 'Power.Active.Import' },
        ],
      },
    ],
    receivedAt,
  )
  assert.deepEqual(
    readings.map(({ context, importWh, powerImportW }) => [context, importWh, powerImportW]),
    [
      ['Transaction.Begin', 1, undefined],
      ['Transaction.End', 9, 11],
    ],
  )
})
test('a clock that was never set gives way to the time of receipt', () => {
  const [reading] = readMeterValues2([{ timestamp: '1970-01-01T00:00:09Z', sampledValue: [{ value: 1 }] }], receivedAt)
  assert.deepEqual([reading?.atMs, reading?.clock], [receivedAt, 'receiver'])
})
test('the samples of a stop and of a transaction event are read alike', () => {
  const stop: StopTransactionRequest = {
    meterStop: 1,
    timestamp,
    transactionId: 1,
    transactionData: [{ timestamp, sampledValue: [{ value: '7' }] }],
  }
  const event: TransactionEventRequest = {
    eventType: 'Ended',
    timestamp,
    triggerReason: 'EVDeparted',
    seqNo: 2,
    transactionInfo: { transactionId: 't' },
    meterValue: [{ timestamp, sampledValue: [{ value: 7 }] }],
  }
  assert.deepEqual(readMeterValues16(stop.transactionData ?? [], receivedAt), readMeterValues2(event.meterValue ?? [], receivedAt))
})
