/** OCPP-J section 4.1.4: room for a UUID. */
export const MAX_MESSAGE_ID = 36
/** An over-long id is given back whole up to here, so that its sender can still tell which call failed. */
const MAX_SALVAGED = 255
const LOOK_AT = 1024

// The head of a frame, as far as the id: [2,"id"  or [2,17
const HEAD = /^\s*\[\s*(-?\d{1,9})\s*(?:,\s*(?:"((?:[^"\\]|\\.){1,255})"|(-?\d{1,16})(?=\s*[,\]])))?/

/** Finds the message id in a frame that cannot be read; "-1", as OCPP 2.0.1 section 4.2.3 has it, when there is none. */
export function salvageMessageId(text: string): { readonly messageId: string; readonly answerable: boolean } {
  const [, type, quoted, counted] = HEAD.exec(text.slice(0, LOOK_AT)) ?? []
  const messageId = quoted === undefined ? (counted ?? '-1') : (decoded(quoted) ?? '-1')
  // Answers (3, 4, and 5 of OCPP 2.1) and SEND (6) are never answered.
  return { messageId: messageId.length > MAX_SALVAGED ? '-1' : messageId, answerable: type === undefined || !/^[3-6]$/.test(type) }
}

function decoded(quoted: string): string | undefined {
  try {
    return String(JSON.parse(`"${quoted}"`))
  } catch {
    return undefined
  }
}
