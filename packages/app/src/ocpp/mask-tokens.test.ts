import assert from 'node:assert/strict'
import { test } from 'node:test'
import { maskFrame, maskPayload } from './mask-tokens.ts'

test('a stored frame shows the last characters of a card and nothing else changes', () => {
  const frame = '[2,"1","StartTransaction",{"connectorId":1, "idTag" : "04A1B2C3D4","meterStart":0}]'
  assert.equal(maskFrame(frame), '[2,"1","StartTransaction",{"connectorId":1, "idTag" : "***C3D4","meterStart":0}]')
})
test('2.x tokens are masked inside their object, their type stays', () => {
  const payload = { idToken: { idToken: '04A1B2C3D4', type: 'ISO14443' }, groupIdToken: { idToken: 'GROUPTOKEN', type: 'Central' } }
  const expected = { idToken: { idToken: '***C3D4', type: 'ISO14443' }, groupIdToken: { idToken: '***OKEN', type: 'Central' } }
  assert.deepEqual(maskPayload(payload), expected)
  assert.deepEqual(JSON.parse(maskFrame(JSON.stringify(payload))), expected)
})
test('a token with quotes cannot break a stored frame', () => {
  const frame = JSON.stringify([2, '1', 'Authorize', { idTag: 'ab"c\\d"e' }])
  assert.doesNotThrow(() => JSON.parse(maskFrame(frame)))
})
