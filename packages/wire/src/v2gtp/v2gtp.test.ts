import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { CODECS } from '../iso15118/index.ts'
import { encodeFrame, MAX_PAYLOAD_20, PAYLOAD_TYPE, schemaOfPayload, V2gtpReassembly } from './index.ts'

const frameOf = (payloadType: number, ...payload: number[]) => encodeFrame({ payloadType, payload: Uint8Array.from(payload) })

test('a frame is a header of version, complement, type and length, and its payload', () => {
  assert.equal(frameOf(PAYLOAD_TYPE.exi, 0x80, 0x40).toHex(), '01fe8001000000028040')
})

test('frames come whole and in order, however the stream was cut', () => {
  const random = seeded(15118)
  const sent = Array.from({ length: 200 }, (_, index) =>
    frameOf(0x8001 + (index % 6), ...Array.from({ length: Math.floor(random() * 90) }, () => random() * 256)),
  )
  const stream = Uint8Array.from(sent.flatMap((frame) => [...frame]))
  const reassembly = new V2gtpReassembly()
  const got: string[] = []
  for (let at = 0; at < stream.length; ) {
    const next = at + Math.floor(random() * 60)
    const frames = reassembly.push(stream.subarray(at, next))
    assert.ok(frames.ok)
    got.push(...frames.value.map((frame) => encodeFrame(frame).toHex()))
    at = next
  }
  assert.deepEqual(
    got,
    sent.map((frame) => frame.toHex()),
  )
  assert.equal(reassembly.pending, 0)
})

const broken: [sentence: string, hex: string, code: string][] = [
  ['another version', '02fd800100000000', 'header'],
  ['a complement that is none', '01ff800100000000', 'header'],
  ['a payload above the cap', '01fe800100010001', 'oversized'],
  ['the largest length there is', '01fe8001ffffffff', 'oversized'],
]
for (const [sentence, hex, code] of broken)
  test(`${sentence} ends the stream for good`, () => {
    const reassembly = new V2gtpReassembly()
    const first = reassembly.push(Uint8Array.fromHex(hex))
    assert.deepEqual([first.ok, first.ok || first.failure.code], [false, code])
    assert.equal(reassembly.push(frameOf(PAYLOAD_TYPE.exi, 1)).ok, false)
  })

test('a long frame that comes byte by byte is put together once', () => {
  const frame = encodeFrame({ payloadType: PAYLOAD_TYPE.exi, payload: new Uint8Array(400_000).fill(7) })
  const reassembly = new V2gtpReassembly(MAX_PAYLOAD_20)
  let frames = 0
  for (let at = 0; at < frame.length; at++) {
    const result = reassembly.push(frame.subarray(at, at + 1))
    frames += result.ok ? result.value.length : 0
  }
  assert.deepEqual([frames, reassembly.pending], [1, 0])
})

test('what is complete before a broken header is still handed over', () => {
  const reassembly = new V2gtpReassembly()
  const first = reassembly.push(Uint8Array.from([...frameOf(PAYLOAD_TYPE.exi, 7), ...Uint8Array.fromHex('ffffffffffffffff')]))
  assert.deepEqual(first, { ok: true, value: [{ payloadType: PAYLOAD_TYPE.exi, payload: Uint8Array.of(7) }] })
  assert.equal(reassembly.failure?.code, 'header')
  assert.equal(reassembly.push(new Uint8Array(0)).ok, false)
})

test('a byte behind the document, as a car in the field adds it, does not disturb the message', () => {
  const response = { root: 'supportedAppProtocolRes', value: { ResponseCode: 'OK_SuccessfulNegotiation', SchemaID: 1 } } as const
  const body = CODECS.app_protocol.document.encode(response)
  assert.ok(body.ok)
  const longer = Uint8Array.from([...body.value, 0])
  assert.deepEqual(CODECS.app_protocol.document.decode(longer), { ok: true, value: response })
})

test('payload types of ISO 15118-20 name their set, those of several protocols do not', () => {
  const named = [0x8001, 0x8002, 0x8003, 0x8004, 0x8005, 0x8006, 0x8101, 0x9000].map(schemaOfPayload)
  const common = 'iso15118-20/CommonMessages'
  assert.deepEqual(named, [undefined, common, 'iso15118-20/AC', 'iso15118-20/DC', 'iso15118-20/ACDP', 'iso15118-20/WPT', common, undefined])
})
