import { agreedIn, type Message, readMessage } from '@voltway/vehicle/transport'
import type { SchemaName } from '@voltway/wire/iso15118'
import { MAX_PAYLOAD_20, type V2gtpFrame, V2gtpReassembly } from '@voltway/wire/v2gtp'
import { type Heard, SessionJudge, type Side } from './judge-session.ts'
import type { Capture } from './read-capture.ts'
import { type TcpSegment, tcpSegmentOf } from './tcp-segment.ts'
import { TcpStream } from './tcp-stream.ts'

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
  /** Encrypted: nothing of it can be read without the keys, which are not asked for. */
  readonly isTls: boolean
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
  readonly #broken = new Set<Side>()
  #kind: 'unknown' | 'v2gtp' | 'tls' | 'other' = 'unknown'
  #offer: Message | undefined
  #agreed: SchemaName | undefined

  constructor({ from, to }: TcpSegment) {
    this.#ends = [from, to]
  }

  push(segment: TcpSegment) {
    const side: Side = segment.from === this.#ends[0] ? 'EV' : 'station'
    for (const { seconds, bytes } of this.#streams[side].push(segment)) {
      if (this.#kind === 'unknown') this.#kind = bytes[0] === V2GTP ? 'v2gtp' : bytes[0] === TLS_HANDSHAKE ? 'tls' : 'other'
      if (this.#kind !== 'v2gtp' || this.#broken.has(side)) continue
      const frames = this.#frames[side].push(bytes)
      if (frames.ok) for (const frame of frames.value) this.#hear(side, seconds, frame)
      const failure = this.#frames[side].failure
      if (failure === undefined) continue
      this.#broken.add(side)
      this.#events.push({ seconds, side, message: undefined, wrong: [`${failure.message}: the rest of what this side sends is not read`] })
    }
  }

  #hear(side: Side, seconds: number, frame: V2gtpFrame) {
    const read = readMessage(frame, this.#agreed)
    if (!read.ok) {
      this.#events.push({ seconds, side, message: undefined, wrong: [read.what] })
      return
    }
    const message = read.value
    const heard: Heard = { side, seconds, message }
    this.#events.push({ seconds, side, message, wrong: this.#judge.hear(heard) })
    if (message.name === 'supportedAppProtocolReq') this.#offer = message
    if (message.name === 'supportedAppProtocolRes') this.#agreed = agreedIn(this.#offer, message)
  }

  get session(): Session | undefined {
    if (this.#kind !== 'v2gtp' && this.#kind !== 'tls') return undefined
    const [car, station] = this.#ends
    const wrong = this.#kind === 'v2gtp' ? [...this.#judge.end()] : []
    for (const [side, name] of [
      ['EV', 'the car'],
      ['station', 'the station'],
    ] as const) {
      if (this.#streams[side].lost > 0) wrong.push(`${this.#streams[side].lost} bytes of ${name} are not in the capture`)
      if (this.#kind === 'v2gtp' && !this.#broken.has(side) && this.#frames[side].pending > 0)
        wrong.push(`${name} ends in the middle of a frame`)
    }
    return { car, station, isTls: this.#kind === 'tls', events: this.#events, wrong }
  }
}

/** The sessions of a capture, in the order in which they began. The car is who opens the connection, or who speaks first in it. */
export const readSessions = ({ packets }: Capture): readonly Session[] => {
  const all: Connection[] = []
  const open = new Map<string, Connection>()
  for (const packet of packets) {
    const segment = tcpSegmentOf(packet)
    if (segment === undefined) continue
    const key = [segment.from, segment.to].sort().join(' ')
    let connection = open.get(key)
    const isNew = segment.isFirst && !segment.isAck
    if (connection === undefined || (isNew && connection.session !== undefined)) {
      if (!isNew && segment.payload.length === 0) continue
      connection = new Connection(segment)
      open.set(key, connection)
      all.push(connection)
    }
    connection.push(segment)
  }
  return all.flatMap(({ session }) => session ?? [])
}
