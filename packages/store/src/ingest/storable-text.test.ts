import assert from 'node:assert/strict'
import { test } from 'node:test'
import { storableJson } from './storable-text.ts'

for (const [what, value, stored] of [
  ['plain values', { a: [1, 'é', null, true] }, '{"a":[1,"é",null,true]}'],
  ['a NUL', { a: 'x\0y' }, '{"a":"x\ufffdy"}'],
  ['half a character', ['\ud800', '\udfff', '💥'], '["\ufffd","\ufffd","💥"]'],
  ['half a character in a key', { 'a\ud83d': { 'b\0': 1 } }, '{"a\ufffd":{"b\ufffd":1}}'],
  ['text that only looks like an escape', ['\\ud800 \\u0000'], '["\\\\ud800 \\\\u0000"]'],
] as const)
  test(`${what} become JSON that the database takes`, () => assert.equal(storableJson(value), stored))

test('nothing stays nothing', () => assert.equal(storableJson(undefined), undefined))
