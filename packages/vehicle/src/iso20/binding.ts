import { createHash } from 'node:crypto'

const digest = (...parts: readonly Uint8Array[]): Uint8Array =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha512')).digest()

/**
 * Binds a paused session to the vehicle's certificate: SHA-512(SessionID || SHA-512(leaf)). Without a certificate, which only a link
 * that the standard does not allow can lack, it binds nothing but the number.
 */
export const sessionBinding = (sessionId: Uint8Array, vehicleCertificate: Uint8Array | undefined): Uint8Array =>
  new Uint8Array(digest(sessionId, vehicleCertificate === undefined ? new Uint8Array() : digest(vehicleCertificate)))
