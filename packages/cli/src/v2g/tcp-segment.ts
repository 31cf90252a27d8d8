import type { Packet } from './read-capture.ts'

/** A TCP segment between two ends. */
export interface TcpSegment {
  readonly seconds: number
  /** `address.port` of the sender and the receiver. */
  readonly from: string
  readonly to: string
  readonly sequence: number
  readonly isFirst: boolean
  readonly isAck: boolean
  /** FIN or RST. */
  readonly isLast: boolean
  readonly payload: Uint8Array
}

const ETHERNET = 1
const RAW_IP = [12, 14, 101]
const COOKED = 113
const COOKED_2 = 276
const TCP = 6
/** Extension headers of IPv6 that say the length of themselves: hop-by-hop, routing, destination options. */
const SKIPPED = new Set([0, 43, 60])

const uint16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

/** Where the IP header begins; undefined for what is not IP. */
const ipOf = ({ linkType, bytes }: Packet): Uint8Array | undefined => {
  if (RAW_IP.includes(linkType)) return bytes
  if (linkType === COOKED) return bytes.subarray(16)
  if (linkType === COOKED_2) return bytes.subarray(20)
  if (linkType !== ETHERNET) return undefined
  let at = 12
  // 802.1Q and 802.1ad tags.
  while (uint16(bytes, at) === 0x8100 || uint16(bytes, at) === 0x88a8) at += 4
  const type = uint16(bytes, at)
  return type === 0x86dd || type === 0x0800 ? bytes.subarray(at + 2) : undefined
}

interface Datagram {
  readonly from: string
  readonly to: string
  readonly tcp: Uint8Array
}

const ipv6 = (bytes: Uint8Array): Datagram | undefined => {
  const address = (at: number) => Array.from({ length: 8 }, (_, group) => uint16(bytes, at + group * 2).toString(16)).join(':')
  const end = 40 + uint16(bytes, 4)
  let next = bytes[6]!
  let at = 40
  while (SKIPPED.has(next) && at + 2 <= end) {
    next = bytes[at]!
    at += ((bytes[at + 1] ?? 0) + 1) * 8
  }
  return next === TCP ? { from: address(8), to: address(24), tcp: bytes.subarray(at, end) } : undefined
}

const ipv4 = (bytes: Uint8Array): Datagram | undefined => {
  const address = (at: number) => bytes.subarray(at, at + 4).join('.')
  const header = (bytes[0]! & 15) * 4
  // A fragment behind the first has no TCP header.
  if (bytes[9] !== TCP || (uint16(bytes, 6) & 0x1fff) !== 0) return undefined
  return { from: address(12), to: address(16), tcp: bytes.subarray(header, uint16(bytes, 2)) }
}

/** The TCP segment of a packet; undefined for anything else, and for what is cut short. */
export const tcpSegmentOf = (packet: Packet): TcpSegment | undefined => {
  const bytes = ipOf(packet)
  if (bytes === undefined || bytes.length < 20) return undefined
  const version = bytes[0]! >> 4
  const datagram = version === 6 && bytes.length >= 40 ? ipv6(bytes) : version === 4 ? ipv4(bytes) : undefined
  if (datagram === undefined || datagram.tcp.length < 20) return undefined
  const { from, to, tcp } = datagram
  const flags = tcp[13]!
  return {
    seconds: packet.seconds,
    from: `${from}.${uint16(tcp, 0)}`,
    to: `${to}.${uint16(tcp, 2)}`,
    sequence: ((uint16(tcp, 4) << 16) | uint16(tcp, 6)) >>> 0,
    isFirst: (flags & 2) !== 0,
    isAck: (flags & 16) !== 0,
    isLast: (flags & 5) !== 0,
    payload: tcp.subarray((tcp[12]! >> 4) * 4),
  }
}
