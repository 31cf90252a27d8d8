import { fail, ok, type Result } from '@voltway/units'

/** What a client offers in the first message of its TLS handshake: numbers of the IANA registries, in the client's order. */
export interface ClientHello {
  /** 0x0303 is TLS 1.2, 0x0304 TLS 1.3. */
  readonly versions: readonly number[]
  readonly cipherSuites: readonly number[]
  /** Empty where the client names none. */
  readonly groups: readonly number[]
  readonly signatureSchemes: readonly number[]
  readonly extensions: ReadonlySet<number>
}

/** Why bytes are no ClientHello. `notTls`: another protocol; `oversized`: above the cap; `malformed`: lengths that contradict each other. */
export interface HelloFailure {
  readonly code: 'notTls' | 'oversized' | 'malformed'
  readonly message: string
}

/** Longest ClientHello that is taken, in bytes. */
export const MAX_CLIENT_HELLO = 16_384

export const TLS_1_2 = 0x0303
export const TLS_1_3 = 0x0304
/** Extensions that are looked for, by their names in the IANA registry. */
export const EXTENSION = { trusted_ca_keys: 3, status_request: 5, groups: 10, signatureSchemes: 13, status_request_v2: 17, versions: 43 }

const HANDSHAKE_RECORD = 22
const CLIENT_HELLO = 1
const RECORD_HEADER = 5
const HANDSHAKE_HEADER = 4

class Malformed extends Error {}

/** Reads big-endian fields and throws `Malformed` where they are not there. */
class Fields {
  readonly #bytes: Uint8Array
  #at = 0
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes
  }
  get left(): number {
    return this.#bytes.length - this.#at
  }
  number(size: 1 | 2): number {
    const [high = 0, low = 0] = this.bytes(size)
    return size === 1 ? high : (high << 8) | low
  }
  bytes(length: number): Uint8Array {
    if (length > this.left) throw new Malformed(`${length} bytes where ${this.left} are left`)
    this.#at += length
    return this.#bytes.subarray(this.#at - length, this.#at)
  }
  vector(size: 1 | 2): Fields {
    return new Fields(this.bytes(this.number(size)))
  }
  numbers(): readonly number[] {
    const numbers: number[] = []
    while (this.left > 0) numbers.push(this.number(2))
    return numbers
  }
}

const readHello = (body: Uint8Array): ClientHello => {
  const hello = new Fields(body)
  const legacyVersion = hello.number(2)
  hello.bytes(32)
  hello.vector(1)
  const cipherSuites = hello.vector(2).numbers()
  hello.vector(1)
  const extensions = new Map<number, Fields>()
  const all = hello.left > 0 ? hello.vector(2) : new Fields(new Uint8Array(0))
  while (all.left > 0) extensions.set(all.number(2), all.vector(2))
  return {
    versions: extensions.get(EXTENSION.versions)?.vector(1).numbers() ?? [legacyVersion],
    cipherSuites,
    groups: extensions.get(EXTENSION.groups)?.vector(2).numbers() ?? [],
    signatureSchemes: extensions.get(EXTENSION.signatureSchemes)?.vector(2).numbers() ?? [],
    extensions: new Set(extensions.keys()),
  }
}

/** The handshake bytes of the records at the start of a stream, as far as they are there. */
const handshakeBytes = (stream: Uint8Array): Result<Uint8Array, HelloFailure> => {
  const parts: number[] = []
  for (let at = 0; at < stream.length; ) {
    // TLS 1.0 to 1.3 all write major version 3 here.
    if (stream[at] !== HANDSHAKE_RECORD || (stream[at + 1] ?? 3) !== 3)
      return fail({ code: 'notTls', message: 'the first bytes are no handshake of TLS' })
    if (at + RECORD_HEADER > stream.length) break
    const length = (stream[at + 3]! << 8) | stream[at + 4]!
    parts.push(...stream.subarray(at + RECORD_HEADER, at + RECORD_HEADER + length))
    at += RECORD_HEADER + length
  }
  return ok(Uint8Array.from(parts))
}

/**
 * Reads the ClientHello at the start of a stream, which may come in several segments and records (RFC 8446 section 4.1.2).
 * @returns undefined while it is not complete
 */
export const readClientHello = (stream: Uint8Array): Result<ClientHello | undefined, HelloFailure> => {
  const handshake = handshakeBytes(stream.subarray(0, MAX_CLIENT_HELLO + RECORD_HEADER))
  if (!handshake.ok) return handshake
  const bytes = handshake.value
  // Records may be empty: what counts is what was sent, not what was in it.
  const incomplete: Result<undefined, HelloFailure> =
    stream.length > MAX_CLIENT_HELLO ? fail({ code: 'oversized', message: 'a ClientHello in too many records' }) : ok(undefined)
  if (bytes.length === 0) return incomplete
  if (bytes[0] !== CLIENT_HELLO) return fail({ code: 'notTls', message: 'the first handshake message is no ClientHello' })
  if (bytes.length < HANDSHAKE_HEADER) return incomplete
  const length = (bytes[1]! << 16) | (bytes[2]! << 8) | bytes[3]!
  if (length > MAX_CLIENT_HELLO - HANDSHAKE_HEADER)
    return fail({ code: 'oversized', message: `a ClientHello of ${length} bytes, above ${MAX_CLIENT_HELLO}` })
  if (bytes.length < HANDSHAKE_HEADER + length) return incomplete
  try {
    return ok(readHello(bytes.subarray(HANDSHAKE_HEADER, HANDSHAKE_HEADER + length)))
  } catch (error) {
    if (error instanceof Malformed) return fail({ code: 'malformed', message: `a ClientHello that contradicts itself: ${error.message}` })
    throw error
  }
}
