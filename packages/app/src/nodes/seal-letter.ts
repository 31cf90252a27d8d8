import { createCipheriv, createDecipheriv } from 'node:crypto'
import type { RandomBytes } from '@voltway/units'

const CIPHER = 'aes-256-gcm'
const [NONCE, TAG] = [12, 16]

export interface Sealing {
  readonly seal: (text: string) => string
  /** @throws Error when it was not sealed under this key */
  readonly open: (sealed: string) => string
}

/**
 * Letters between nodes lie in a table for a moment: what a card's number is must not be readable there, and who can only write rows
 * must not command stations. AES-256-GCM, base64url of nonce, tag and text.
 */
export const sealing = (key: Uint8Array, random: RandomBytes): Sealing => ({
  seal: (text) => {
    const nonce = random(NONCE)
    const cipher = createCipheriv(CIPHER, key, nonce)
    const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url')
  },
  open: (sealed) => {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE), { authTagLength: TAG })
    decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG))
    return decipher.update(bytes.subarray(NONCE + TAG), undefined, 'utf8') + decipher.final('utf8')
  },
})
