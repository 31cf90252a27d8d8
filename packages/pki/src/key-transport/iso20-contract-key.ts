import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto'
import { ok, type Result } from '@voltway/units'
import type { Certificate } from '../certificates/certificate.ts'
import { shortKeyIdOf } from '../certificates/issue-certificate.ts'
import { curveOf } from '../keys/curve.ts'
import type { PrivateKey } from '../keys/ed448-scalar.ts'
import { makeKeyPair } from '../keys/make-key-pair.ts'
import type { RandomBytes } from '../keys/random-bytes.ts'
import { concatKdf, sharedSecret, sharedSecretOfPoint } from './agree.ts'
import { contractKeyOf, ed448ContractKeyOf, scalarOf } from './contract-scalar.ts'
import { type KeyTransportFailure, refuseKey } from './failure.ts'
import { pointOf } from './public-points.ts'

/** As the ECDHCurve element names them. */
export type EcdhCurve = 'SECP521' | 'X448'

/** A contract key on its way to the car, in the fields of SignedInstallationData. */
export interface SealedKey {
  readonly ecdhCurve: EcdhCurve
  /** DHPublicKey: 133 bytes, or 57 for X448. */
  readonly dhPublicKey: Uint8Array
  /** SECP521_EncryptedPrivateKey (94 bytes) or X448_EncryptedPrivateKey (84): initialization vector, encrypted number, tag. */
  readonly encryptedPrivateKey: Uint8Array
}

const IV_LENGTH = 12
const TAG_LENGTH = 16
const CIPHER = 'aes-256-gcm'
const KEY_LENGTHS: Readonly<Record<EcdhCurve, number>> = { SECP521: 66, X448: 56 }
const CURVES = { SECP521: 'P-521', X448: 'X448' } as const
/** What signs with a key that comes over each. */
const CONTRACT_CURVES = { SECP521: 'P-521', X448: 'Ed448' } as const

/**
 * The data that an encrypted key is bound to: the PCID without separators, and the contract's subject key identifier in hexadecimal capitals.
 * V2G20-2492 counts 18 and 16 characters, so that the identifier has 8 bytes; another one goes in as long as it is.
 */
export const contractKeyBinding = (pcid: string, contract: Pick<Certificate, 'keyId' | 'publicKey'>): Uint8Array => {
  const keyId = contract.keyId ?? shortKeyIdOf(contract.publicKey)
  return new TextEncoder().encode(pcid.replaceAll(/[^A-Za-z0-9]/g, '').toUpperCase() + keyId.toHex().toUpperCase())
}

/**
 * Encrypts the bytes of a contract's private key for a car, as ISO 15118-20 does for cars without TPM: an ephemeral key on P-521 or X448, a session key
 * by the concatenation derivation with SHA-512 (V2G20-2535), AES-256-GCM. TPM is left out. Record 20 has a table of what confirms each part.
 * @param recipient a public key on the curve
 */
export const sealKeyBytes = ({
  ecdhCurve,
  bytes,
  recipient,
  binding,
  random,
}: {
  readonly ecdhCurve: EcdhCurve
  /** Big endian, 66 bytes or 56. */
  readonly bytes: Uint8Array
  readonly recipient: KeyObject
  readonly binding: Uint8Array
  readonly random: RandomBytes
}): Result<SealedKey, KeyTransportFailure> => {
  if (bytes.length !== KEY_LENGTHS[ecdhCurve]) return refuseKey('length', `${bytes.length} bytes of key, not ${KEY_LENGTHS[ecdhCurve]}`)
  const curve = CURVES[ecdhCurve]
  const ephemeral = makeKeyPair(curve, random)
  const secret = sharedSecret(curve, ephemeral.privateKey, recipient)
  if (!secret.ok) return secret
  const iv = random(IV_LENGTH)
  const cipher = createCipheriv(CIPHER, concatKdf('sha512', secret.value, 32), iv, { authTagLength: TAG_LENGTH }).setAAD(binding)
  const encryptedPrivateKey = new Uint8Array(Buffer.concat([iv, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]))
  return ok({ ecdhCurve, dhPublicKey: pointOf(curve, ephemeral.publicKey), encryptedPrivateKey })
}

/** Decrypts what `sealKeyBytes` encrypts. */
export const openKeyBytes = (
  { ecdhCurve, dhPublicKey, encryptedPrivateKey }: SealedKey,
  { recipientKey, binding }: { readonly recipientKey: KeyObject; readonly binding: Uint8Array },
): Result<Uint8Array, KeyTransportFailure> => {
  const length = IV_LENGTH + KEY_LENGTHS[ecdhCurve] + TAG_LENGTH
  if (encryptedPrivateKey.length !== length) return refuseKey('length', `${encryptedPrivateKey.length} bytes, not ${length}`)
  const secret = sharedSecretOfPoint(CURVES[ecdhCurve], recipientKey, dhPublicKey)
  if (!secret.ok) return secret
  const iv = encryptedPrivateKey.subarray(0, IV_LENGTH)
  const decipher = createDecipheriv(CIPHER, concatKdf('sha512', secret.value, 32), iv, { authTagLength: TAG_LENGTH }).setAAD(binding)
  decipher.setAuthTag(encryptedPrivateKey.subarray(-TAG_LENGTH))
  try {
    return ok(new Uint8Array(Buffer.concat([decipher.update(encryptedPrivateKey.subarray(IV_LENGTH, -TAG_LENGTH)), decipher.final()])))
  } catch {
    return refuseKey('authentication', 'it was changed, or encrypted for another key or contract')
  }
}

/** Encrypts a contract's private key for a car: one on P-521 over P-521, the scalar of one on Ed448 over X448 (V2G20-2487, 2488, 2493). */
export const sealContractKey = ({
  contractKey,
  ...order
}: {
  readonly contractKey: KeyObject
  /** `recipientKeyOf` the car's provisioning certificate. */
  readonly recipient: KeyObject
  readonly binding: Uint8Array
  readonly random: RandomBytes
}): Result<SealedKey, KeyTransportFailure> => {
  const ecdhCurve = curveOf(contractKey) === 'Ed448' ? 'X448' : 'SECP521'
  const scalar = scalarOf(CONTRACT_CURVES[ecdhCurve], contractKey)
  return scalar.ok ? sealKeyBytes({ ecdhCurve, bytes: scalar.value, ...order }) : scalar
}

/**
 * Decrypts a contract's private key in the car, and holds it against the contract certificate.
 * @param recipientKey the private key of the provisioning certificate, for X448 that of its alternate key
 */
export const openContractKey = (
  sealed: SealedKey,
  opening: { readonly recipientKey: KeyObject; readonly binding: Uint8Array; readonly contractPublicKey: KeyObject },
): Result<PrivateKey, KeyTransportFailure> => {
  const bytes = openKeyBytes(sealed, opening)
  if (!bytes.ok) return bytes
  return sealed.ecdhCurve === 'X448'
    ? ed448ContractKeyOf(bytes.value, opening.contractPublicKey)
    : contractKeyOf('P-521', bytes.value, opening.contractPublicKey)
}
