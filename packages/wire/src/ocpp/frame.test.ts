import assert from 'node:assert/strict'
import { test } from 'node:test'
import { encodeCall, encodeCallError, encodeCallResult } from './encode-frame.ts'
import { ERROR_CODES, readErrorCode, wireErrorCode } from './error-code.ts'
import { parseFrame } from './parse-frame.ts'
import { OCPP_VERSIONS } from './version.ts'

const nested = (levels: number) => `[2,"a","X",${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}]`
const bytes = (...values: number[]) => Uint8Array.from(values)
const call = { type: 'call', messageId: 'a', action: 'Heartbeat' }

const ACCEPTED: readonly (readonly [sentence: string, frame: string | Uint8Array, expected: object])[] = [
  ['a call', '[2,"a","Heartbeat",{}]', { ...call, payload: {} }],
  ['a call with spaces and line ends', ' [ 2 , "a" ,\n"Heartbeat" , { } ] ', { ...call, payload: {} }],
  ['bytes', new TextEncoder().encode('[2,"ä","Heartbeat",{}]'), { ...call, messageId: 'ä', payload: {} }],
  ['a call without its payload', '[2,"a","Heartbeat"]', { ...call, payload: undefined }],
  ['a number as message id', '[2,17,"Heartbeat",{}]', { ...call, messageId: '17', payload: {} }],
  ['a message id of 36 characters', `[2,"${'x'.repeat(36)}","Heartbeat",{}]`, { ...call, messageId: 'x'.repeat(36), payload: {} }],
  ['a result', '[3,"a",{"status":"Accepted"}]', { type: 'callResult', messageId: 'a', payload: { status: 'Accepted' } }],
  ['a result without payload', '[3,"a"]', { type: 'callResult', messageId: 'a', payload: undefined }],
  [
    "an error in 1.6's spelling",
    '[4,"a","OccurenceConstraintViolation","why",{"x":1}]',
    {
      type: 'callError',
      messageId: 'a',
      code: 'OccurrenceConstraintViolation',
      reportedCode: 'OccurenceConstraintViolation',
      description: 'why',
      details: { x: 1 },
    },
  ],
  [
    'an error with an invented code and nothing else',
    '[4,"a","Broken"]',
    { type: 'callError', messageId: 'a', code: 'GenericError', reportedCode: 'Broken', description: '', details: {} },
  ],
  ['nesting of 32', nested(32), { type: 'call', messageId: 'a', action: 'X' }],
  ['a string that looks like keys', '[2,"a","X",{"data":"{\\"a\\":1,\\"a\\":2}"}]', { type: 'call', payload: { data: '{"a":1,"a":2}' } }],
  ['the same key in two objects', '[2,"a","X",{"p":{"a":1},"q":{"a":1}}]', { type: 'call' }],
]
for (const [sentence, frame, expected] of ACCEPTED)
  test(`accepts ${sentence}`, () => {
    const parsed = parseFrame(frame, 4096)
    assert.ok(parsed.ok, JSON.stringify(parsed))
    assert.partialDeepStrictEqual(parsed.value, expected)
  })

const REFUSED: readonly (readonly [sentence: string, frame: string | Uint8Array, code: string, messageId: string, answerable: boolean])[] =
  [
    ['nothing', '', 'RpcFrameworkError', '-1', true],
    ['text', 'hello', 'RpcFrameworkError', '-1', true],
    ['an object', '{"a":1}', 'RpcFrameworkError', '-1', true],
    ['an empty array', '[]', 'RpcFrameworkError', '-1', true],
    ['bytes that are not UTF-8', bytes(0x5b, 0xff, 0x5d), 'RpcFrameworkError', '-1', true],
    [
      'a value left out, answering under the id that can be read',
      '[2,"77","StopTransaction",{"transactionId":,"meterStop":1}]',
      'RpcFrameworkError',
      '77',
      true,
    ],
    ['a stray comma, with a number as id', '[2,77,"MeterValues",{"meterValue":[,{}]}]', 'RpcFrameworkError', '77', true],
    ['a broken result, which cannot be answered', '[3,"77",{"status":]', 'RpcFrameworkError', '77', false],
    ['an escaped id in a broken call', '[2,"a\\"b","X",{]', 'RpcFrameworkError', 'a"b', true],
    ['a message id of 37 characters, under that id', `[2,"${'x'.repeat(37)}","X",{}]`, 'RpcFrameworkError', 'x'.repeat(37), true],
    ['a message id of 2,000 characters', `[2,"${'x'.repeat(2000)}","X",{}]`, 'RpcFrameworkError', '-1', true],
    ['an empty message id', '[2,"","X",{}]', 'RpcFrameworkError', '-1', true],
    ['an object as message id', '[2,{},"X",{}]', 'RpcFrameworkError', '-1', true],
    ['a call without action', '[2,"a"]', 'FormatViolation', 'a', true],
    ['a call whose action is a number', '[2,"a",5,{}]', 'FormatViolation', 'a', true],
    ['a call with five parts', '[2,"a","X",{},{}]', 'FormatViolation', 'a', true],
    ['SEND of OCPP 2.1', '[6,"a","NotifyPeriodicEventStream",{}]', 'MessageTypeNotSupported', 'a', false],
    ['an unknown message type', '[9,"a",{}]', 'MessageTypeNotSupported', 'a', true],
    ['nesting of 33', nested(33), 'FormatViolation', 'a', true],
    ['nesting of 1,900', nested(1900), 'FormatViolation', 'a', true],
    ['a key __proto__', '[2,"a","X",{"__proto__":{"polluted":1}}]', 'FormatViolation', 'a', true],
    ['an escaped key __proto__', '[2,"a","X",{"\\u005f_proto__":1}]', 'FormatViolation', 'a', true],
    ['a key constructor, deep inside', '[2,"a","X",{"b":[{"constructor":1}]}]', 'FormatViolation', 'a', true],
    ['a key prototype', '[2,"a","X",{"prototype":1}]', 'FormatViolation', 'a', true],
    ['a key given twice', '[2,"a","X",{"b":1,"b":2}]', 'FormatViolation', 'a', true],
    ['a key given twice, once escaped and spaced', '[2,"a","X",{"b":1,"\\u0062" \t: 2}]', 'FormatViolation', 'a', true],
    [
      'a frame longer than allowed, which is closed rather than answered',
      `[2,"a","X",{"b":"${'x'.repeat(5000)}"}]`,
      'FormatViolation',
      '-1',
      false,
    ],
  ]
for (const [sentence, frame, code, messageId, answerable] of REFUSED)
  test(`refuses ${sentence}`, () => {
    const parsed = parseFrame(frame, 4096)
    assert.ok(!parsed.ok)
    assert.deepEqual([parsed.failure.code, parsed.failure.messageId, parsed.failure.answerable], [code, messageId, answerable])
    assert.ok(parsed.failure.description.length <= 255)
    assert.ok(!('polluted' in {}))
  })

test('refuses a nest of a million levels before parsing it', () => {
  for (const levels of [4200, 10_000, 1_000_000]) assert.equal(parseFrame(nested(levels), 4_000_000).ok, false)
})
test('encodes what it parses', () => {
  assert.partialDeepStrictEqual(parseFrame(encodeCall('a', 'Heartbeat', {}), 100), { value: { ...call, payload: {} } })
  assert.partialDeepStrictEqual(parseFrame(encodeCallResult('a', { x: 1 }), 100), { value: { type: 'callResult', payload: { x: 1 } } })
  for (const version of OCPP_VERSIONS) {
    const frame = encodeCallError(version, { messageId: 'a', code: 'FormatViolation', description: 'x'.repeat(300) })
    assert.partialDeepStrictEqual(parseFrame(frame, 1000), { value: { code: 'FormatViolation', description: 'x'.repeat(255) } })
  }
})
test('spells error codes as each version does', () => {
  assert.equal(wireErrorCode('ocpp1.6', 'FormatViolation'), 'FormationViolation')
  assert.equal(wireErrorCode('ocpp1.6', 'OccurrenceConstraintViolation'), 'OccurenceConstraintViolation')
  assert.equal(wireErrorCode('ocpp2.0.1', 'FormatViolation'), 'FormatViolation')
  assert.equal(wireErrorCode('ocpp2.0.1', 'OccurrenceConstraintViolation'), 'OccurrenceConstraintViolation')
  for (const code of ERROR_CODES) assert.equal(readErrorCode(wireErrorCode('ocpp2.0.1', code)), code)
})
