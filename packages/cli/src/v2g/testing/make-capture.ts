import { encodeFrame } from '@voltway/wire/v2gtp'
import type { Side } from '../judge-session.ts'

/** What one side sends at a moment: bytes of the stream, cut into segments as given. */
export interface Sent {
  readonly side: Side
  readonly seconds: number
  readonly bytes: Uint8Array
}

export const frameOf = (hex: string, payloadType = 0x8001): Uint8Array => encodeFrame({ payloadType, payload: Uint8Array.fromHex(hex) })

const CAR = { address: 'fe80000000000000000000000000000a', port: 50_001 }
const STATION = { address: 'fe80000000000000000000000000000b', port: 61_341 }
const FIN = 1
const SYN = 2
const ACK = 16

interface Segment extends Sent {
  readonly sequence: number
  readonly acknowledged: number
  readonly flags: number
}

/** An Ethernet frame with IPv6 and TCP. */
const packetOf = ({ side, bytes, sequence, acknowledged, flags }: Segment): Uint8Array => {
  const [from, to] = side === 'EV' ? [CAR, STATION] : [STATION, CAR]
  const packet = new Uint8Array(14 + 40 + 20 + bytes.length)
  const view = new DataView(packet.buffer)
  view.setUint16(12, 0x86dd)
  view.setUint8(14, 0x60)
  view.setUint16(18, 20 + bytes.length)
  view.setUint8(20, 6)
  packet.set(Uint8Array.fromHex(from.address), 22)
  packet.set(Uint8Array.fromHex(to.address), 38)
  view.setUint16(54, from.port)
  view.setUint16(56, to.port)
  view.setUint32(58, sequence)
  view.setUint32(62, acknowledged)
  view.setUint8(66, 0x50)
  view.setUint8(67, flags)
  packet.set(bytes, 74)
  return packet
}

const OTHER = { EV: 'station', station: 'EV' } as const
const NOTHING = new Uint8Array(0)

/**
 * The packets of a connection: its opening by the car, each part as a segment, and its end by both. Sequence numbers begin shortly before they
 * wrap around.
 */
export const packetsOf = (sent: readonly Sent[]): readonly { readonly seconds: number; readonly bytes: Uint8Array }[] => {
  const next = { EV: 0xffffffe0, station: 0xfffffff0 }
  const [began, ended] = [sent[0]?.seconds ?? 0, sent.at(-1)?.seconds ?? 0]
  const segments: Segment[] = [
    { side: 'EV', seconds: began, bytes: NOTHING, sequence: next.EV - 1, acknowledged: 0, flags: SYN },
    { side: 'station', seconds: began, bytes: NOTHING, sequence: next.station - 1, acknowledged: next.EV, flags: SYN | ACK },
  ]
  const add = (part: Sent, flags: number, length: number): void => {
    segments.push({ ...part, sequence: next[part.side], acknowledged: next[OTHER[part.side]], flags })
    next[part.side] = (next[part.side] + length) >>> 0
  }
  for (const part of sent) add(part, ACK, part.bytes.length)
  for (const side of ['EV', 'station'] as const) add({ side, seconds: ended, bytes: NOTHING }, ACK | FIN, 1)
  return segments.map((segment) => ({ seconds: segment.seconds, bytes: packetOf(segment) }))
}

type Packets = ReturnType<typeof packetsOf>

const SDP_PORT = 15_118

/** Datagrams of the discovery, each in an Ethernet frame with IPv6 and UDP. */
export const udpPacketsOf = (sent: readonly Sent[]): Packets =>
  sent.map(({ side, seconds, bytes }) => {
    const [from, to] = side === 'EV' ? [CAR, STATION] : [STATION, CAR]
    const packet = new Uint8Array(14 + 40 + 8 + bytes.length)
    const view = new DataView(packet.buffer)
    view.setUint16(12, 0x86dd)
    view.setUint8(14, 0x60)
    view.setUint16(18, 8 + bytes.length)
    view.setUint8(20, 17)
    packet.set(Uint8Array.fromHex(from.address), 22)
    packet.set(Uint8Array.fromHex(to.address), 38)
    view.setUint16(54, side === 'EV' ? CAR.port : SDP_PORT)
    view.setUint16(56, side === 'EV' ? SDP_PORT : CAR.port)
    view.setUint16(58, 8 + bytes.length)
    packet.set(bytes, 62)
    return { seconds, bytes: packet }
  })

/** A pcap file of microseconds, in the byte order asked for. */
export const pcapOf = (packets: Packets, little = true): Uint8Array => {
  const file = new Uint8Array(24 + packets.reduce((sum, { bytes }) => sum + 16 + bytes.length, 0))
  const view = new DataView(file.buffer)
  view.setUint32(0, 0xa1b2c3d4, little)
  view.setUint32(20, 1, little)
  let at = 24
  for (const { seconds, bytes } of packets) {
    view.setUint32(at, Math.floor(seconds), little)
    view.setUint32(at + 4, Math.round((seconds % 1) * 1e6), little)
    view.setUint32(at + 8, bytes.length, little)
    view.setUint32(at + 12, bytes.length, little)
    file.set(bytes, at + 16)
    at += 16 + bytes.length
  }
  return file
}

const block = (type: number, body: Uint8Array): readonly number[] => {
  const padded = Math.ceil(body.length / 4) * 4
  const bytes = new Uint8Array(12 + padded)
  const view = new DataView(bytes.buffer)
  view.setUint32(0, type, true)
  view.setUint32(4, bytes.length, true)
  bytes.set(body, 8)
  view.setUint32(8 + padded, bytes.length, true)
  return [...bytes]
}

/** A Decryption Secrets Block. */
const secretsBlock = (keyLog: string): readonly number[] => {
  const text = new TextEncoder().encode(keyLog)
  const body = new Uint8Array(8 + text.length)
  const view = new DataView(body.buffer)
  view.setUint32(0, 0x544c534b, true)
  view.setUint32(4, text.length, true)
  body.set(text, 8)
  return block(10, body)
}

/** A pcapng file of one interface whose clock ticks nanoseconds, with the secrets of its TLS where they are given. */
export const pcapngOf = (packets: Packets, keyLog?: string): Uint8Array => {
  const section = block(0x0a0d0d0a, Uint8Array.fromHex('4d3c2b1a01000000ffffffffffffffff'))
  const source = block(1, Uint8Array.fromHex('01000000000000000900010009000000'))
  const all = packets.map(({ seconds, bytes }) => {
    const body = new Uint8Array(20 + bytes.length)
    const view = new DataView(body.buffer)
    const ticks = BigInt(Math.round(seconds * 1e9))
    view.setUint32(4, Number(ticks >> 32n), true)
    view.setUint32(8, Number(ticks & 0xffffffffn), true)
    view.setUint32(12, bytes.length, true)
    view.setUint32(16, bytes.length, true)
    body.set(bytes, 20)
    return block(6, body)
  })
  return Uint8Array.from([section, ...(keyLog === undefined ? [] : [secretsBlock(keyLog)]), source, ...all].flat())
}
