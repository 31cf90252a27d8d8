/** One record of TLS as it is on the wire. */
export interface TlsRecord {
  readonly type: number
  /** Type, version and length: what the protection of TLS 1.3 covers. */
  readonly header: Uint8Array
  readonly body: Uint8Array
}

export const RECORD = { changeCipherSpec: 20, alert: 21, handshake: 22, applicationData: 23 } as const

const HEADER = 5
/** 2^14 and what protection may add (RFC 5246 section 6.2.3). */
const LONGEST = 16_384 + 2_048

/** Cuts one direction of a connection into records. What is no record ends it for good. */
export class RecordReader {
  #bytes: Uint8Array = new Uint8Array(0)
  #isBroken = false

  /** The stream is no TLS, or not any more. */
  get isBroken(): boolean {
    return this.#isBroken
  }

  push(segment: Uint8Array): readonly TlsRecord[] {
    if (this.#isBroken) return []
    const bytes = new Uint8Array(this.#bytes.length + segment.length)
    bytes.set(this.#bytes)
    bytes.set(segment, this.#bytes.length)
    const records: TlsRecord[] = []
    let at = 0
    while (bytes.length - at >= HEADER) {
      const header = bytes.subarray(at, at + HEADER)
      const [type = 0, major = 0] = header
      const length = (header[3]! << 8) | header[4]!
      if (type < RECORD.changeCipherSpec || type > RECORD.applicationData || major !== 3 || length > LONGEST) {
        this.#isBroken = true
        return records
      }
      if (bytes.length - at - HEADER < length) break
      records.push({ type, header, body: bytes.subarray(at + HEADER, at + HEADER + length) })
      at += HEADER + length
    }
    this.#bytes = bytes.slice(at)
    return records
  }
}
