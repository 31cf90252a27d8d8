import type { RandomBytes } from '@voltway/units'

/** Crockford's base 32: no I, L, O or U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** What stands on the QR sticker: random, so that it tells nothing of the OCPP identity and cannot be counted through. */
export const newEvseCode = (random: RandomBytes): string => `VW${Array.from(random(8), (byte) => ALPHABET[byte % 32]).join('')}`
