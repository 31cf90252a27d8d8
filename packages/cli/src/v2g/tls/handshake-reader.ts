export interface HandshakeMessage {
  readonly type: number
  readonly body: Uint8Array
}

export const HANDSHAKE = { clientHello: 1, serverHello: 2, finished: 20, keyUpdate: 24 } as const

const HEADER = 4
/** Longer than any chain of certificates. */
const LONGEST = 262_144

/** Puts handshake messages together, which may lie across records. A message above the cap is never complete. */
export class HandshakeReader {
  #bytes: Uint8Array = new Uint8Array(0)

  push(part: Uint8Array): readonly HandshakeMessage[] {
    if (this.#bytes.length > LONGEST) return []
    this.#bytes = Uint8Array.from([...this.#bytes, ...part])
    const messages: HandshakeMessage[] = []
    while (this.#bytes.length >= HEADER) {
      const [type = 0, high = 0, middle = 0, low = 0] = this.#bytes
      const length = (high << 16) | (middle << 8) | low
      if (this.#bytes.length < HEADER + length) break
      messages.push({ type, body: this.#bytes.slice(HEADER, HEADER + length) })
      this.#bytes = this.#bytes.slice(HEADER + length)
    }
    return messages
  }
}

/** What a ServerHello settles. */
export interface ServerHello {
  readonly random: Uint8Array
  readonly suite: number
  readonly isTls13: boolean
  /** MAC over the ciphertext (RFC 7366), which OpenSSL agrees on with suites of CBC. */
  readonly encryptsThenMacs: boolean
}

const ENCRYPT_THEN_MAC = 22
const SUPPORTED_VERSIONS = 43

/** Both hellos begin with the version and the random. */
export const randomOf = (hello: Uint8Array): Uint8Array => hello.subarray(2, 34)

/** Reads a ServerHello; undefined where it is cut short. */
export const readServerHello = (body: Uint8Array): ServerHello | undefined => {
  if (body.length < 38) return undefined
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  const suiteAt = 35 + view.getUint8(34)
  if (suiteAt + 3 > body.length) return undefined
  const found = new Map<number, Uint8Array>()
  for (let at = suiteAt + 5; at + 4 <= body.length; ) {
    const length = view.getUint16(at + 2)
    found.set(view.getUint16(at), body.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  const version = found.get(SUPPORTED_VERSIONS)
  return {
    random: randomOf(body),
    suite: view.getUint16(suiteAt),
    isTls13: version?.[0] === 3 && version[1] === 4,
    encryptsThenMacs: found.has(ENCRYPT_THEN_MAC),
  }
}
