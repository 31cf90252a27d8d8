import { type PrivateKey, signingWith } from '@voltway/pki'
import { signParts } from '@voltway/wire/iso15118/signature'
import type { SigningKey } from '../machine/crypto.ts'

/**
 * A car's private key as its machine asks for it.
 * @throws when the key is of no curve that ISO 15118 signs with
 */
export const signingKey = (privateKey: PrivateKey): SigningKey => {
  const signing = signingWith(privateKey)
  return (parts) => {
    const signature = signParts(parts, signing)
    return signature.ok ? signature.value : undefined
  }
}
