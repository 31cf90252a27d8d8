import assert from 'node:assert/strict'
import { test } from 'node:test'
import { initialValue, shownProperties, withProperty } from './initial-value.ts'

const schema = {
  type: 'object',
  properties: {
    customData: { type: 'object' },
    note: { type: 'string' },
    evse: { type: 'object', properties: { id: { type: 'integer' } }, required: ['id'] },
    periods: { type: 'array', minItems: 1, items: { type: 'object', properties: { limit: { type: 'number' } }, required: ['limit'] } },
    purpose: { type: 'string', enum: ['TxProfile'] },
  },
  required: ['evse', 'periods', 'purpose'],
}

test('a form begins with what must be there and nothing else', () => {
  assert.deepEqual(initialValue(schema), { evse: {}, periods: [{}], purpose: 'TxProfile' })
})

test('what must be there stands first, and vendor extensions have no field', () => {
  assert.deepEqual(
    shownProperties(schema).map(({ name }) => name),
    ['evse', 'periods', 'purpose', 'note'],
  )
})

test('a property that is emptied is left out of the payload', () => {
  assert.deepEqual(withProperty({ a: 1, b: 2 }, 'a', undefined), { b: 2 })
  assert.deepEqual(withProperty(undefined, 'a', 0), { a: 0 })
})
