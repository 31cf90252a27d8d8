import { createDecipheriv, createHmac } from 'node:crypto'
import type { TlsRecord } from './record-reader.ts'
import type { Suite } from './suites.ts'

/** Takes the protection off the records of one direction, in their order; undefined where one does not fit the keys. */
export type OpenRecord = (record: TlsRecord) => Uint8Array | undefined

/** What protects one direction. `iv` is the fixed part of the nonce, `macKey` is of suites with CBC. */
export interface DirectionKeys {
  readonly key: Uint8Array
  readonly iv: Uint8Array
  readonly macKey: Uint8Array
}

const TAG = 16
const BLOCK = 16
const MAC = 32

const sequenceOf = (count: number): Uint8Array => {
  const bytes = new Uint8Array(8)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(count))
  return bytes
}

interface Aead {
  readonly suite: Suite
  readonly key: Uint8Array
  readonly nonce: Uint8Array
  readonly covered: Uint8Array
  readonly sealed: Uint8Array
}

const openAead = ({ suite, key, nonce, covered, sealed }: Aead): Uint8Array | undefined => {
  if (sealed.length < TAG) return undefined
  const [text, tag] = [sealed.subarray(0, -TAG), sealed.subarray(-TAG)]
  try {
    const decipher =
      suite.protection === 'chacha20'
        ? createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: TAG })
        : createDecipheriv(suite.keyLength === 32 ? 'aes-256-gcm' : 'aes-128-gcm', key, nonce, { authTagLength: TAG })
    decipher.setAuthTag(tag)
    decipher.setAAD(covered, { plaintextLength: text.length })
    return new Uint8Array(Buffer.concat([decipher.update(text), decipher.final()]))
  } catch {
    return undefined
  }
}

/** TLS 1.3 (RFC 8446 section 5.2). What comes out still has its inner type at the end. */
export const openTls13 = (suite: Suite, { key, iv }: DirectionKeys): OpenRecord => {
  let count = 0
  return ({ header, body }) => {
    const sequence = sequenceOf(count++)
    const nonce = iv.map((byte, at) => (at < 4 ? byte : byte ^ (sequence[at - 4] ?? 0)))
    return openAead({ suite, key, nonce, covered: header, sealed: body })
  }
}

/** What the MAC or tag of TLS 1.2 covers beside the text. */
const coveredOf = (sequence: Uint8Array, header: Uint8Array, length: number): Uint8Array =>
  Uint8Array.of(...sequence, ...header.subarray(0, 3), length >> 8, length & 0xff)

const openGcm = (suite: Suite, { key, iv }: DirectionKeys): OpenRecord => {
  let count = 0
  return ({ header, body }) => {
    const sequence = sequenceOf(count++)
    if (body.length < 8 + TAG) return undefined
    const [explicit, sealed] = [body.subarray(0, 8), body.subarray(8)]
    const covered = coveredOf(sequence, header, sealed.length - TAG)
    return openAead({ suite, key, nonce: Uint8Array.of(...iv, ...explicit), covered, sealed })
  }
}

const decryptCbc = (key: Uint8Array, bytes: Uint8Array): Uint8Array | undefined => {
  if (bytes.length < 2 * BLOCK || bytes.length % BLOCK !== 0) return undefined
  const decipher = createDecipheriv('aes-128-cbc', key, bytes.subarray(0, BLOCK)).setAutoPadding(false)
  const padded = Buffer.concat([decipher.update(bytes.subarray(BLOCK)), decipher.final()])
  const length = padded.length - 1 - (padded.at(-1) ?? 0)
  return length < 0 ? undefined : new Uint8Array(padded.subarray(0, length))
}

const isMac = (key: Uint8Array, parts: readonly Uint8Array[], mac: Uint8Array): boolean => {
  const hmac = createHmac('sha256', key)
  for (const part of parts) hmac.update(part)
  return hmac.digest().equals(mac)
}

const openCbc = ({ key, macKey }: DirectionKeys, encryptsThenMacs: boolean): OpenRecord => {
  let count = 0
  return ({ header, body }) => {
    const sequence = sequenceOf(count++)
    if (encryptsThenMacs) {
      const [sealed, mac] = [body.subarray(0, -MAC), body.subarray(-MAC)]
      return isMac(macKey, [coveredOf(sequence, header, sealed.length), sealed], mac) ? decryptCbc(key, sealed) : undefined
    }
    const opened = decryptCbc(key, body)
    if (opened === undefined || opened.length < MAC) return undefined
    const [text, mac] = [opened.subarray(0, -MAC), opened.subarray(-MAC)]
    return isMac(macKey, [coveredOf(sequence, header, text.length), text], mac) ? text : undefined
  }
}

/** TLS 1.2: AES-GCM (RFC 5288), or AES-CBC with HMAC-SHA256 (RFC 5246 section 6.2.3.2). */
export const openTls12 = (suite: Suite, keys: DirectionKeys, encryptsThenMacs: boolean): OpenRecord =>
  suite.protection === 'cbc' ? openCbc(keys, encryptsThenMacs) : openGcm(suite, keys)
