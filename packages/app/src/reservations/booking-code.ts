import type { RandomBytes } from '@voltway/units'

/** Crockford's base 32: no I, L, O or U, so that a code can be read aloud and typed at a station. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eight characters, 40 random bits: what a driver types at the station and what the station sends as idToken. */
export const bookingCode = (random: RandomBytes): string => Array.from(random(8), (byte) => ALPHABET[byte % 32]).join('')
