import { type IpDatagram, TCP, uint16 } from './ip-datagram.ts'

/** A TCP segment between two ends. */
export interface TcpSegment {
  readonly seconds: number
  /** `address.port` of the sender and the receiver. */
  readonly from: string
  readonly to: string
  readonly sequence: number
  readonly isFirst: boolean
  readonly isAck: boolean
  /** The number of the byte that the sender waits for; of meaning where `isAck`. */
  readonly acknowledged: number
  readonly isReset: boolean
  /** FIN or RST. */
  readonly isLast: boolean
  readonly payload: Uint8Array
}

/** The TCP segment of an IP packet; undefined for anything else, and for what is cut short. */
export const tcpSegmentOf = ({ seconds, from, to, protocol, payload: tcp }: IpDatagram): TcpSegment | undefined => {
  if (protocol !== TCP || tcp.length < 20) return undefined
  const flags = tcp[13]!
  return {
    seconds,
    from: `${from}.${uint16(tcp, 0)}`,
    to: `${to}.${uint16(tcp, 2)}`,
    sequence: ((uint16(tcp, 4) << 16) | uint16(tcp, 6)) >>> 0,
    isFirst: (flags & 2) !== 0,
    isAck: (flags & 16) !== 0,
    acknowledged: ((uint16(tcp, 8) << 16) | uint16(tcp, 10)) >>> 0,
    isReset: (flags & 4) !== 0,
    isLast: (flags & 5) !== 0,
    payload: tcp.subarray((tcp[12]! >> 4) * 4),
  }
}
