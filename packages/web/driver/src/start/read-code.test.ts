import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCode } from './read-code.ts'

const CASES: readonly (readonly [string, string, object | undefined])[] = [
  ['the address of a QR code', 'https://charge.example/q/VW00104', { kind: 'evse', code: 'VW00104' }],
  ['an address in small letters with a query', 'HTTPS://charge.example/q/vw00104?x=1', { kind: 'evse', code: 'VW00104' }],
  ['a code as typed', ' vw001 04 ', { kind: 'evse', code: 'VW00104' }],
  ['a booking code of mine, with the letters that look like digits', 'k7m2 4o9l', { kind: 'booking', code: 'K7M24091' }],
  ['somebody else’s booking code is taken for a connector', 'ZZZZ4091', { kind: 'evse', code: 'ZZZZ4091' }],
  ['an address that leads elsewhere', 'https://example.org/menu', undefined],
  ['nothing', '   ', undefined],
]
for (const [sentence, input, expected] of CASES) test(sentence, () => assert.deepEqual(readCode(input, ['K7M24091']), expected))
