import { agreedIn, type Message, readMessage } from '@voltway/vehicle/transport'
import type { SchemaName } from '@voltway/wire/iso15118'
import type { V2gtpFrame } from '@voltway/wire/v2gtp'
import { FrameStream } from './frame-stream.ts'
import { ipDatagramOf } from './ip-datagram.ts'
import { judgeSecurity } from './judge-security.ts'
import { type Heard, SessionJudge, type Side } from './judge-session.ts'
import type { Capture } from './read-capture.ts'
import { type Discovered, discoveryReader } from './read-discovery.ts'
import { type TcpSegment, tcpSegmentOf } from './tcp-segment.ts'
import { type Delivered, TcpStream } from './tcp-stream.ts'
import { type KeyLog, readKeyLog } from './tls/key-log-file.ts'
import { type TlsFacts, TlsReader } from './tls/tls-reader.ts'

/** One message of a session, or something that is none; `wrong` says what is wrong about it. */
export interface SessionEvent {
  readonly seconds: number
  readonly side: Side
  readonly message: Message | undefined
  readonly wrong: readonly string[]
  /** What this side said here and the capture does not have. */
  readonly gap?: string
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
  /** What is wrong with how it ended. */
  readonly wrong: readonly string[]
  /** What of its end the capture does not have. */
  readonly lacks: readonly string[]
}

const TLS_HANDSHAKE = 0x16
/** Of every version that there is. */
const TLS_MAJOR = 3
const V2GTP = 0x01
const NAMES = { EV: 'the car', station: 'the station' } as const
const OTHER = { EV: 'station', station: 'EV' } as const

/** The segments of one connection. */
type Segments = readonly TcpSegment[]

class Connection {
  readonly #streams: Readonly<Record<Side, TcpStream>>
  readonly #frames = { EV: new FrameStream(), station: new FrameStream() }
  readonly #judge = new SessionJudge()
  readonly #events: SessionEvent[] = []
  readonly #tls: TlsReader
  #kind: 'unknown' | 'v2gtp' | 'tls' | 'other' = 'unknown'
  #isFromStart = true
  readonly #closed = new Set<Side>()
  #offer: Message | undefined
  #agreed: SchemaName | undefined

  constructor(segments: Segments, car: string, keyLog: KeyLog) {
    this.#tls = new TlsReader(keyLog)
    const bySide = { EV: segments.filter(({ from }) => from === car), station: segments.filter(({ from }) => from !== car) }
    this.#streams = { EV: new TcpStream(bySide.EV, bySide.station), station: new TcpStream(bySide.station, bySide.EV) }
    for (const side of ['EV', 'station'] as const) if (!bySide[side].some(({ isFirst }) => isFirst)) this.#begin(side)
    for (const segment of segments) this.#push(segment, segment.from === car ? 'EV' : 'station')
  }

  /** This side is heard from some place in its middle. */
  #begin(side: Side) {
    this.#isFromStart = false
    this.#frames[side].gap()
    this.#judge.gap(side)
  }

  #push(segment: TcpSegment, side: Side) {
    for (const part of this.#streams[OTHER[side]].acknowledge(segment)) this.#take(OTHER[side], part)
    for (const part of this.#streams[side].push(segment)) this.#take(side, part)
    if (segment.isLast) this.#closed.add(side)
  }

  #take(side: Side, { seconds, lost, bytes }: Delivered) {
    if (lost > 0) this.#miss(side, seconds, lost)
    if (bytes.length === 0) return
    if (this.#kind === 'unknown') this.#kind = this.#kindOf(bytes)
    if (this.#kind === 'v2gtp') this.#read(side, seconds, bytes)
    if (this.#kind === 'tls') this.#reveal(side, seconds, bytes)
  }

  /** What is heard from its middle on begins with anything: it is V2GTP if a header comes. */
  #kindOf([first, second = TLS_MAJOR]: Uint8Array): 'v2gtp' | 'tls' | 'other' {
    if (first === TLS_HANDSHAKE && second === TLS_MAJOR) return 'tls'
    return first === V2GTP || !this.#isFromStart ? 'v2gtp' : 'other'
  }

  #miss(side: Side, seconds: number, lost: number) {
    if (this.#kind === 'unknown') this.#isFromStart = false
    this.#frames[side].gap()
    const gap = `${lost} ${lost === 1 ? 'byte is' : 'bytes are'} not in the capture`
    const event = { seconds, side, message: undefined, wrong: [] }
    if (this.#kind === 'tls') {
      this.#tls.miss(side)
      this.#judge.deaf(side)
      this.#events.push({ ...event, gap: `${gap}: the rest of what it sends under TLS is not read` })
    } else {
      this.#judge.gap(side)
      this.#events.push({ ...event, gap })
    }
  }

  #reveal(side: Side, seconds: number, bytes: Uint8Array) {
    const { plain, wrong, isLost } = this.#tls.push(side, bytes)
    for (const part of plain) this.#read(side, seconds, part)
    if (isLost) this.#judge.deaf(side)
    if (wrong.length > 0) this.#events.push({ seconds, side, message: undefined, wrong })
  }

  #read(side: Side, seconds: number, bytes: Uint8Array) {
    const { frames, failure } = this.#frames[side].push(bytes)
    for (const frame of frames) this.#hear(side, seconds, frame)
    if (failure === undefined) return
    this.#judge.deaf(side)
    this.#events.push({ seconds, side, message: undefined, wrong: [`${failure.message}: the rest of what this side sends is not read`] })
  }

  #hear(side: Side, seconds: number, frame: V2gtpFrame) {
    const read = readMessage(frame, this.#agreed)
    if (!read.ok) {
      this.#judge.gap(side)
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

  /** The first message that was read comes from the wrong end. */
  get isTurned(): boolean {
    const first = this.#events.find(({ message }) => message !== undefined)
    return first?.message !== undefined && /res$/i.test(first.message.name) === (first.side === 'EV')
  }

  /** Undefined for what is neither V2GTP nor TLS. */
  get session(): Omit<Session, 'car' | 'station'> | undefined {
    const isTls = this.#kind === 'tls'
    const isHeard = this.#isFromStart || this.#events.some(({ gap }) => gap === undefined)
    if (!isTls && !(this.#kind === 'v2gtp' && isHeard)) return undefined
    const unreadable = isTls ? this.#tls.unreadable : undefined
    const { wrong, lacks } = unreadable === undefined ? this.#judge.end(this.#closed.size > 0) : { wrong: [], lacks: [] }
    const cut = (['EV', 'station'] as const).filter((side) => this.#frames[side].pending > 0)
    const isFault = (side: Side): boolean => this.#closed.has(side)
    return {
      tls: isTls ? (this.#tls.facts ?? 'unknown') : undefined,
      unreadable,
      events: this.#events,
      wrong: [...wrong, ...cut.filter(isFault).map((side) => `${NAMES[side]} ends in the middle of a frame`)],
      lacks: [
        ...lacks,
        ...cut.filter((side) => !isFault(side)).map((side) => `the capture ends in the middle of a frame of ${NAMES[side]}`),
      ],
    }
  }
}

/** What a capture holds of ISO 15118. */
export interface Recorded {
  /** In the order in which they began. */
  readonly sessions: readonly Session[]
  readonly discovery: readonly Discovered[]
}

/** One end of a connection that opened it or let it be opened, as far as that was seen. */
const openerOf = (segments: Segments): string | undefined => {
  const opening = segments.find(({ isFirst }) => isFirst)
  return opening && (opening.isAck ? opening.to : opening.from)
}

const sessionOf = (segments: Segments, keys: KeyLog): Session | undefined => {
  const speaker = segments.find(({ payload }) => payload.length > 0)
  if (speaker === undefined) return undefined
  const opener = openerOf(segments)
  const read = ({ from, to }: Pick<TcpSegment, 'from' | 'to'>) => ({
    car: from,
    station: to,
    connection: new Connection(segments, from, keys),
  })
  const ends = opener === undefined || opener === speaker.from ? speaker : { from: speaker.to, to: speaker.from }
  const seen = read(ends)
  const { car, station, connection } = opener === undefined && seen.connection.isTurned ? read({ from: ends.to, to: ends.from }) : seen
  return connection.session && { car, station, ...connection.session }
}

/**
 * The sessions of a capture, and how their cars found their stations. The car is who opens the connection; where that was not seen, who asks, or who
 * speaks first in it.
 * @param keyLog secrets for what is under TLS; those that lie in the capture are used, too
 */
export const readSessions = ({ packets, secrets }: Capture, keyLog: KeyLog = new Map()): Recorded => {
  const keys: KeyLog = new Map([...secrets.flatMap((text) => [...readKeyLog(text)]), ...keyLog])
  const all: TcpSegment[][] = []
  const open = new Map<string, TcpSegment[]>()
  const discovery = discoveryReader()
  for (const packet of packets) {
    const datagram = ipDatagramOf(packet)
    if (datagram === undefined) continue
    discovery.push(datagram)
    const segment = tcpSegmentOf(datagram)
    if (segment === undefined) continue
    const key = [segment.from, segment.to].sort().join(' ')
    const known = open.get(key)
    // The same ports may be opened once more.
    const isNew = segment.isFirst && !segment.isAck && known?.some(({ payload }) => payload.length > 0)
    if (known !== undefined && !isNew) {
      known.push(segment)
      continue
    }
    const segments = [segment]
    open.set(key, segments)
    all.push(segments)
  }
  return { sessions: all.flatMap((segments) => sessionOf(segments, keys) ?? []), discovery: discovery.seen }
}
