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
test('of certificates and sealed contracts only the length is kept', () => {
  const payload = {
    idToken: { idToken: 'DEVOLC12345678', type: 'eMAID' },
    certificate: 'MIIB\n"x"',
    exiRequest: 'gJgC',
    other: 'certificate',
  }
  const frame = JSON.stringify(payload)
  const kept = { idToken: { idToken: '***5678', type: 'eMAID' }, exiRequest: '*** 4 characters', other: 'certificate' }
  assert.deepEqual(JSON.parse(maskFrame(frame)), { ...kept, certificate: '*** 11 characters' })
  assert.deepEqual(maskPayload(payload), { ...kept, certificate: '*** 8 characters' })
})
