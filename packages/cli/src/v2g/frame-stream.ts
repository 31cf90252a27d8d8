import {
  HEADER_LENGTH,
  MAX_PAYLOAD_20,
  PAYLOAD_TYPE,
  readHeader,
  type V2gtpFailure,
  type V2gtpFrame,
  V2gtpReassembly,
} from '@voltway/wire/v2gtp'

const TYPES: ReadonlySet<number> = new Set(Object.values(PAYLOAD_TYPE))

/** Where the next header begins; what could still become one at the end of the bytes is not passed over. */
const headerIn = (bytes: Uint8Array): { readonly at: number; readonly isHeader: boolean } => {
  for (let at = 0; at + HEADER_LENGTH <= bytes.length; at++) {
    const header = readHeader(bytes.subarray(at, at + HEADER_LENGTH), MAX_PAYLOAD_20)
    if (header.ok && TYPES.has(header.value.payloadType)) return { at, isHeader: true }
  }
  return { at: Math.max(0, bytes.length - HEADER_LENGTH + 1), isHeader: false }
}

/** Frames of one direction. Where the capture has a gap, it goes on at the next header. */
export class FrameStream {
  #frames = new V2gtpReassembly(MAX_PAYLOAD_20)
  /** What a header is looked for in; undefined where one frame follows the other. */
  #sought: Uint8Array | undefined

  /** What comes next may be anything, and what was broken or begun before is over. */
  gap(): void {
    this.#frames = new V2gtpReassembly(MAX_PAYLOAD_20)
    this.#sought = new Uint8Array(0)
  }

  /** Bytes of a frame that is not complete. */
  get pending(): number {
    return this.#frames.failure === undefined ? this.#frames.pending : 0
  }

  /** @returns the frames that are now complete; a failure once, behind those before it */
  push(bytes: Uint8Array): { readonly frames: readonly V2gtpFrame[]; readonly failure: V2gtpFailure | undefined } {
    if (this.#frames.failure !== undefined) return { frames: [], failure: undefined }
    let rest = bytes
    if (this.#sought !== undefined) {
      const all = new Uint8Array(this.#sought.length + bytes.length)
      all.set(this.#sought)
      all.set(bytes, this.#sought.length)
      const { at, isHeader } = headerIn(all)
      rest = all.subarray(at)
      this.#sought = isHeader ? undefined : rest
      if (!isHeader) return { frames: [], failure: undefined }
    }
    const frames = this.#frames.push(rest)
    return { frames: frames.ok ? frames.value : [], failure: this.#frames.failure }
  }
}
