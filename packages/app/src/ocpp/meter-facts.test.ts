import assert from 'node:assert/strict'
import { test } from 'node:test'
import { epochMs } from '@voltway/units'
import { readMeterValues as read2 } from '@voltway/wire/ocpp/v2'
import { readMeterValues as read16 } from '@voltway/wire/ocpp/v16'
import { meterFacts } from './meter-facts.ts'

const receivedAt = epochMs(1_781_524_800_000)
const at = { evse: 1, connector: 1, transactionId: '1', receivedAt }
const timestamp = '2026-06-15T11:00:00Z'

test('what a car gives back is negative power and an export register', () => {
  const sampledValue = [
    { value: '3000.4', measurand: 'Energy.Active.Export.Register' as const, unit: 'Wh' as const },
    { value: '7.4', measurand: 'Power.Active.Export' as const, unit: 'kW' as const },
  ]
  const [fact] = meterFacts(read16([{ timestamp, sampledValue }], receivedAt), at)
  assert.deepEqual([fact?.exportWh, fact?.powerW, fact?.importWh], [3_000, -7_400, undefined])
})

test('the same reading has the same key in every retry, another reading another', () => {
  const reading = (value: number) => meterFacts(read2([{ timestamp, sampledValue: [{ value }] }], receivedAt), at)[0]
  assert.deepEqual(reading(5), reading(5))
  assert.notEqual(reading(5)?.payloadHash, reading(6)?.payloadHash)
})

test('what has no column of its own is kept beside', () => {
  const sampledValue = [{ value: '41', measurand: 'Temperature' as const, unit: 'Celsius' as const }]
  const [fact] = meterFacts(read16([{ timestamp, sampledValue }], receivedAt), at)
  assert.deepEqual(fact?.other, { temperatureC: 41 })
})

test('a number that nothing can hold is left out, and the rest of its reading is kept', () => {
  const sampledValue = [
    { value: '1e19' },
    { value: '-1e19', measurand: 'Energy.Active.Export.Register' as const },
    { value: '230', measurand: 'Voltage' as const },
  ]
  const [fact] = meterFacts(read16([{ timestamp, sampledValue }], receivedAt), at)
  assert.deepEqual([fact?.importWh, fact?.exportWh, fact?.voltageV], [undefined, undefined, 230])
  const beyond = { value: 1e300, measurand: 'Power.Active.Import' as const, unitOfMeasure: { multiplier: 12 } }
  assert.equal(meterFacts(read2([{ timestamp, sampledValue: [beyond] }], receivedAt), at)[0]?.powerW, undefined)
  const full = [-1, 0, 100, 101].map((value) => ({ value, measurand: 'SoC' as const }))
  const levels = full.map((sample) => meterFacts(read2([{ timestamp, sampledValue: [sample] }], receivedAt), at)[0]?.socPercent)
  assert.deepEqual(levels, [undefined, 0, 100, undefined])
})
