import { hash } from 'node:crypto'

/** The part of a natural key that tells two facts of the same moment apart: 22 characters of SHA-256 over the parts as JSON. */
export const payloadHash = (...parts: readonly unknown[]): string => hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 22)
