import { createHash, type KeyObject } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import { Certificate as AsnCertificate, Extensions, SubjectPublicKeyInfo, TBSCertificate, Validity, Version } from '@peculiar/asn1-x509'
import type { EpochMs } from '@voltway/units'
import type { RandomBytes } from '../keys/random-bytes.ts'
import { type CertificateProfile, extensionsOf } from './extensions.ts'
import { asnNameOf, type SubjectName } from './name.ts'
import { algorithmIdentifier, signatureAlgorithmOf, signDer } from './signature-algorithm.ts'

/** Who signs a certificate. */
export interface Signer {
  readonly subject: SubjectName
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
}

export interface CertificateOrder {
  readonly subject: SubjectName
  readonly publicKey: KeyObject
  readonly profile: CertificateProfile
  readonly notBefore: EpochMs
  readonly notAfter: EpochMs
  /** The subject itself for a root. */
  readonly signer: Signer
  /** For the serial number. */
  readonly random: RandomBytes
}

const spkiOf = (key: KeyObject): SubjectPublicKeyInfo => AsnConvert.parse(key.export({ format: 'der', type: 'spki' }), SubjectPublicKeyInfo)

/** The bits of a public key, as they stand in its certificate. */
export const keyBitsOf = (key: KeyObject): Uint8Array => new Uint8Array(spkiOf(key).subjectPublicKey)

/** The SHA-1 of the public key's bits: what names a key inside certificates (RFC 5280, 4.2.1.2 (1)). */
export const keyIdOf = (key: KeyObject): Uint8Array => new Uint8Array(createHash('sha1').update(keyBitsOf(key)).digest())

/** Its last 60 bits with 0100 in front: the form of 8 bytes (RFC 5280, 4.2.1.2 (2)). */
export const shortKeyIdOf = (key: KeyObject): Uint8Array => {
  const [first = 0, ...rest] = keyIdOf(key).subarray(-8)
  return Uint8Array.of(0x40 | (first & 0x0f), ...rest)
}

/** 16 bytes, positive and never with a leading zero byte, so that every certificate is equally long. RFC 5280, 4.1.2.2. */
const serialNumberOf = (random: RandomBytes): ArrayBuffer => {
  const bytes = Uint8Array.from(random(16))
  bytes[0] = (bytes[0]! & 0x3f) | 0x40
  return bytes.buffer
}

/**
 * Issues an X.509 v3 certificate (RFC 5280), signed with the algorithm of the signer's curve.
 * @returns its DER
 * @throws when the signer's key is of no curve that ISO 15118 signs with
 */
export const issueCertificate = (order: CertificateOrder): Uint8Array => {
  const { subject, publicKey, profile, notBefore, notAfter, signer, random } = order
  const signature = algorithmIdentifier(signatureAlgorithmOf(signer.privateKey).oid)
  const keyIds = { own: profile.shortKeyId ? shortKeyIdOf(publicKey) : keyIdOf(publicKey), issuer: keyIdOf(signer.publicKey) }
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: serialNumberOf(random),
    signature,
    issuer: asnNameOf(signer.subject),
    validity: new Validity({ notBefore: new Date(notBefore), notAfter: new Date(notAfter) }),
    subject: asnNameOf(subject),
    subjectPublicKeyInfo: spkiOf(publicKey),
    extensions: new Extensions([...extensionsOf(profile, keyIds)]),
  })
  const tbs = new Uint8Array(AsnConvert.serialize(tbsCertificate))
  const signatureValue = signDer(tbs, signer.privateKey).slice().buffer
  return new Uint8Array(AsnConvert.serialize(new AsnCertificate({ tbsCertificate, signatureAlgorithm: signature, signatureValue })))
}
