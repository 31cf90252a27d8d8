import type { Side } from '../judge-session.ts'
import { alertWords } from './alert-words.ts'
import { keysOfMaster, keysOfSecret, nextSecret } from './derive-keys.ts'
import { HANDSHAKE, type HandshakeMessage, HandshakeReader, randomOf, readServerHello, type ServerHello } from './handshake-reader.ts'
import type { KeyLog, TlsSecrets } from './key-log-file.ts'
import { type OpenRecord, openTls12, openTls13 } from './open-record.ts'
import { RECORD, RecordReader, type TlsRecord } from './record-reader.ts'
import { SUITES, type Suite, suiteName } from './suites.ts'

/** What was agreed on, as far as it was seen. */
export interface TlsFacts {
  readonly version: '1.2' | '1.3'
  readonly suite: string
}

/** What a segment brought: bytes that were inside, and what is wrong. */
export interface Revealed {
  readonly plain: readonly Uint8Array[]
  readonly wrong: readonly string[]
  /** Nothing more of this side can be opened. */
  readonly isLost: boolean
}

interface Direction {
  readonly records: RecordReader
  readonly handshake: HandshakeReader
  open: OpenRecord | undefined
  /** TLS 1.3: of the key in use. */
  secret: Uint8Array | undefined
  isLost: boolean
  isMissing: boolean
}

const newDirection = (): Direction => ({
  records: new RecordReader(),
  handshake: new HandshakeReader(),
  open: undefined,
  secret: undefined,
  isLost: false,
  isMissing: false,
})

/** Bytes of an alert: its level and what it says. */
const ALERT = 2
const PREFIX = { EV: 'CLIENT', station: 'SERVER' } as const
const END = { EV: 'client', station: 'server' } as const
const NAME = { EV: 'the car', station: 'the station' } as const

/** Reads both directions of one TLS connection with the secrets of a key log; without them it says what can be seen from outside. */
export class TlsReader {
  readonly #keyLog: KeyLog
  readonly #directions: Readonly<Record<Side, Direction>> = { EV: newDirection(), station: newDirection() }
  #clientRandom: Uint8Array | undefined
  #hello: ServerHello | undefined
  #suite: Suite | undefined
  #secrets: TlsSecrets | undefined
  #hasGap = false

  constructor(keyLog: KeyLog) {
    this.#keyLog = keyLog
  }

  get facts(): TlsFacts | undefined {
    return this.#hello && { version: this.#hello.isTls13 ? '1.3' : '1.2', suite: suiteName(this.#hello.suite) }
  }

  /** Why nothing can be read; undefined where the keys are there, or the handshake has yet to come. */
  get unreadable(): string | undefined {
    if (this.#hello === undefined) return this.#hasGap ? 'its handshake is not in the capture' : undefined
    if (this.#suite === undefined) return `records of ${suiteName(this.#hello.suite)} cannot be opened`
    return this.#secrets === undefined ? 'the keys of this session are not there' : undefined
  }

  /** Bytes of this side are missing: how many records they were is not known, and without their number the next is not opened. */
  miss(side: Side) {
    this.#hasGap = true
    this.#directions[side].isMissing = true
  }

  push(side: Side, bytes: Uint8Array): Revealed {
    if (this.#directions[side].isMissing) return { plain: [], wrong: [], isLost: true }
    const plain: Uint8Array[] = []
    const wrong: string[] = []
    const direction = this.#directions[side]
    const wasBroken = direction.records.isBroken
    for (const record of direction.records.push(bytes)) this.#take(side, record, { plain, wrong })
    if (!wasBroken && direction.records.isBroken) wrong.push(`what ${NAME[side]} sends is no TLS any more`)
    return { plain, wrong, isLost: direction.isLost || direction.records.isBroken }
  }

  #take(side: Side, record: TlsRecord, found: { readonly plain: Uint8Array[]; readonly wrong: string[] }) {
    const direction = this.#directions[side]
    if (record.type === RECORD.changeCipherSpec) return this.#changeCipher(side)
    // Heard from its middle on: what the keys are was agreed on before.
    if (this.#hello === undefined && record.type === RECORD.applicationData) {
      this.#hasGap = true
      return
    }
    const isSealed = this.#hello?.isTls13 ? record.type === RECORD.applicationData : direction.open !== undefined
    // Sealed, and without keys: nothing more can be said of it.
    if (isSealed && (direction.open === undefined || direction.isLost)) return
    if (!isSealed) return this.#inside(side, record.type, record.body, found)
    const opened = direction.open?.(record)
    if (opened === undefined) {
      direction.isLost = true
      found.wrong.push(`a record of ${NAME[side]} does not fit the keys: the rest of what it sends is not read`)
      return
    }
    if (!this.#hello?.isTls13) return this.#inside(side, record.type, opened, found)
    // Zeros behind the inner type are padding.
    const end = opened.findLastIndex((byte) => byte !== 0)
    this.#inside(side, opened[end] ?? 0, opened.subarray(0, Math.max(end, 0)), found)
  }

  #inside(side: Side, type: number, body: Uint8Array, found: { readonly plain: Uint8Array[]; readonly wrong: string[] }) {
    if (type === RECORD.applicationData) found.plain.push(body)
    // One that is still sealed is longer.
    if (type === RECORD.alert && body.length === ALERT) {
      const words = alertWords(body)
      if (words !== undefined) found.wrong.push(`${NAME[side]} ends TLS: ${words}`)
    }
    if (type === RECORD.handshake) for (const message of this.#directions[side].handshake.push(body)) this.#onHandshake(side, message)
  }

  #onHandshake(side: Side, { type, body }: HandshakeMessage) {
    if (type === HANDSHAKE.clientHello && side === 'EV') this.#clientRandom = randomOf(body)
    if (type === HANDSHAKE.serverHello && side === 'station') this.#onServerHello(body)
    if (this.#hello?.isTls13 !== true) return
    if (type === HANDSHAKE.finished) this.#useSecret(side, this.#secrets?.get(`${PREFIX[side]}_TRAFFIC_SECRET_0`))
    const { secret } = this.#directions[side]
    if (type === HANDSHAKE.keyUpdate && this.#suite && secret) this.#useSecret(side, nextSecret(this.#suite, secret))
  }

  #onServerHello(body: Uint8Array) {
    const hello = readServerHello(body)
    if (hello === undefined || this.#clientRandom === undefined) return
    this.#hello = hello
    this.#suite = SUITES.get(hello.suite)
    this.#secrets = this.#keyLog.get(this.#clientRandom.toHex())
    if (!hello.isTls13) return
    for (const side of ['EV', 'station'] as const) this.#useSecret(side, this.#secrets?.get(`${PREFIX[side]}_HANDSHAKE_TRAFFIC_SECRET`))
  }

  #useSecret(side: Side, secret: Uint8Array | undefined) {
    const direction = this.#directions[side]
    direction.secret = secret
    direction.open = secret && this.#suite && openTls13(this.#suite, keysOfSecret(this.#suite, secret))
  }

  /** TLS 1.2: from here on this side's records are sealed. */
  #changeCipher(side: Side) {
    const [hello, suite, client] = [this.#hello, this.#suite, this.#clientRandom]
    if (hello === undefined || hello.isTls13 || client === undefined) return
    const master = this.#secrets?.get('CLIENT_RANDOM')
    const direction = this.#directions[side]
    if (suite === undefined || master === undefined) {
      direction.open = () => undefined
      direction.isLost = true
      return
    }
    const keys = keysOfMaster(suite, master, { client, server: hello.random })
    direction.open = openTls12(suite, keys[END[side]], hello.encryptsThenMacs)
  }
}
