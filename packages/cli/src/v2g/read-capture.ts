import { fail, ok, type Result } from '@voltway/units'

/** One captured packet. */
export interface Packet {
  /** Of the capture's clock, in seconds; 0 where the capture does not say. */
  readonly seconds: number
  /** What the bytes begin with: a number of the registry of link types (1 Ethernet, 113 and 276 Linux cooked, 101 raw IP). */
  readonly linkType: number
  readonly bytes: Uint8Array
}

export interface Capture {
  readonly packets: readonly Packet[]
  /** Key logs of TLS that lie in a pcapng file (Decryption Secrets Blocks). */
  readonly secrets: readonly string[]
  /** The file ends in the middle of a packet: those before it are there. */
  readonly isCut: boolean
}

type Read = Result<Capture, string>

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

/** Magic numbers of pcap as they stand in a little-endian file, with the ticks of a second. */
const PCAP: ReadonlyMap<number, number> = new Map([
  [0xa1b2c3d4, 1e6],
  [0xa1b23c4d, 1e9],
])
const HEADER = 24
const RECORD = 16

const readPcap = (bytes: Uint8Array, little: boolean, ticks: number): Read => {
  if (bytes.length < HEADER) return fail('a pcap file without its header')
  const view = viewOf(bytes)
  const linkType = view.getUint32(20, little) & 0xffff
  const packets: Packet[] = []
  let at = HEADER
  while (at + RECORD <= bytes.length) {
    const length = view.getUint32(at + 8, little)
    const start = at + RECORD
    if (start + length > bytes.length) break
    const seconds = view.getUint32(at, little) + view.getUint32(at + 4, little) / ticks
    packets.push({ seconds, linkType, bytes: bytes.subarray(start, start + length) })
    at = start + length
  }
  return ok({ packets, secrets: [], isCut: at < bytes.length })
}

const SECTION = 0x0a0d0d0a
const INTERFACE = 1
const SIMPLE_PACKET = 3
const ENHANCED_PACKET = 6
const SECRETS = 10
const TLS_KEY_LOG = 0x544c534b
const BYTE_ORDER = 0x1a2b3c4d
const OPTION_RESOLUTION = 9

interface Interface {
  readonly linkType: number
  readonly ticks: number
}

const ticksOf = (view: DataView, little: boolean): number => {
  for (let at = 8; at + 4 <= view.byteLength; ) {
    const code = view.getUint16(at, little)
    const length = view.getUint16(at + 2, little)
    if (code === 0) break
    if (code === OPTION_RESOLUTION && at + 4 < view.byteLength) {
      const value = view.getUint8(at + 4)
      return value & 0x80 ? 2 ** (value & 0x7f) : 10 ** value
    }
    at += 4 + Math.ceil(length / 4) * 4
  }
  return 1e6
}

/** The packet of a block's body; undefined where the block is another one or is broken. */
const packetOf = (type: number, body: Uint8Array, interfaces: readonly Interface[], little: boolean): Packet | undefined => {
  const view = viewOf(body)
  if (type === SIMPLE_PACKET && body.length >= 4 && interfaces[0])
    return {
      seconds: 0,
      linkType: interfaces[0].linkType,
      bytes: body.subarray(4, 4 + Math.min(view.getUint32(0, little), body.length - 4)),
    }
  if (type !== ENHANCED_PACKET || body.length < 20) return undefined
  const source = interfaces[view.getUint32(0, little)]
  const length = view.getUint32(12, little)
  if (source === undefined || 20 + length > body.length) return undefined
  const seconds = (view.getUint32(4, little) * 2 ** 32 + view.getUint32(8, little)) / source.ticks
  return { seconds, linkType: source.linkType, bytes: body.subarray(20, 20 + length) }
}

/** The key log in a Decryption Secrets Block; those of other protocols are passed over. */
const keyLogIn = (body: Uint8Array, little: boolean): readonly string[] => {
  if (body.length < 8 || viewOf(body).getUint32(0, little) !== TLS_KEY_LOG) return []
  const length = viewOf(body).getUint32(4, little)
  return [new TextDecoder().decode(body.subarray(8, 8 + length))]
}

const readPcapng = (bytes: Uint8Array): Read => {
  const view = viewOf(bytes)
  const packets: Packet[] = []
  const secrets: string[] = []
  let interfaces: Interface[] = []
  let little = true
  let at = 0
  while (at + 12 <= bytes.length) {
    const isSection = view.getUint32(at) === SECTION
    if (isSection) {
      little = view.getUint32(at + 8, true) === BYTE_ORDER
      interfaces = []
    }
    const type = view.getUint32(at, little)
    const length = view.getUint32(at + 4, little)
    if (length < 12 || length % 4 !== 0 || at + length > bytes.length) break
    const body = bytes.subarray(at + 8, at + length - 4)
    if (!isSection && type === INTERFACE && body.length >= 8)
      interfaces.push({ linkType: viewOf(body).getUint16(0, little), ticks: ticksOf(viewOf(body), little) })
    if (!isSection && type === SECRETS) secrets.push(...keyLogIn(body, little))
    const packet = isSection ? undefined : packetOf(type, body, interfaces, little)
    if (packet) packets.push(packet)
    at += length
  }
  return ok({ packets, secrets, isCut: at < bytes.length })
}

/** Reads a pcap file (microseconds or nanoseconds, either byte order) or a pcapng file. */
export const readCapture = (bytes: Uint8Array): Read => {
  if (bytes.length < 4) return fail('an empty file')
  const view = viewOf(bytes)
  if (view.getUint32(0) === SECTION) return readPcapng(bytes)
  for (const little of [true, false]) {
    const ticks = PCAP.get(view.getUint32(0, little))
    if (ticks !== undefined) return readPcap(bytes, little, ticks)
  }
  return fail('neither pcap nor pcapng')
}
