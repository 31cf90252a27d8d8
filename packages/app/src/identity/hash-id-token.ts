import { createHmac } from 'node:crypto'
import { normalEmaid } from '@voltway/pki'

/** Stations differ in case and padding for the same card: tokens are compared trimmed and in upper case. */
export const canonicalIdToken = (text: string): string => text.trim().toUpperCase()

/**
 * A contract's account identifier as it is stored and looked up: without hyphens and check digit, which stations and cars leave out or
 * not. What is no eMAID stays as it is.
 */
export const canonicalEmaid = (text: string): string => normalEmaid(text.trim())?.slice(0, 14) ?? text

/** HMAC-SHA256 of a token's canonical text under the installation's key: the only form in which a token is stored. */
export const hashIdToken = (text: string, hmacKey: Uint8Array): Uint8Array =>
  createHmac('sha256', hmacKey).update(canonicalIdToken(text), 'utf8').digest()

/** What people see of a token. Shorter tokens show less, so that no token is ever shown whole. */
export const lastFourOf = (text: string): string => {
  const canonical = canonicalIdToken(text)
  return canonical.slice(canonical.length - Math.min(4, Math.floor(canonical.length / 2)))
}
