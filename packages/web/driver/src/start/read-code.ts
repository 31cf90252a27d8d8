/** A booking code: eight characters of Crockford's base 32. */
const BOOKING = /^[0-9A-HJKMNP-TV-Z]{8}$/

export type Scanned = { readonly kind: 'evse'; readonly code: string } | { readonly kind: 'booking'; readonly code: string }

/** What was scanned or typed: the address on a station's QR code, a connector's code, or a booking code. */
export const readCode = (input: string, bookings: readonly string[]): Scanned | undefined => {
  const typed = input.trim()
  const inAddress = /\/(?:q|e|start)\/([^/?#]+)/.exec(typed)?.[1]
  if (inAddress) return { kind: 'evse', code: decodeURIComponent(inAddress).toUpperCase() }
  const code = typed.replaceAll(/\s/g, '').toUpperCase()
  if (code === '' || /[:/]/.test(code)) return undefined
  // I, L and O are read as what they look like, as the alphabet's author asks.
  const asBooking = code.replaceAll(/[-]/g, '').replaceAll(/[IL]/g, '1').replaceAll('O', '0')
  if (BOOKING.test(asBooking) && bookings.includes(asBooking)) return { kind: 'booking', code: asBooking }
  return { kind: 'evse', code }
}
