import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { env } from 'node:process'
import { test } from 'node:test'
import { seeded } from '@voltway/units'
import { recordedFolder } from '../iso15118/testing/vectors.ts'
import { ipv6Bytes, ipv6Text, readSdp, readSdpDatagram, sdpRequestDatagram, sdpResponseDatagram } from './index.ts'

const ADDRESS = 'fe80::1ff:fe23:4567'
const ADDRESS_HEX = 'fe80000000000000000001fffe234567'

test('a request is two bytes behind a header, as recorded chargers hear it', () => {
  assert.equal(sdpRequestDatagram('none').toHex(), '01fe9000000000021000')
  assert.equal(sdpRequestDatagram('tls').toHex(), '01fe9000000000020000')
  assert.deepEqual(readSdpDatagram(sdpRequestDatagram('tls')), { ok: true, value: { kind: 'request', security: 'tls' } })
})

test('an answer is address, port, security and transport', () => {
  const datagram = sdpResponseDatagram({ address: `${ADDRESS}%eth0`, port: 0xd121, security: 'none' })
  assert.ok(datagram.ok)
  assert.equal(datagram.value.toHex(), `01fe900100000014${ADDRESS_HEX}d1211000`)
  assert.deepEqual(readSdpDatagram(datagram.value), {
    ok: true,
    value: { kind: 'response', security: 'none', address: ADDRESS, port: 0xd121 },
  })
})

const refused: [sentence: string, hex: string, code: string][] = [
  ['nothing', '', 'length'],
  ['half a header', '01fe9000', 'length'],
  ['another version', '02fd9000000000021000', 'header'],
  ['a length of four gigabytes', '01fe9000ffffffff1000', 'oversized'],
  ['a length that is not that of the datagram', '01fe9000000000031000', 'length'],
  ['a byte behind the datagram', '01fe900000000002100000', 'length'],
  ['a request of three bytes', '01fe900000000003100000', 'length'],
  ['a request without content', '01fe900000000000', 'length'],
  ['an answer without address', '01fe9001000000021000', 'length'],
  ['a message of a session', '01fe8001000000021000', 'payloadType'],
  ['the wireless request of ISO 15118-20', '01fe9002000000021000', 'variant'],
  ['the wireless answer of ISO 15118-20', '01fe9003000000021000', 'variant'],
  ['a security that is reserved', '01fe9000000000020100', 'security'],
  ['UDP as transport', '01fe9000000000021010', 'transport'],
  ['an answer with port 0', `01fe900100000014${ADDRESS_HEX}00001000`, 'port'],
]
for (const [sentence, hex, code] of refused)
  test(`${sentence} is refused as ${code}`, () => {
    const read = readSdpDatagram(Uint8Array.fromHex(hex))
    assert.equal(read.ok ? 'taken' : read.failure.code, code)
  })

test('an answer that could not be read is not written', () => {
  for (const [address, port] of [
    ['192.0.2.1', 50_000],
    ['::ffff:192.0.2.1', 50_000],
    ['fe80::1::2', 50_000],
    ['1:2:3:4:5:6:7', 50_000],
    ['1:2:3:4:5:6:7:8:9', 50_000],
    ['1:2:3:4:5:6:7::8', 50_000],
    [ADDRESS, 0],
    [ADDRESS, 65_536],
    [ADDRESS, 1.5],
  ] as const)
    assert.equal(sdpResponseDatagram({ address, port, security: 'tls' }).ok, false, `${address} ${port}`)
})

test('an address has one text, as RFC 5952 writes it', () => {
  for (const [hex, text] of [
    ['00'.repeat(16), '::'],
    [`${'00'.repeat(15)}01`, '::1'],
    ['20010db8000000010001000100010001', '2001:db8:0:1:1:1:1:1'],
    ['20010db8000000000001000000000001', '2001:db8::1:0:0:1'],
    ['20010000000000010000000000000001', '2001:0:0:1::1'],
    ['00010000000000000000000000000000', '1::'],
  ] as const) {
    assert.equal(ipv6Text(Uint8Array.fromHex(hex)), text)
    assert.deepEqual(ipv6Bytes(text), { ok: true, value: Uint8Array.fromHex(hex) })
  }
})

test('random addresses come back from their text as the platform reads it, and no random or spoiled datagram throws', () => {
  const random = seeded(4)
  const byte = () => Math.floor(random() * 256)
  for (let run = 0; run < 3_000; run++) {
    const address = Uint8Array.from({ length: 16 }, (_, at) => (random() < 0.6 && at > 1 ? 0 : byte()))
    const text = ipv6Text(address)
    assert.deepEqual(ipv6Bytes(text), { ok: true, value: address })
    // The platform writes mapped addresses in groups as well.
    assert.equal(new URL(`http://[${text}]/`).hostname, `[${text}]`)
    const datagram = sdpResponseDatagram({ address: text, port: 1 + Math.floor(random() * 65_535), security: 'tls' })
    assert.ok(datagram.ok)
    const spoiled = datagram.value.slice(0, random() < 0.3 ? Math.floor(random() * 29) : 28)
    for (let flips = 1 + Math.floor(random() * 3); flips > 0; flips--) spoiled[Math.floor(random() * spoiled.length)] = byte()
    const read = readSdpDatagram(spoiled)
    if (read.ok && read.value.kind === 'response') assert.deepEqual(sdpResponseDatagram(read.value), { ok: true, value: spoiled })
  }
})

const folder = recordedFolder(env.VOLTWAY_DATA)
const file =
  folder === undefined ? undefined : [join(folder, 'sdp.jsonl'), join(folder, 'open', 'sdp.jsonl')].find((one) => existsSync(one))
test('requests and answers of real cars and chargers are read and written as they were', {
  skip: file ? false : 'VOLTWAY_DATA names no folder with the recordings',
}, () => {
  const vectors: readonly { readonly payload_type: string; readonly payload_hex: string }[] = readFileSync(file!, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.ok(vectors.length >= 19, `${vectors.length} vectors`)
  for (const { payload_type, payload_hex } of vectors) {
    const read = readSdp(Number(payload_type), Uint8Array.fromHex(payload_hex))
    assert.ok(read.ok, payload_hex)
    const again =
      read.value.kind === 'request'
        ? { ok: true as const, value: sdpRequestDatagram(read.value.security) }
        : sdpResponseDatagram(read.value)
    assert.ok(again.ok)
    assert.equal(again.value.subarray(8).toHex(), payload_hex)
  }
})
