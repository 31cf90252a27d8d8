import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { ok, type Result } from '@voltway/units'
import { makeKeyPair } from '../keys/make-key-pair.ts'
import type { RandomBytes } from '../keys/random-bytes.ts'
import { concatKdf, sharedSecret, sharedSecretOfPoint } from './agree.ts'
import { contractKeyOf, scalarOf } from './contract-scalar.ts'
import { type KeyTransportFailure, refuseKey } from './failure.ts'
import { pointOf } from './public-points.ts'

/** A contract key on its way to the car, in the fields of CertificateInstallationRes and CertificateUpdateRes. */
export interface WrappedKey {
  /** DHpublickey: 65 bytes, an uncompressed point. */
  readonly dhPublicKey: Uint8Array
  /** ContractSignatureEncryptedPrivateKey: 16 bytes of initialization vector, 32 of the encrypted number. */
  readonly encryptedPrivateKey: Uint8Array
}

const IV_LENGTH = 16
const FIELD_LENGTH = 48
const CIPHER = 'aes-128-cbc'

/**
 * Encrypts a contract's private key for a car, as ISO 15118-2 does: an ephemeral key on P-256, the shared secret through the concatenation key
 * derivation with SHA-256, AES-128-CBC without padding. Held against vectors of another stack.
 * @param recipient the public key of the OEM provisioning certificate (installation) or of the old contract (update)
 */
export const wrapContractKey = ({
  contractKey,
  recipient,
  random,
}: {
  readonly contractKey: KeyObject
  readonly recipient: KeyObject
  readonly random: RandomBytes
}): Result<WrappedKey, KeyTransportFailure> => {
  const scalar = scalarOf('P-256', contractKey)
  if (!scalar.ok) return scalar
  const ephemeral = makeKeyPair('P-256', random)
  const secret = sharedSecret('P-256', ephemeral.privateKey, recipient)
  if (!secret.ok) return secret
  const iv = random(IV_LENGTH)
  const cipher = createCipheriv(CIPHER, concatKdf('sha256', secret.value, 16), iv).setAutoPadding(false)
  const encryptedPrivateKey = new Uint8Array(Buffer.concat([iv, cipher.update(scalar.value), cipher.final()]))
  return ok({ dhPublicKey: pointOf('P-256', ephemeral.publicKey), encryptedPrivateKey })
}

/**
 * Decrypts a contract's private key in the car. The encryption has no check of its own, so that the key is held against the contract
 * certificate that came with it.
 * @param recipientKey the private key of the OEM provisioning certificate, or of the old contract
 */
export const unwrapContractKey = (
  { dhPublicKey, encryptedPrivateKey }: WrappedKey,
  { recipientKey, contractPublicKey }: { readonly recipientKey: KeyObject; readonly contractPublicKey: KeyObject },
): Result<KeyObject, KeyTransportFailure> => {
  if (encryptedPrivateKey.length !== FIELD_LENGTH) return refuseKey('length', `${encryptedPrivateKey.length} bytes, not ${FIELD_LENGTH}`)
  const secret = sharedSecretOfPoint('P-256', recipientKey, dhPublicKey)
  if (!secret.ok) return secret
  const key = concatKdf('sha256', secret.value, 16)
  const decipher = createDecipheriv(CIPHER, key, encryptedPrivateKey.subarray(0, IV_LENGTH)).setAutoPadding(false)
  const scalar = Buffer.concat([decipher.update(encryptedPrivateKey.subarray(IV_LENGTH)), decipher.final()])
  return contractKeyOf('P-256', scalar, contractPublicKey)
}
