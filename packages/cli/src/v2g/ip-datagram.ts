import { ipv6Text } from '@voltway/wire/v2gtp'
import type { Packet } from './read-capture.ts'

/** What an IP packet carries. */
export interface IpDatagram {
  readonly seconds: number
  /** Addresses as text. */
  readonly from: string
  readonly to: string
  readonly protocol: number
  readonly payload: Uint8Array
}

export const TCP = 6
export const UDP = 17

const ETHERNET = 1
const RAW_IP = [12, 14, 101]
const COOKED = 113
const COOKED_2 = 276
/** Extension headers of IPv6 that say the length of themselves: hop-by-hop, routing, destination options. */
const SKIPPED = new Set([0, 43, 60])

export const uint16 = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)

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

type Unstamped = Omit<IpDatagram, 'seconds'>

const ipv6 = (bytes: Uint8Array): Unstamped => {
  const address = (at: number) => ipv6Text(bytes.subarray(at, at + 16))
  const end = 40 + uint16(bytes, 4)
  let next = bytes[6]!
  let at = 40
  while (SKIPPED.has(next) && at + 2 <= end) {
    next = bytes[at]!
    at += ((bytes[at + 1] ?? 0) + 1) * 8
  }
  return { from: address(8), to: address(24), protocol: next, payload: bytes.subarray(at, end) }
}

const ipv4 = (bytes: Uint8Array): Unstamped | undefined => {
  const address = (at: number) => bytes.subarray(at, at + 4).join('.')
  const header = (bytes[0]! & 15) * 4
  // A fragment behind the first has no header of TCP or UDP.
  if ((uint16(bytes, 6) & 0x1fff) !== 0) return undefined
  return { from: address(12), to: address(16), protocol: bytes[9]!, payload: bytes.subarray(header, uint16(bytes, 2)) }
}

/** The IP packet in a captured one; undefined for anything else, and for what is cut short. */
export const ipDatagramOf = (packet: Packet): IpDatagram | undefined => {
  const bytes = ipOf(packet)
  if (bytes === undefined || bytes.length < 20) return undefined
  const version = bytes[0]! >> 4
  const datagram = version === 6 && bytes.length >= 40 ? ipv6(bytes) : version === 4 ? ipv4(bytes) : undefined
  return datagram && { seconds: packet.seconds, ...datagram }
}
