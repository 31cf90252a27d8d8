import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { readSdpWirelessRequest, readSdpWirelessResponse, sdpWirelessRequestDatagram, sdpWirelessResponseDatagram } from './index.ts'

const REQUEST = { security: 'tls', p2psPpd: 0x0100, couplingType: 0x20, evId: 'ZZ00000', evseId: '' } as const
const RESPONSE = {
  security: 'tls',
  address: 'fe80::1',
  port: 50_000,
  status: 'finishedWithEvseId',
  couplingType: 0x20,
  evseId: 'DE*ABC*E1',
} as const
const written = (result: ReturnType<typeof sdpWirelessRequestDatagram>): Uint8Array =>
  result.ok ? result.value : assert.fail(result.failure)
const payloadOf = (datagram: Uint8Array) => datagram.subarray(8)
const request = written(sdpWirelessRequestDatagram(REQUEST))
const response = written(sdpWirelessResponseDatagram(RESPONSE))

test('a request has 62 bytes: how to talk, how to find the car, and who it is', () => {
  assert.equal(request.subarray(0, 8).toHex(), '01fe90020000003e')
  assert.equal(payloadOf(request).subarray(0, 12).toHex(), `0000010020${new TextEncoder().encode('ZZ00000').toHex()}`)
  assert.deepEqual(readSdpWirelessRequest(payloadOf(request)), { ok: true, value: { kind: 'wirelessRequest', ...REQUEST } })
})

test('an answer has 59 bytes, its status before the coupling', () => {
  assert.equal(response.subarray(0, 8).toHex(), '01fe90030000003b')
  assert.equal(payloadOf(response).subarray(16, 22).toHex(), 'c35000000120')
  assert.deepEqual(readSdpWirelessResponse(payloadOf(response)), { ok: true, value: { kind: 'wirelessResponse', ...RESPONSE } })
})

test('a station that does not know yet says so without a port; one that is done does not', () => {
  const waiting = { ...RESPONSE, status: 'ongoing', port: 0, evseId: '' } as const
  const read = readSdpWirelessResponse(payloadOf(written(sdpWirelessResponseDatagram(waiting))))
  assert.deepEqual(read, { ok: true, value: { kind: 'wirelessResponse', ...waiting } })
  assert.equal(sdpWirelessResponseDatagram({ ...RESPONSE, port: 0 }).ok, false)
})

const codeOf = (read: ReturnType<typeof readSdpWirelessRequest | typeof readSdpWirelessResponse>) => (read.ok ? 'taken' : read.failure.code)
for (const [sentence, read, code] of [
  ['a request that is one byte short', readSdpWirelessRequest(payloadOf(request).subarray(1)), 'length'],
  ['an answer of a request’s length', readSdpWirelessResponse(payloadOf(request)), 'length'],
  ['a security that is reserved', readSdpWirelessRequest(payloadOf(request).with(0, 1)), 'security'],
  ['UDP as transport', readSdpWirelessResponse(payloadOf(response).with(19, 0x10)), 'transport'],
  ['a status that is reserved', readSdpWirelessResponse(payloadOf(response).with(20, 3)), 'status'],
  ['an id that is no text', readSdpWirelessRequest(payloadOf(request).with(5, 0xff)), 'text'],
  ['a finished answer with port 0', readSdpWirelessResponse(payloadOf(response).with(16, 0).with(17, 0)), 'port'],
] as const)
  test(`${sentence} is refused as ${code}`, () => assert.equal(codeOf(read), code))

test('an id that has no room is not written', () => {
  assert.equal(sdpWirelessRequestDatagram({ ...REQUEST, evId: 'x'.repeat(21) }).ok, false)
  assert.equal(sdpWirelessRequestDatagram({ ...REQUEST, evseId: 'ä' }).ok, false)
  assert.equal(sdpWirelessResponseDatagram({ ...RESPONSE, evseId: 'x'.repeat(38) }).ok, false)
})

test('what is read comes out as it was read, and nothing random throws', () => {
  const random = seeded(9)
  const byte = () => Math.floor(random() * 256)
  for (let run = 0; run < 3_000; run++) {
    const asked = payloadOf(request).slice()
    const answered = payloadOf(response).slice()
    for (let flips = Math.floor(random() * 4); flips > 0; flips--) {
      asked[Math.floor(random() * asked.length)] = byte()
      answered[Math.floor(random() * answered.length)] = byte()
    }
    const [one, other] = [readSdpWirelessRequest(asked), readSdpWirelessResponse(answered)]
    if (one.ok) assert.deepEqual(readSdpWirelessRequest(payloadOf(written(sdpWirelessRequestDatagram(one.value)))), one)
    if (other.ok) assert.deepEqual(readSdpWirelessResponse(payloadOf(written(sdpWirelessResponseDatagram(other.value)))), other)
  }
})
