import { fail, ok, type Result } from '@voltway/units'

export type IdentityFailure = 'wrongPath' | 'badEncoding' | 'badIdentity'

/** OCPP 2.0.1 part 4 section 3.1.1 (identifierString, 48). */
const MAX_IDENTITY = 48
/** Printable ASCII without what separates credentials, paths and queries. */
const IDENTITY = /^(?! )[\x20-\x7e]{1,48}(?<! )$/
const SEPARATORS = /[:/\\?#%]/
/** No encoder encodes letters and digits; who does wants one station to look like another. */
const NEEDLESS = /%(?:3[0-9]|[46][1-9a-f]|[57][0-9a])/i

/**
 * The OCPP identity in the path of a WebSocket upgrade: exactly one segment after `prefix`, percent-decoded once,
 * case-sensitive.
 * @param path the request target as it was sent, undecoded; a query is refused
 * @param prefix such as `/ocpp/`
 */
export function identityOf(path: string, prefix: string): Result<string, IdentityFailure> {
  if (!path.startsWith(prefix)) return fail('wrongPath')
  const segment = path.slice(prefix.length)
  if (segment === '' || segment.includes('/') || segment.includes('?')) return fail('wrongPath')
  if (segment.length > 3 * MAX_IDENTITY || NEEDLESS.test(segment)) return fail('badEncoding')
  let identity: string
  try {
    identity = decodeURIComponent(segment)
  } catch {
    return fail('badEncoding')
  }
  return isStationIdentity(identity) ? ok(identity) : fail('badIdentity')
}

/** Whether a station may be given this identity. */
export const isStationIdentity = (text: string) => IDENTITY.test(text) && !SEPARATORS.test(text) && text !== '.' && text !== '..'
