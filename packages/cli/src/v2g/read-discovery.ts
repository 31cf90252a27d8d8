import { readSdpDatagram, SDP_PORT, type SdpMessage } from '@voltway/wire/v2gtp'
import { type IpDatagram, UDP, uint16 } from './ip-datagram.ts'

/** One datagram of the discovery. */
export interface Discovered {
  readonly seconds: number
  /** `address.port`. */
  readonly from: string
  readonly to: string
  readonly message: SdpMessage | undefined
  readonly wrong: readonly string[]
}

const UDP_HEADER = 8
const FIRST_DYNAMIC_PORT = 49_152

const faultsOf = (message: SdpMessage, asked: SdpMessage | undefined): readonly string[] => {
  if (message.kind === 'request') return []
  return [
    ...(asked?.security === 'tls' && message.security === 'none' ? ['TLS was asked for, and the station offers none'] : []),
    ...(message.port < FIRST_DYNAMIC_PORT ? [`port ${message.port} is not one of 49152 to 65535`] : []),
    ...(/^fe[89ab][0-9a-f]:/.test(message.address) ? [] : [`${message.address} is not of the link`]),
  ]
}

/** Reads the discovery in a capture: everything to or from UDP port 15118. */
export const discoveryReader = () => {
  const seen: Discovered[] = []
  let asked: SdpMessage | undefined
  const push = ({ seconds, from, to, protocol, payload: udp }: IpDatagram) => {
    if (protocol !== UDP || udp.length < UDP_HEADER) return
    const [source, target] = [uint16(udp, 0), uint16(udp, 2)]
    if (source !== SDP_PORT && target !== SDP_PORT) return
    const ends = { seconds, from: `${from}.${source}`, to: `${to}.${target}` }
    const read = readSdpDatagram(udp.subarray(UDP_HEADER, Math.max(UDP_HEADER, uint16(udp, 4))))
    if (!read.ok) return seen.push({ ...ends, message: undefined, wrong: [`${read.failure.code}: ${read.failure.message}`] })
    seen.push({ ...ends, message: read.value, wrong: faultsOf(read.value, asked) })
    if (read.value.kind === 'request') asked = read.value
  }
  return { push, seen: seen as readonly Discovered[] }
}
