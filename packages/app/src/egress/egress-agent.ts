import { lookup as resolve } from 'node:dns'
import { Agent } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { isPublicAddress } from './public-address.ts'

export class EgressRefused extends Error {
  constructor(host: string) {
    super(`${host} is not a public address; the platform calls no private ones on behalf of others`)
  }
}

/** Resolves a name and pins what it found: a name that leads to any private address is refused, so rebinding gains nothing. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, [])
    const [first] = addresses
    if (!first || !addresses.every(({ address }) => isPublicAddress(address))) return callback(new EgressRefused(hostname), [])
    return options.all ? callback(null, addresses) : callback(null, first.address, first.family)
  })
}

/** Says whether a URL that somebody else supplied may be called at all: https, and no private address written out. */
export const mayCall = (url: string): boolean => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (parsed?.protocol !== 'https:' || parsed.username !== '') return false
  const host = parsed.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 || isPublicAddress(host)
}

/** The one agent for URLs that somebody else supplied. It follows no redirects: Node's requests never do. */
export const egressAgent = new Agent({ lookup: publicLookup, timeout: 5_000, maxSockets: 32 })
