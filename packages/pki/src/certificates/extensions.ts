import type { KeyObject } from 'node:crypto'
import { AsnConvert, OctetString } from '@peculiar/asn1-schema'
import {
  AccessDescription,
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage as ExtendedKeyUsageSyntax,
  Extension,
  GeneralName,
  id_ad_ocsp,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  id_pe_authorityInfoAccess,
  KeyIdentifier,
  KeyUsage as KeyUsageBits,
  KeyUsageFlags,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'

/** RFC 5280, 4.2.1.3. */
export type KeyUsage = Exclude<keyof typeof KeyUsageFlags, 'encipherOnly' | 'decipherOnly'>

export const EXTENDED_KEY_USAGE = {
  serverAuth: '1.3.6.1.5.5.7.3.1',
  clientAuth: '1.3.6.1.5.5.7.3.2',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
} as const

/** id-pkix-ocsp-nocheck: the certificate of an OCSP responder is itself not asked about (RFC 6960, 4.2.2.2.1). */
export const OCSP_NO_CHECK = '1.3.6.1.5.5.7.48.1.5'

/**
 * subjectAltPublicKeyInfo (X.509 of 2019, 9.8.2): a second key. ISO 15118-20 calls its extension `subjectAltKey`; that it is this one is an assumption.
 */
export const ALTERNATE_KEY = '2.5.29.72'

/** What a certificate is allowed to do. */
export interface CertificateProfile {
  readonly keyUsage: readonly KeyUsage[]
  /** Present for an authority; `pathLength` is how many authorities may follow below it. */
  readonly authority?: { readonly pathLength?: number }
  /** Object identifiers. */
  readonly extendedKeyUsage?: readonly string[]
  /** Where a responder answers for this certificate. */
  readonly ocspUrl?: string
  readonly ocspNoCheck?: boolean
  /** The subject key identifier in its form of 8 bytes: contracts of ISO 15118-20. */
  readonly shortKeyId?: boolean
  /** A second key of the subject. */
  readonly alternateKey?: KeyObject
}

const extension = (extnID: string, critical: boolean, value: object): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) })

const bitsOf = (usages: readonly KeyUsage[]): number => usages.reduce((bits, usage) => bits | KeyUsageFlags[usage], 0)

const spkiDerOf = (key: KeyObject): ArrayBuffer => Uint8Array.from(key.export({ format: 'der', type: 'spki' })).buffer

const ocspAccess = (url: string): AuthorityInfoAccessSyntax =>
  new AuthorityInfoAccessSyntax([
    new AccessDescription({ accessMethod: id_ad_ocsp, accessLocation: new GeneralName({ uniformResourceIdentifier: url }) }),
  ])

const optionalExtensions = ({ extendedKeyUsage, ocspUrl, ocspNoCheck, alternateKey }: CertificateProfile): readonly Extension[] => [
  ...(extendedKeyUsage === undefined ? [] : [extension(id_ce_extKeyUsage, false, new ExtendedKeyUsageSyntax([...extendedKeyUsage]))]),
  ...(ocspUrl === undefined ? [] : [extension(id_pe_authorityInfoAccess, false, ocspAccess(ocspUrl))]),
  ...(ocspNoCheck ? [new Extension({ extnID: OCSP_NO_CHECK, extnValue: new OctetString(Uint8Array.of(5, 0).buffer) })] : []),
  ...(alternateKey === undefined ? [] : [new Extension({ extnID: ALTERNATE_KEY, extnValue: new OctetString(spkiDerOf(alternateKey)) })]),
]

/** The extensions of a certificate, basic constraints and key usage critical, key identifiers as in RFC 5280, 4.2.1.1 and 4.2.1.2. */
export const extensionsOf = (
  profile: CertificateProfile,
  keyIds: { readonly own: Uint8Array; readonly issuer: Uint8Array },
): readonly Extension[] => {
  const { pathLength } = profile.authority ?? {}
  const constraints = new BasicConstraints({
    cA: profile.authority !== undefined,
    ...(pathLength === undefined ? {} : { pathLenConstraint: pathLength }),
  })
  return [
    extension(id_ce_basicConstraints, true, constraints),
    extension(id_ce_keyUsage, true, new KeyUsageBits(bitsOf(profile.keyUsage))),
    extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyIds.own.slice().buffer)),
    extension(
      id_ce_authorityKeyIdentifier,
      false,
      new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyIds.issuer.slice().buffer) }),
    ),
    ...optionalExtensions(profile),
  ]
}
