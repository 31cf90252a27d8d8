import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CODECS, type Rooted, type SchemaName, untypedCodecOf } from '../iso15118/index.ts'

const SESSION = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8)
const iso2 = untypedCodecOf('iso15118-2').document
const message = (Body: unknown, SessionID: unknown = SESSION) => ({ root: 'V2G_Message', value: { Header: { SessionID }, Body } })
const setupRequest = (length: number) => message({ SessionSetupReq: { EVCCID: new Uint8Array(length).fill(7) } })
const setupResponse = (EVSEID: string) => message({ SessionSetupRes: { ResponseCode: 'OK', EVSEID } })
const vas = (ServiceName: string) =>
  message({
    ServiceDiscoveryRes: {
      ResponseCode: 'OK',
      PaymentOptionList: { PaymentOption: ['Contract'] },
      ChargeService: {
        ServiceID: 1,
        ServiceCategory: 'EVCharging',
        FreeService: true,
        SupportedEnergyTransferMode: { EnergyTransferMode: ['DC_extended'] },
      },
      ServiceList: { Service: [{ ServiceID: 3, ServiceName, ServiceCategory: 'Internet', FreeService: true }] },
    },
  })

const SETUP = '/V2G_Message/Body/SessionSetup'
const NAME = '/V2G_Message/Body/ServiceDiscoveryRes/ServiceList/Service/ServiceName'
const beyond: [sentence: string, document: ReturnType<typeof message>, path: string, message: string][] = [
  ['a binary value that is too long', setupRequest(7), `${SETUP}Req/EVCCID`, '7 bytes where 0 to 6 are allowed'],
  ['a text that is too short', setupResponse('DE*A*E'), `${SETUP}Res/EVSEID`, '6 characters where 7 to 37 are allowed'],
  ['a text that is too long', vas('x'.repeat(33)), NAME, '33 characters where 0 to 32 are allowed'],
  ['a text of too many large characters', vas('😀'.repeat(33)), NAME, '33 characters where 0 to 32 are allowed'],
  ['an empty text', setupResponse(''), `${SETUP}Res/EVSEID`, '0 characters where 7 to 37 are allowed'],
  [
    'a header whose session is too long',
    message({ SessionStopRes: { ResponseCode: 'OK' } }, new Uint8Array(9)),
    '/V2G_Message/Header/SessionID',
    '9 bytes where 0 to 8 are allowed',
  ],
  [
    'a value of a fixed length that is shorter',
    message({ PaymentDetailsRes: { ResponseCode: 'OK', GenChallenge: new Uint8Array(15), EVSETimeStamp: 0n } }),
    '/V2G_Message/Body/PaymentDetailsRes/GenChallenge',
    '15 bytes where 16 are allowed',
  ],
]

for (const [sentence, document, path, message] of beyond) {
  test(`${sentence} is not written, as EXI or as XML`, () => {
    for (const written of [iso2.encode(document), iso2.toXml(document)])
      assert.deepEqual(written.ok || [written.failure.code, written.failure.path, written.failure.message], ['facet', path, message])
  })

  test(`${sentence} is read and told, from EXI and from XML`, () => {
    const exi = iso2.encode(document, { lenient: true })
    const xml = iso2.toXml(document, { lenient: true })
    assert.ok(exi.ok && xml.ok)
    for (const read of [iso2.decode(exi.value), iso2.fromXml(xml.value)]) {
      assert.ok(read.ok)
      const { deviations, ...rest } = read.value
      assert.deepEqual(rest, document)
      assert.deepEqual(
        deviations?.map((one) => [one.path, one.message]),
        [[path, message]],
      )
    }
  })
}

test('what is within its bounds is read without a word about it, and so is the body after one that was not', () => {
  const odd = iso2.encode(setupRequest(9), { lenient: true })
  for (const document of [setupRequest(6), setupRequest(0), setupResponse('DE*AB*E1'), vas('😀'.repeat(32)), vas('')]) {
    const exi = iso2.encode(document)
    assert.ok(exi.ok && odd.ok)
    assert.ok(iso2.decode(odd.value).ok)
    assert.deepEqual(iso2.decode(exi.value), { ok: true, value: document })
  }
})

test('an empty value without an event of its own is told where the type asks for more', () => {
  const exi = iso2.encode(setupResponse(''), { lenient: true })
  assert.ok(exi.ok)
  // The value of EVSEID begins behind its start, 0: 0 | length 2 | 0 becomes the escape 1 and 000, and the end of the rest follows.
  const bits = [...exi.value].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const at = bits.lastIndexOf('0000000100')
  const changed = `${bits.slice(0, at)}1000${bits.slice(at + 10)}`
  const read = iso2.decode(Uint8Array.from(changed.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2))))
  assert.ok(read.ok, JSON.stringify(read))
  assert.deepEqual(read.value.value, setupResponse('').value)
  assert.equal(read.value.deviations?.[0]?.path, `${SETUP}Res/EVSEID`)
})

test('a number that its type does not hold stays refused in both directions, and in XML', () => {
  const response = (SchemaID: unknown) => ({
    root: 'supportedAppProtocolRes',
    value: { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID },
  })
  const codec = untypedCodecOf('app_protocol').document
  for (const [schemaId, code] of [
    [256, 'range'],
    [1.5, 'range'],
    ['1', 'type'],
  ] as const)
    for (const lenient of [false, true])
      for (const written of [codec.encode(response(schemaId), { lenient }), codec.toXml(response(schemaId), { lenient })])
        assert.equal(written.ok || written.failure.code, code)
})

test('an attribute is named in the path of what is wrong with it', () => {
  const read = CODECS['iso15118-2'].fragment.encode({
    root: 'AuthorizationReq',
    value: { Id: '2' },
  })
  assert.deepEqual(read.ok || [read.failure.code, read.failure.path], ['facet', '/AuthorizationReq/@Id'])
})

const receipt = (Id: string) =>
  message({ MeteringReceiptReq: { Id, SessionID: SESSION, MeterInfo: { MeterID: 'M1' }, SAScheduleTupleID: 1 } })
const installation = (first: string, second: string) => ({
  ResponseCode: 'OK',
  SAProvisioningCertificateChain: { Certificate: new Uint8Array(1) },
  ContractSignatureCertChain: { Id: first, Certificate: new Uint8Array(1) },
  ContractSignatureEncryptedPrivateKey: { Id: 'id2', value: new Uint8Array(48) },
  DHpublickey: { Id: 'id3', value: new Uint8Array(65) },
  eMAID: { Id: second, value: 'DE8AA1A2B3C4D5' },
})
const installed = (first: string, second: string) => message({ CertificateInstallationRes: installation(first, second) })
const namespace = (ProtocolNamespace: string) => ({
  root: 'supportedAppProtocolReq',
  value: { AppProtocol: [{ ProtocolNamespace, VersionNumberMajor: 2, VersionNumberMinor: 0, SchemaID: 1, Priority: 1 }] },
})
const RECEIPT = '/V2G_Message/Body/MeteringReceiptReq/@Id'
const NAMESPACE = '/supportedAppProtocolReq/AppProtocol/ProtocolNamespace'
const misshapen: [sentence: string, schema: SchemaName, document: Rooted, path: string, message: string][] = [
  ['an Id that begins with a digit', 'iso15118-2', receipt('1st'), RECEIPT, '"1st" is no name, as an Id has to be'],
  ['an Id with a colon', 'iso15118-2', receipt('a:b'), RECEIPT, '"a:b" is no name, as an Id has to be'],
  ['an Id with a line behind it', 'iso15118-2', receipt('a\n'), RECEIPT, '"a\\n" is no name, as an Id has to be'],
  ['an empty Id', 'iso15118-2', receipt(''), RECEIPT, '"" is no name, as an Id has to be'],
  [
    'an Id that another element has',
    'iso15118-2',
    installed('id1', 'id1'),
    '/V2G_Message/Body/CertificateInstallationRes/eMAID/@Id',
    'the Id "id1" stands twice',
  ],
  ['a URI with a broken escape', 'app_protocol', namespace('urn:a%2'), NAMESPACE, '"urn:a%2" is no URI'],
  ['a URI with two fragments', 'app_protocol', namespace('urn:a#b#c'), NAMESPACE, '"urn:a#b#c" is no URI'],
]
for (const [sentence, schema, document, path, message] of misshapen)
  test(`${sentence} is not written, and is read and told`, () => {
    const codec = untypedCodecOf(schema).document
    for (const written of [codec.encode(document), codec.toXml(document)])
      assert.deepEqual(written.ok || [written.failure.code, written.failure.path, written.failure.message], ['facet', path, message])
    const exi = codec.encode(document, { lenient: true })
    const xml = codec.toXml(document, { lenient: true })
    assert.ok(exi.ok && xml.ok)
    for (const read of [codec.decode(exi.value), codec.fromXml(xml.value)]) {
      assert.ok(read.ok)
      const { deviations, ...rest } = read.value
      assert.deepEqual(rest, document)
      assert.deepEqual(
        deviations?.map((one) => [one.path, one.message]),
        [[path, message]],
      )
    }
  })

test('Ids count anew in each message, in whatever order its keys stand, and names and URIs may have any letters', () => {
  const turned = message({ CertificateInstallationRes: Object.fromEntries(Object.entries(installation('id1', 'id4')).reverse()) })
  for (const [schema, document] of [
    ['iso15118-2', installed('id1', 'id4')],
    ['iso15118-2', installed('id1', 'id4')],
    ['iso15118-2', turned],
    ['iso15118-2', receipt('Ünïcode_\u{20000}.-·9')],
    ['app_protocol', namespace('urn:größe a/b?c=%C3%A4#[d]')],
    ['app_protocol', namespace('')],
  ] as const) {
    const codec = untypedCodecOf(schema).document
    const exi = codec.encode(document)
    assert.ok(exi.ok, JSON.stringify(exi))
    const read = codec.decode(exi.value)
    assert.ok(read.ok)
    assert.deepEqual(read.value, document)
  }
})

test('DIN 70121 declares its Ids as references to nothing: they are texts of any form', () => {
  const codec = untypedCodecOf('din70121').fragment
  assert.ok(codec.encode({ root: 'ContractAuthenticationReq', value: { Id: '' } }).ok)
})
