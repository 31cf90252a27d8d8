import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseBasicAuthorization, passwordForms } from './basic-authorization.ts'
import { identityOf, isStationIdentity } from './station-identity.ts'
import { subprotocolOf } from './subprotocol.ts'
import { OCPP_VERSIONS } from './version.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const header = (...parts: readonly (string | Uint8Array)[]) =>
  `Basic ${Uint8Array.from(parts.flatMap((part) => [...(typeof part === 'string' ? bytes(part) : part)])).toBase64()}`

test('reads name and password from a Basic header, whatever bytes the password has', () => {
  const raw = Uint8Array.of(0xab, 0x00, 0xff)
  assert.deepEqual(parseBasicAuthorization(header('CP1:', raw)), { ok: true, value: { username: 'CP1', password: raw } })
  assert.deepEqual(parseBasicAuthorization(header('CP1:a:b')), { ok: true, value: { username: 'CP1', password: bytes('a:b') } })
  assert.deepEqual(parseBasicAuthorization('basic  Q1AxOng'), { ok: true, value: { username: 'CP1', password: bytes('x') } })
  assert.deepEqual(parseBasicAuthorization(header('CP1:')), { ok: true, value: { username: 'CP1', password: bytes('') } })
})
for (const [sentence, value, failure] of [
  ['no header', undefined, 'missing'],
  ['an empty header', '', 'missing'],
  ['another scheme', 'Bearer abc', 'notBasic'],
  ['text that is not base64', 'Basic a*b', 'malformed'],
  ['no colon', header('CP1'), 'malformed'],
  ['no name', header(':x'), 'malformed'],
  ['a name that is not UTF-8', header(Uint8Array.of(0xff, 0x3a, 0x78)), 'malformed'],
  ['a header of two kilobytes', header(`CP1:${'x'.repeat(2000)}`), 'malformed'],
] as const)
  test(`refuses ${sentence}`, () => assert.deepEqual(parseBasicAuthorization(value), { ok: false, failure }))

test('a password in hexadecimal text and its bytes stand for the same secret', () => {
  const forms = (password: Uint8Array) => passwordForms(password).map((form) => form.toHex())
  assert.ok(forms(bytes('ABCDEF')).includes('abcdef'))
  assert.ok(forms(Uint8Array.of(0xab, 0xcd)).includes(bytes('ABCD').toHex()))
  assert.ok(forms(Uint8Array.of(0xab, 0xcd)).includes(bytes('abcd').toHex()))
  assert.deepEqual(forms(bytes('secret'))[0], bytes('secret').toHex())
})

for (const [path, identity] of [
  ['/ocpp/CP1', 'CP1'],
  ['/ocpp/cp1', 'cp1'],
  ['/ocpp/A%7CB', 'A|B'],
  ['/ocpp/A%20B', 'A B'],
  ['/ocpp/a.b-c_d*+=@', 'a.b-c_d*+=@'],
  [`/ocpp/${'x'.repeat(48)}`, 'x'.repeat(48)],
] as const)
  test(`the path ${path} names the station ${identity}`, () => assert.deepEqual(identityOf(path, '/ocpp/'), { ok: true, value: identity }))

for (const [path, failure] of [
  ['/ocpp', 'wrongPath'],
  ['/ocpp/', 'wrongPath'],
  ['//A', 'wrongPath'],
  ['/ocpp//A', 'wrongPath'],
  ['/ocpp/A/', 'wrongPath'],
  ['/ocpp/A/B', 'wrongPath'],
  ['/OCPP/A', 'wrongPath'],
  ['/ocpp/A?b=c', 'wrongPath'],
  ['/ocpp/%41', 'badEncoding'],
  ['/ocpp/CP%31', 'badEncoding'],
  ['/ocpp/A%', 'badEncoding'],
  ['/ocpp/A%ff', 'badEncoding'],
  ['/ocpp/A%00', 'badIdentity'],
  ['/ocpp/A%2FB', 'badIdentity'],
  ['/ocpp/A%5CB', 'badIdentity'],
  ['/ocpp/%2541', 'badIdentity'],
  ['/ocpp/A%253B', 'badIdentity'],
  ['/ocpp/A:B', 'badIdentity'],
  ['/ocpp/..', 'badIdentity'],
  ['/ocpp/%2E%2E', 'badIdentity'],
  ['/ocpp/A%20', 'badIdentity'],
  ['/ocpp/A%0A', 'badIdentity'],
  ['/ocpp/%C3%84', 'badIdentity'],
  [`/ocpp/${'x'.repeat(49)}`, 'badIdentity'],
  [`/ocpp/${'x'.repeat(5000)}`, 'badEncoding'],
] as const)
  test(`the path ${path.slice(0, 40)} names no station`, () => assert.deepEqual(identityOf(path, '/ocpp/'), { ok: false, failure }))

test('an identity may be given exactly when a path can name it', () => {
  for (let code = 0; code < 300; code++) {
    const identity = `A${String.fromCharCode(code)}B`
    const path = identityOf(`/ocpp/${encodeURIComponent(identity)}`, '/ocpp/')
    assert.equal(path.ok, isStationIdentity(identity), identity)
    if (path.ok) assert.equal(path.value, identity)
  }
})

for (const [offered, version, name] of [
  ['ocpp1.6', 'ocpp1.6', 'ocpp1.6'],
  ['OCPP1.6', 'ocpp1.6', 'OCPP1.6'],
  ['ocpp2.0.1,ocpp1.6', 'ocpp2.0.1', 'ocpp2.0.1'],
  ['ocpp2.1, ocpp2.0.1', 'ocpp2.0.1', 'ocpp2.0.1'],
  ['foo, ,ocpp1.6', 'ocpp1.6', 'ocpp1.6'],
] as const)
  test(`of ${offered} it speaks ${name}`, () =>
    assert.deepEqual(subprotocolOf(offered, OCPP_VERSIONS), { ok: true, value: { version, name } }))

test('refuses no subprotocol, unknown ones, 2.1, and what is switched off', () => {
  assert.deepEqual(subprotocolOf(undefined, OCPP_VERSIONS), { ok: false, failure: { code: 'noSubprotocol', offered: [] } })
  for (const offered of ['ocpp9.9', 'ocpp2.1', 'ocpp1.6x', 'ocpp2.0'])
    assert.deepEqual(subprotocolOf(offered, OCPP_VERSIONS), { ok: false, failure: { code: 'unsupportedSubprotocol', offered: [offered] } })
  assert.equal(subprotocolOf('ocpp1.6', ['ocpp2.0.1']).ok, false)
})
