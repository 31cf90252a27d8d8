import { agreedIn, type Message, readMessage } from '@voltway/vehicle/transport'
import type { SchemaName } from '@voltway/wire/iso15118'
import { MAX_PAYLOAD_20, type V2gtpFrame, V2gtpReassembly } from '@voltway/wire/v2gtp'
import { ipDatagramOf } from './ip-datagram.ts'
import { judgeSecurity } from './judge-security.ts'
import { type Heard, SessionJudge, type Side } from './judge-session.ts'
import type { Capture } from './read-capture.ts'
import { type Discovered, discoveryReader } from './read-discovery.ts'
import { type TcpSegment, tcpSegmentOf } from './tcp-segment.ts'
import { TcpStream } from './tcp-stream.ts'
import { type KeyLog, readKeyLog } from './tls/key-log-file.ts'
import { type TlsFacts, TlsReader } from './tls/tls-reader.ts'

/** One message of a session, or something that is none; `wrong` says what is wrong about it. */
export interface SessionEvent {
  readonly seconds: number
  readonly side: Side
  readonly message: Message | undefined
  readonly wrong: readonly string[]
}

/** One TCP connection of a capture that speaks V2GTP or TLS. */
export interface Session {
  readonly car: string
  readonly station: string
  /** Undefined over plain TCP; a version and a suite as soon as they were seen. */
  readonly tls: TlsFacts | 'unknown' | undefined
  /** Why nothing of TLS can be read; undefined where it can. */
  readonly unreadable: string | undefined
  readonly events: readonly SessionEvent[]
  /** What is wrong with how it ended, and what the capture lacks. */
  readonly wrong: readonly string[]
}

const TLS_HANDSHAKE = 0x16
const V2GTP = 0x01

class Connection {
  readonly #ends: readonly [car: string, station: string]
  readonly #streams = { EV: new TcpStream(), station: new TcpStream() }
  readonly #frames = { EV: new V2gtpReassembly(MAX_PAYLOAD_20), station: new V2gtpReassembly(MAX_PAYLOAD_20) }
  readonly #judge = new SessionJudge()
  readonly #events: SessionEvent[] = []
  readonly #tls: TlsReader
  readonly #broken = new Set<Side>()
  #kind: 'unknown' | 'v2gtp' | 'tls' | 'other' = 'unknown'
  #offer: Message | undefined
  #agreed: SchemaName | undefined

  constructor({ from, to }: TcpSegment, keyLog: KeyLog) {
    this.#ends = [from, to]
    this.#tls = new TlsReader(keyLog)
  }

  push(segment: TcpSegment) {
    const side: Side = segment.from === this.#ends[0] ? 'EV' : 'station'
    for (const { seconds, bytes } of this.#streams[side].push(segment)) {
      if (this.#kind === 'unknown') this.#kind = bytes[0] === V2GTP ? 'v2gtp' : bytes[0] === TLS_HANDSHAKE ? 'tls' : 'other'
      if (this.#kind === 'v2gtp') this.#read(side, seconds, bytes)
      if (this.#kind === 'tls') this.#reveal(side, seconds, bytes)
    }
  }

  #reveal(side: Side, seconds: number, bytes: Uint8Array) {
    const { plain, wrong } = this.#tls.push(side, bytes)
    for (const part of plain) this.#read(side, seconds, part)
    if (wrong.length > 0) this.#events.push({ seconds, side, message: undefined, wrong })
  }

  #read(side: Side, seconds: number, bytes: Uint8Array) {
    if (this.#broken.has(side)) return
    const frames = this.#frames[side].push(bytes)
    if (frames.ok) for (const frame of frames.value) this.#hear(side, seconds, frame)
    const failure = this.#frames[side].failure
    if (failure === undefined) return
    this.#broken.add(side)
    this.#events.push({ seconds, side, message: undefined, wrong: [`${failure.message}: the rest of what this side sends is not read`] })
  }

  #hear(side: Side, seconds: number, frame: V2gtpFrame) {
    const read = readMessage(frame, this.#agreed)
    if (!read.ok) {
      this.#events.push({ seconds, side, message: undefined, wrong: [read.what] })
      return
    }
    const message = read.value
    const heard: Heard = { side, seconds, message }
    if (message.name === 'supportedAppProtocolReq') this.#offer = message
    if (message.name === 'supportedAppProtocolRes') this.#agreed = agreedIn(this.#offer, message)
    const deviations = message.deviations.map(({ path, message: said }) => `${path}: ${said}`)
    const wrong = [...deviations, ...this.#judge.hear(heard), ...judgeSecurity(message, this.#agreed, this.#tls.facts)]
    this.#events.push({ seconds, side, message, wrong })
  }

  get session(): Session | undefined {
    if (this.#kind !== 'v2gtp' && this.#kind !== 'tls') return undefined
    const [car, station] = this.#ends
    const unreadable = this.#kind === 'tls' ? this.#tls.unreadable : undefined
    const wrong = unreadable === undefined ? [...this.#judge.end()] : []
    for (const [side, name] of [
      ['EV', 'the car'],
      ['station', 'the station'],
    ] as const) {
      if (this.#streams[side].lost > 0) wrong.push(`${this.#streams[side].lost} bytes of ${name} are not in the capture`)
      if (!this.#broken.has(side) && this.#frames[side].pending > 0) wrong.push(`${name} ends in the middle of a frame`)
    }
    const tls = this.#kind === 'tls' ? (this.#tls.facts ?? ('unknown' as const)) : undefined
    return { car, station, tls, unreadable, events: this.#events, wrong }
  }
}

/** What a capture holds of ISO 15118. */
export interface Recorded {
  /** In the order in which they began. */
  readonly sessions: readonly Session[]
  readonly discovery: readonly Discovered[]
}

/**
 * The sessions of a capture, and how their cars found their stations. The car is who opens the connection, or who speaks first in it.
 * @param keyLog secrets for what is under TLS; those that lie in the capture are used, too
 */
export const readSessions = ({ packets, secrets }: Capture, keyLog: KeyLog = new Map()): Recorded => {
  const keys: KeyLog = new Map([...secrets.flatMap((text) => [...readKeyLog(text)]), ...keyLog])
  const all: Connection[] = []
  const open = new Map<string, Connection>()
  const discovery = discoveryReader()
  for (const packet of packets) {
    const datagram = ipDatagramOf(packet)
    if (datagram === undefined) continue
    discovery.push(datagram)
    const segment = tcpSegmentOf(datagram)
    if (segment === undefined) continue
    const key = [segment.from, segment.to].sort().join(' ')
    let connection = open.get(key)
    const isNew = segment.isFirst && !segment.isAck
    if (connection === undefined || (isNew && connection.session !== undefined)) {
      if (!isNew && segment.payload.length === 0) continue
      connection = new Connection(segment, keys)
      open.set(key, connection)
      all.push(connection)
    }
    connection.push(segment)
  }
  return { sessions: all.flatMap(({ session }) => session ?? []), discovery: discovery.seen }
}
