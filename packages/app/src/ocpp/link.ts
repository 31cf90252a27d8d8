import type { StatusReported } from '@voltway/domain/sessions'
import type { EvseStatus } from '@voltway/domain/stations'
import { endLink, type TransactionOwnership } from '@voltway/store'
import { type ChargingStationId, type EpochMs, epochMs, type Milliseconds } from '@voltway/units'
import { encodeCallError, type FrameFailure, parseFrame } from '@voltway/wire/ocpp'
import { type RawData, WebSocket } from 'ws'
import { answerCall, type ReceivedCall } from './answer-call.ts'
import { frameItem } from './frame-item.ts'
import type { Link, LinkedStation, LinkServices } from './link-services.ts'
import { OutboundSlot } from './outbound-slot.ts'
import type { VersionRoom } from './version-room.ts'

/** Longest frame that is taken, in bytes; reports of a whole inventory come in parts below this. */
export const MAX_FRAME = 256 * 1024
/** CALLs of a station that may wait here; beyond, it is told to go. */
const MOST_CALLS = 256
const MOST_BYTES = 1024 * 1024
/** Where reading stops until the queue is short again, so that an honest backlog is only slowed down. */
const PAUSE_AT = 64
const RESUME_AT = 8
/** How long a peer may take to answer a close. */
const GOODBYE = 2_000 as Milliseconds
/** What may wait to be sent to a station that reads slowly. */
const MOST_UNSENT = 1024 * 1024

/** A link over the `ws` library. */
export class WebSocketLink implements Link {
  readonly station: LinkedStation
  readonly room: VersionRoom
  readonly epoch: number
  readonly connectedAt: EpochMs
  readonly slot: OutboundSlot
  readonly services: LinkServices
  readonly activity = new Map<number, EvseStatus>()
  readonly transactions = new Map<string, TransactionOwnership>()
  capabilities: Readonly<Record<string, unknown>>
  accepted: boolean
  booted = false
  alarmsRaised = 0
  readonly statusHeard = new Map<number, StatusReported>()
  lastHeardAt: EpochMs
  answersPings = false
  readonly ended: Promise<void>

  readonly #socket: WebSocket
  #queue: ReceivedCall[] = []
  #queuedBytes = 0
  #draining = false
  #statusesAsOf = 0
  #endReason = 'closed'
  readonly #onHeard = new Set<() => void>()

  constructor(
    socket: WebSocket,
    services: LinkServices,
    born: { station: LinkedStation; room: VersionRoom; epoch: number; connectedAt: EpochMs },
  ) {
    this.#socket = socket
    this.services = services
    this.station = born.station
    this.room = born.room
    this.epoch = born.epoch
    this.connectedAt = born.connectedAt
    this.capabilities = born.station.capabilities
    this.accepted = born.station.registration === 'accepted' && born.station.bootedBefore
    this.lastHeardAt = services.network.now()
    this.slot = new OutboundSlot(services.network, (frame) => this.send(frame))
    socket.on('message', (data) => this.#onMessage(data))
    socket.on('pong', () => this.#heard(true))
    socket.on('ping', () => this.#heard(false))
    socket.on('error', (error) => {
      this.#endReason = error.message
    })
    this.ended = new Promise((resolve) => socket.once('close', (code, reason) => void this.#onClose(code, reason.toString()).then(resolve)))
  }

  get stationId(): ChargingStationId {
    return this.station.stationId
  }

  get isOpen(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  send(frame: string): boolean {
    if (!this.isOpen) return false
    if (this.#socket.bufferedAmount + frame.length > MOST_UNSENT) {
      this.terminate('does not read what it is sent')
      return false
    }
    this.#socket.send(frame)
    return true
  }

  close(code: number, reason: string) {
    this.#endReason = reason
    if (this.#socket.readyState === WebSocket.CLOSED) return
    if (this.isOpen) this.#socket.close(code, reason.slice(0, 100))
    const cancel = this.services.network.after(GOODBYE, () => this.#socket.terminate())
    this.#socket.once('close', cancel)
  }

  terminate(reason: string) {
    this.#endReason = reason
    this.#socket.terminate()
  }

  ping() {
    if (this.isOpen) this.#socket.ping()
  }

  isAlive(within: Milliseconds): Promise<boolean> {
    if (!this.isOpen) return Promise.resolve(false)
    return new Promise((resolve) => {
      const end = (alive: boolean) => {
        cancel()
        this.#onHeard.delete(heard)
        this.#socket.off('close', gone)
        resolve(alive)
      }
      const heard = () => end(true)
      const gone = () => end(false)
      const cancel = this.services.network.after(within, gone)
      this.#onHeard.add(heard)
      this.#socket.once('close', gone)
      this.#socket.ping()
    })
  }

  asOfLink(occurredAt: EpochMs): EpochMs | undefined {
    return occurredAt > this.connectedAt ? undefined : epochMs(this.connectedAt + 1 + this.#statusesAsOf++)
  }

  #heard(byPong: boolean) {
    this.lastHeardAt = this.services.network.now()
    if (byPong) this.answersPings = true
    for (const tell of this.#onHeard) tell()
  }

  #onMessage(data: RawData) {
    // Who was told to go is no longer heard.
    if (!this.isOpen) return
    this.#heard(false)
    const raw = textOf(data)
    const receivedAt = this.services.clock.now()
    const parsed = parseFrame(raw, MAX_FRAME)
    if (!parsed.ok) return this.#refuseFrame(raw, receivedAt, parsed.failure)
    const frame = parsed.value
    if (frame.type === 'call') return this.#enqueue({ call: frame, raw, receivedAt })
    const known =
      frame.type === 'callResult'
        ? this.slot.settle(frame.messageId, (frames) => ({ outcome: 'answered', payload: frame.payload, frames }), raw)
        : this.slot.settle(
            frame.messageId,
            (frames) => ({ outcome: 'error', code: frame.reportedCode, description: frame.description, frames }),
            raw,
          )
    if (!known) this.#record({ raw, receivedAt, messageId: frame.messageId, response: undefined, problem: 'nobody asked for this reply' })
  }

  #refuseFrame(raw: string, receivedAt: EpochMs, { messageId, code, description, answerable }: FrameFailure) {
    const response = answerable ? encodeCallError(this.room.version, { messageId, code, description }) : undefined
    if (response !== undefined) this.send(response)
    this.#record({ raw, receivedAt, messageId, response, problem: description })
  }

  /** Keeps a frame that leads to nothing; a station that sends little else is not kept count of for ever. */
  #record({
    raw,
    receivedAt,
    messageId,
    response,
    problem,
  }: {
    raw: string
    receivedAt: EpochMs
    messageId: string
    response: string | undefined
    problem: string
  }) {
    if (this.#queuedBytes > MOST_BYTES) return
    this.#queuedBytes += raw.length
    const violations = [{ rule: 'frame', path: '', found: problem }]
    const item = frameItem(this, { raw, receivedAt, messageId, action: '', response, outcome: 'error', violations })
    const done = () => {
      this.#queuedBytes -= raw.length
    }
    void this.services.ingest.submit(item).then(done, done)
  }

  #enqueue(call: ReceivedCall) {
    if (this.#queue.length >= MOST_CALLS || this.#queuedBytes + call.raw.length > MOST_BYTES) {
      this.services.log.warn('a station sends more than is answered', { stationId: this.stationId })
      this.close(1008, 'too many messages are waiting for their answers')
      return
    }
    this.#queue.push(call)
    this.#queuedBytes += call.raw.length
    if (this.#queue.length >= PAUSE_AT && this.isOpen) this.#socket.pause()
    if (!this.#draining) void this.#drain()
  }

  /** One CALL at a time: the next is looked at when the last is answered and its frame is kept. */
  async #drain() {
    this.#draining = true
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) {
      this.#queuedBytes -= next.raw.length
      // Whatever waits when the link is gone was never answered: the station sends it again.
      if (this.isOpen) await answerCall(this, next)
      this.lastHeardAt = this.services.network.now()
      if (this.#queue.length <= RESUME_AT && this.#socket.isPaused) this.#socket.resume()
    }
    this.#draining = false
  }

  async #onClose(code: number, reason: string) {
    const { services, station, epoch } = this
    const newest = services.links.remove(this)
    this.slot.close()
    this.#queue = []
    const why = (reason || (code === 1006 ? this.#endReason : `closed with ${code}`)).slice(0, 200)
    services.log.info('station disconnected', { stationId: station.stationId, epoch, code, reason: why })
    if (!newest) return
    try {
      const at = services.clock.now()
      await services.db.inTenant(station.tenantId, (tx) => endLink(tx, { ...station, epoch, at, reason: why }))
      services.onWritten(station.tenantId)
    } catch (error) {
      services.log.error('the end of a link could not be written', { stationId: station.stationId, epoch, error })
    }
  }
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString()
  return data instanceof ArrayBuffer ? Buffer.from(data).toString() : data.toString()
}
