const HEX = /^(?:[0-9a-f]{2})+$/i

/** The station's id as DIN 70121 carries it: bytes that are given as hexadecimal digits, or the characters of an id of ISO 15118; 32 at most. */
export const evseIdTo = (evseId: string): Uint8Array =>
  HEX.test(evseId) ? Uint8Array.fromHex(evseId.slice(0, 64)) : new TextEncoder().encode(evseId).slice(0, 32)

/** Bytes that are printable as text, others as hexadecimal digits. */
export const evseIdFrom = (bytes: Uint8Array): string =>
  bytes.length > 0 && bytes.every((byte) => byte >= 0x20 && byte < 0x7f) ? new TextDecoder().decode(bytes) : bytes.toHex()
