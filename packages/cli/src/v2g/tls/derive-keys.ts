import { createHmac } from 'node:crypto'
import type { DirectionKeys } from './open-record.ts'
import type { Suite } from './suites.ts'

const hmac = (hash: Suite['hash'], key: Uint8Array, ...parts: readonly Uint8Array[]): Uint8Array => {
  const one = createHmac(hash, key)
  for (const part of parts) one.update(part)
  return new Uint8Array(one.digest())
}

const ascii = (text: string): Uint8Array => new TextEncoder().encode(text)

/** P_hash of TLS 1.2, RFC 5246 section 5. */
const expand12 = (hash: Suite['hash'], secret: Uint8Array, seed: Uint8Array, length: number): Uint8Array => {
  const out: number[] = []
  let a = seed
  while (out.length < length) {
    a = hmac(hash, secret, a)
    out.push(...hmac(hash, secret, a, seed))
  }
  return Uint8Array.from(out.slice(0, length))
}

export interface Randoms {
  readonly client: Uint8Array
  readonly server: Uint8Array
}

/** The key block of TLS 1.2, cut up for both directions: RFC 5246 section 6.3. */
export const keysOfMaster = (suite: Suite, master: Uint8Array, { client, server }: Randoms): Record<'client' | 'server', DirectionKeys> => {
  const macLength = suite.protection === 'cbc' ? 32 : 0
  const ivLength = suite.protection === 'cbc' ? 0 : 4
  const seed = Uint8Array.of(...ascii('key expansion'), ...server, ...client)
  const block = expand12(suite.hash, master, seed, 2 * (macLength + suite.keyLength + ivLength))
  let at = 0
  const next = (length: number): Uint8Array => {
    at += length
    return block.subarray(at - length, at)
  }
  const [clientMac, serverMac] = [next(macLength), next(macLength)]
  const [clientKey, serverKey] = [next(suite.keyLength), next(suite.keyLength)]
  const [clientIv, serverIv] = [next(ivLength), next(ivLength)]
  return {
    client: { key: clientKey, iv: clientIv, macKey: clientMac },
    server: { key: serverKey, iv: serverIv, macKey: serverMac },
  }
}

/** HKDF-Expand-Label with an empty context, RFC 8446 section 7.1. */
const expandLabel = (hash: Suite['hash'], secret: Uint8Array, label: string, length: number): Uint8Array => {
  const name = ascii(`tls13 ${label}`)
  const info = Uint8Array.of(length >> 8, length & 0xff, name.length, ...name, 0)
  const out: number[] = []
  let block: Uint8Array = new Uint8Array(0)
  for (let count = 1; out.length < length; count++) {
    block = hmac(hash, secret, block, info, Uint8Array.of(count))
    out.push(...block)
  }
  return Uint8Array.from(out.slice(0, length))
}

/** Key and nonce of one direction of TLS 1.3. */
export const keysOfSecret = ({ hash, keyLength }: Suite, secret: Uint8Array): DirectionKeys => ({
  key: expandLabel(hash, secret, 'key', keyLength),
  iv: expandLabel(hash, secret, 'iv', 12),
  macKey: new Uint8Array(0),
})

/** The secret after a KeyUpdate. */
export const nextSecret = ({ hash }: Suite, secret: Uint8Array): Uint8Array =>
  expandLabel(hash, secret, 'traffic upd', hash === 'sha384' ? 48 : 32)
