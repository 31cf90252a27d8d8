import assert from 'node:assert/strict'
import { test } from 'node:test'
import { payloadOf, violationsOf } from './read-message.ts'

test('the payload is taken out of a CALL, and what is no CALL stays whole', () => {
  assert.equal(payloadOf('[2,"1","Heartbeat",{"a":1}]'), '{"a":1}')
  assert.equal(payloadOf('[3,"1",{}]'), '[3,"1",{}]')
  assert.equal(payloadOf('{broken'), '{broken')
})

test('violations become sentences, whatever shape they have', () => {
  assert.deepEqual(violationsOf({ violations: [{ path: '/timestamp', rule: 'format' }, 'text'] }), ['/timestamp format', 'text'])
  assert.deepEqual(violationsOf({}), [])
})
