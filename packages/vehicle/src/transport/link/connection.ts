import type { Socket } from 'node:net'
import type { Clock, Milliseconds } from '@voltway/units'
import { encodeFrame, type V2gtpFrame, V2gtpReassembly } from '@voltway/wire/v2gtp'
import type { ClosedReason } from './closed-reason.ts'

export interface ConnectionLimits {
  /** Bytes of one payload. */
  readonly payload: number
  /** Bytes that wait because the peer does not read: from here its requests are not read either. */
  readonly paused: number
  /** Bytes that may wait at most: then the connection is closed. */
  readonly outbound: number
  /** Complete frames that may wait because they came faster than they are taken. */
  readonly inboundFrames: number
  /** How long the peer may take to close its side after we closed ours. */
  readonly linger: Milliseconds
}

/** Room for chains of long certificates of ISO 15118-20, and for a side stream beside the main one. */
export const CONNECTION_LIMITS: ConnectionLimits = {
  payload: 1_048_576,
  paused: 262_144,
  outbound: 4_194_304,
  inboundFrames: 64,
  linger: 5_000 as Milliseconds,
}

export interface ConnectionHandlers {
  readonly onFrame: (frame: V2gtpFrame) => void
  /** Called once, after which nothing else is called. */
  readonly onClosed: (reason: ClosedReason) => void
}

/** Probes of a peer that may be gone without a word begin after this. */
const KEEP_ALIVE = 10_000

/**
 * One V2GTP connection over an open TCP or TLS socket: frames in and out. It never throws; whatever goes wrong closes it with a coded
 * reason, told once.
 */
export class V2gtpConnection {
  readonly #socket: Socket
  readonly #clock: Clock
  readonly #limits: ConnectionLimits
  readonly #frames: V2gtpReassembly
  readonly #waiting: V2gtpFrame[] = []
  #handlers: ConnectionHandlers | undefined
  #closed: ClosedReason | undefined
  #isDelivering = false

  constructor(socket: Socket, clock: Clock, limits: ConnectionLimits = CONNECTION_LIMITS) {
    this.#socket = socket
    this.#clock = clock
    this.#limits = limits
    this.#frames = new V2gtpReassembly(limits.payload)
    socket.setNoDelay(true)
    socket.setKeepAlive(true, KEEP_ALIVE)
    socket.on('error', (error: NodeJS.ErrnoException) => this.#end({ code: 'reset', message: error.code ?? error.message }))
    socket.on('end', () => this.#end(this.#endOfPeer()))
    socket.on('close', () => this.#end({ code: 'reset', message: 'the socket is gone' }))
    socket.on('drain', () => this.#resume())
  }

  /** Begins to read: frames that came before are handed over first. */
  open(handlers: ConnectionHandlers) {
    this.#handlers = handlers
    if (this.#closed !== undefined) return handlers.onClosed(this.#closed)
    // It went before anybody listened: nothing will be told of it any more.
    if (this.#socket.destroyed) return this.#end({ code: 'reset', message: 'the socket was gone' })
    this.#socket.on('data', (bytes: Buffer) => this.#take(bytes))
    // A listener hands sockets over paused, so that nothing is lost until here.
    this.#socket.resume()
  }

  /** Why it is closed; undefined while it is open. */
  get closed(): ClosedReason | undefined {
    return this.#closed
  }

  /** Bytes that the peer has not taken yet. */
  get outbound(): number {
    return this.#socket.writableLength
  }

  /** Queues a frame. A peer that lets too much wait is closed; on a closed connection nothing happens. */
  send(frame: V2gtpFrame) {
    if (this.#closed !== undefined) return
    const bytes = encodeFrame(frame)
    if (this.outbound + bytes.length > this.#limits.outbound)
      return this.#end({ code: 'outboundOverflow', message: `the peer let ${this.outbound} bytes wait` })
    this.#socket.write(bytes)
  }

  /** Sends what is queued, then closes. */
  close(message: string) {
    this.#end({ code: 'own', message })
  }

  #endOfPeer(): ClosedReason {
    const { pending } = this.#frames
    return pending === 0
      ? { code: 'peer', message: 'the peer closed' }
      : { code: 'cut', message: `the peer closed ${pending} bytes into a frame` }
  }

  get #isCongested(): boolean {
    return this.outbound > this.#limits.paused
  }

  #take(bytes: Uint8Array) {
    if (this.#closed !== undefined) return
    const frames = this.#frames.push(bytes)
    if (frames.ok) this.#waiting.push(...frames.value)
    this.#deliver()
  }

  /** Hands over what waits until the peer should read first. A handler may send and close meanwhile. */
  #deliver() {
    if (this.#isDelivering) return
    this.#isDelivering = true
    while (this.#closed === undefined && !this.#isCongested) {
      const frame = this.#waiting.shift()
      if (frame === undefined) break
      this.#handlers?.onFrame(frame)
    }
    this.#isDelivering = false
    if (this.#closed !== undefined) return
    if (this.#waiting.length > this.#limits.inboundFrames)
      return this.#end({ code: 'inboundOverflow', message: `${this.#waiting.length} frames wait to be answered` })
    const { failure } = this.#frames
    // What came complete before a broken header is still answered.
    if (failure !== undefined && this.#waiting.length === 0) return this.#end(failure)
    if (this.#isCongested) this.#socket.pause()
  }

  #resume() {
    if (this.#closed !== undefined) return
    this.#socket.resume()
    this.#deliver()
  }

  #end(reason: ClosedReason) {
    if (this.#closed !== undefined) return
    this.#closed = reason
    this.#waiting.length = 0
    if (reason.code === 'own' || reason.code === 'peer') this.#socket.end()
    else this.#socket.destroy()
    if (this.#socket.closed) return this.#handlers?.onClosed(reason)
    const cancel = this.#clock.after(this.#limits.linger, () => this.#socket.destroy())
    this.#socket.once('close', cancel)
    this.#socket.resume()
    this.#handlers?.onClosed(reason)
  }
}
