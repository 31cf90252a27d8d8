import { fail, ok, type Result } from '@voltway/units'

/** Bytes of a header: version, its complement, payload type, payload length. */
export const HEADER_LENGTH = 8
const VERSION = 0x01

/** One message of the V2G transfer protocol. */
export interface V2gtpFrame {
  /** See `PAYLOAD_TYPE`. */
  readonly payloadType: number
  readonly payload: Uint8Array
}

/** Why a stream cannot be read on: its link is to be closed. */
export interface V2gtpFailure {
  /** `header`: not version 1 and its complement; `oversized`: the payload is longer than the cap. */
  readonly code: 'header' | 'oversized'
  readonly message: string
}

/** A header and its payload as one array. ISO 15118-2 section 7.8.3. */
export const encodeFrame = ({ payloadType, payload }: V2gtpFrame): Uint8Array => {
  const bytes = new Uint8Array(HEADER_LENGTH + payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, VERSION)
  view.setUint8(1, VERSION ^ 0xff)
  view.setUint16(2, payloadType)
  view.setUint32(4, payload.length)
  bytes.set(payload, HEADER_LENGTH)
  return bytes
}

/** What a header at the start of `bytes` says, once eight bytes are there. */
export const readHeader = (
  bytes: Uint8Array,
  cap: number,
): Result<{ readonly payloadType: number; readonly length: number }, V2gtpFailure> => {
  const view = new DataView(bytes.buffer, bytes.byteOffset, HEADER_LENGTH)
  if (view.getUint8(0) !== VERSION || view.getUint8(1) !== (VERSION ^ 0xff))
    return fail({ code: 'header', message: 'not a V2GTP header of version 1' })
  const length = view.getUint32(4)
  if (length > cap) return fail({ code: 'oversized', message: `a payload of ${length} bytes, above ${cap}` })
  return ok({ payloadType: view.getUint16(2), length })
}
