import { createPublicKey, type KeyObject } from 'node:crypto'
import { AsnConvert } from '@peculiar/asn1-schema'
import {
  AuthorityInfoAccessSyntax,
  AuthorityKeyIdentifier,
  BasicConstraints,
  ExtendedKeyUsage as ExtendedKeyUsageSyntax,
  type Extension,
  id_ad_ocsp,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectKeyIdentifier,
  id_pe_authorityInfoAccess,
  KeyUsage as KeyUsageBits,
  KeyUsageFlags,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509'
import type { Certificate } from './certificate.ts'
import { ALTERNATE_KEY, type KeyUsage, OCSP_NO_CHECK } from './extensions.ts'

type FromExtensions = Pick<
  Certificate,
  'alternateKey' | 'authority' | 'keyUsage' | 'extendedKeyUsage' | 'ocspUrls' | 'keyId' | 'issuerKeyId' | 'ocspNoCheck' | 'unknownCritical'
>

const UNDERSTOOD: readonly string[] = [
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_extKeyUsage,
  id_ce_subjectKeyIdentifier,
  id_ce_authorityKeyIdentifier,
  id_pe_authorityInfoAccess,
  ALTERNATE_KEY,
]

const USAGES = Object.keys(KeyUsageFlags).filter((name): name is KeyUsage => /^[a-z]/i.test(name) && !name.endsWith('Only'))

const usagesOf = (bits: number): readonly KeyUsage[] => USAGES.filter((usage) => (bits & KeyUsageFlags[usage]) !== 0)

/** Undefined also where it is of a kind that is not known here: nothing but a contract key's way asks for it. */
const publicKeyIn = (extension: Extension | undefined): KeyObject | undefined => {
  if (extension === undefined) return undefined
  try {
    return createPublicKey({ key: Buffer.from(extension.extnValue.buffer), format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

/**
 * Reads what chains are judged by.
 * @throws when an extension is malformed or there twice
 */
export const readExtensions = (extensions: readonly Extension[]): FromExtensions => {
  const byOid = new Map(extensions.map((extension) => [extension.extnID, extension]))
  if (byOid.size !== extensions.length) throw new Error('an extension is there twice')
  const extensionOf = <Value>(oid: string, type: new () => Value): Value | undefined => {
    const extension = byOid.get(oid)
    return extension && AsnConvert.parse(extension.extnValue.buffer, type)
  }
  const constraints = extensionOf(id_ce_basicConstraints, BasicConstraints)
  const issuerKeyId = extensionOf(id_ce_authorityKeyIdentifier, AuthorityKeyIdentifier)?.keyIdentifier
  const keyId = extensionOf(id_ce_subjectKeyIdentifier, SubjectKeyIdentifier)
  const usage = extensionOf(id_ce_keyUsage, KeyUsageBits)
  const extendedKeyUsage = extensionOf(id_ce_extKeyUsage, ExtendedKeyUsageSyntax)
  const access = extensionOf(id_pe_authorityInfoAccess, AuthorityInfoAccessSyntax) ?? []
  return {
    alternateKey: publicKeyIn(byOid.get(ALTERNATE_KEY)),
    authority: constraints?.cA === true ? { pathLength: constraints.pathLenConstraint } : undefined,
    keyUsage: usage && usagesOf(usage.toNumber()),
    extendedKeyUsage: extendedKeyUsage && [...extendedKeyUsage],
    ocspUrls: [...access].flatMap(({ accessMethod, accessLocation }) =>
      accessMethod === id_ad_ocsp && accessLocation.uniformResourceIdentifier !== undefined
        ? [accessLocation.uniformResourceIdentifier]
        : [],
    ),
    keyId: keyId && new Uint8Array(keyId.buffer),
    issuerKeyId: issuerKeyId && new Uint8Array(issuerKeyId.buffer),
    ocspNoCheck: byOid.has(OCSP_NO_CHECK),
    unknownCritical: [...extensions].filter(({ critical, extnID }) => critical && !UNDERSTOOD.includes(extnID)).map(({ extnID }) => extnID),
  }
}
