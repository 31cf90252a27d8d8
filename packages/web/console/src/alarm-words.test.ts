import assert from 'node:assert/strict'
import { test } from 'node:test'
import { alarmAdvice, alarmDetail, alarmWord } from './alarm-words.ts'

test('an alarm says in words what is so, what to do, and what it came with', () => {
  assert.equal(alarmWord('DuplicateStation'), 'A second device uses this station’s identity')
  assert.match(alarmAdvice('DuplicateStation'), /new password/)
  assert.equal(alarmDetail({ evse: 1, connector: undefined, reason: 'NotSupported', sessionId: 'x' }), 'EVSE 1 · Reason: Not supported')
  assert.equal(alarmDetail({ transactionId: '42' }), 'Transaction 42')
  assert.equal(alarmDetail({}), '')
  assert.equal(alarmDetail(undefined), '')
})

test('an alarm of a kind that is not known yet still reads as words', () => {
  assert.equal(alarmWord('TamperDetected'), 'Tamper detected')
  assert.match(alarmAdvice('TamperDetected'), /messages/)
  assert.equal(alarmDetail({ sensorValue: 3, more: { a: 1 } }), 'Sensor value: 3 · More: {"a":1}')
})
