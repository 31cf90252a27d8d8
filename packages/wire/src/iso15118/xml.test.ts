import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CODECS } from './index.ts'

const NAMESPACE = 'urn:iso:15118:2:2010:AppProtocol'
const read = (body: string) =>
  CODECS.app_protocol.document.fromXml(`<a:supportedAppProtocolRes xmlns:a="${NAMESPACE}">${body}</a:supportedAppProtocolRes>`)
const CODE = '<ResponseCode>Failed_NoNegotiation</ResponseCode>'

test('white space and comments between elements do not matter', () => {
  const response = read(`\n  ${CODE} <!-- none -->\n  <SchemaID> 7 </SchemaID>\n`)
  assert.deepEqual(response, {
    ok: true,
    value: { root: 'supportedAppProtocolRes', value: { ResponseCode: 'Failed_NoNegotiation', SchemaID: 7 } },
  })
})

const wrong: [sentence: string, body: string, code: string, path: string][] = [
  ['an element of another namespace', `<a:SchemaID>7</a:SchemaID>`, 'unexpected', '/supportedAppProtocolRes'],
  ['elements in another order', `<SchemaID>7</SchemaID>${CODE}`, 'unexpected', '/supportedAppProtocolRes'],
  ['an element twice', `${CODE}${CODE}`, 'unexpected', '/supportedAppProtocolRes'],
  ['a missing element', '', 'missing', '/supportedAppProtocolRes'],
  ['text between elements', `${CODE}7`, 'wildcard', '/supportedAppProtocolRes'],
  [
    'an attribute that is not declared',
    `<ResponseCode b="1">Failed_NoNegotiation</ResponseCode>`,
    'unexpected',
    '/supportedAppProtocolRes/ResponseCode',
  ],
  ['children in a value', '<ResponseCode><b/></ResponseCode>', 'unexpected', '/supportedAppProtocolRes/ResponseCode'],
  ['no value of the enumeration', '<ResponseCode>Fine</ResponseCode>', 'range', '/supportedAppProtocolRes/ResponseCode'],
  ['a number out of range', `${CODE}<SchemaID>256</SchemaID>`, 'range', '/supportedAppProtocolRes/SchemaID'],
  ['no number', `${CODE}<SchemaID>seven</SchemaID>`, 'range', '/supportedAppProtocolRes/SchemaID'],
]
for (const [sentence, body, code, path] of wrong)
  test(`${sentence} is refused with its place`, () => {
    const response = read(body)
    assert.deepEqual(response.ok || [response.failure.code, response.failure.path], [code, path])
  })

test('a root of another set is refused', () => {
  const response = CODECS['iso15118-2'].document.fromXml(`<a:supportedAppProtocolRes xmlns:a="${NAMESPACE}"/>`)
  assert.equal(!response.ok && response.failure.code, 'root')
})

test('a text that XML cannot hold is refused, not written', () => {
  const AppProtocol = [{ ProtocolNamespace: '\0', VersionNumberMajor: 1, VersionNumberMinor: 0, SchemaID: 1, Priority: 1 }]
  const text = CODECS.app_protocol.document.toXml({ root: 'supportedAppProtocolReq', value: { AppProtocol } })
  assert.equal(!text.ok && text.failure.code, 'character')
})
