/** How a message is signed. `ecdsa-sha256` goes with P-256, `ecdsa-sha512` with P-521. */
export type SignatureAlgorithm = 'ecdsa-sha256' | 'ecdsa-sha512' | 'ed448'

export type DigestAlgorithm = 'sha256' | 'sha512'

interface AlgorithmFacts {
  readonly uri: string
  /** Of the signed elements. */
  readonly digest: DigestAlgorithm
  /** Bytes of a signature: r and s as long as the field, or as EdDSA gives it. */
  readonly length: number
}

/** RFC 9231; the canonical EXI of a SignedInfo is what goes into them. */
export const SIGNATURE_ALGORITHMS: Readonly<Record<SignatureAlgorithm, AlgorithmFacts>> = {
  'ecdsa-sha256': { uri: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256', digest: 'sha256', length: 64 },
  'ecdsa-sha512': { uri: 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512', digest: 'sha512', length: 132 },
  ed448: { uri: 'http://www.w3.org/2021/04/xmldsig-more#eddsa-ed448', digest: 'sha512', length: 114 },
}

export const DIGEST_URIS: Readonly<Record<DigestAlgorithm, string>> = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
}

/** The only canonicalization, and the only transform, that ISO 15118 knows. */
export const CANONICAL_EXI = 'http://www.w3.org/TR/canonical-exi/'

const nameWhere = <Name extends string>(table: Readonly<Record<Name, unknown>>, holds: (name: Name) => boolean): Name | undefined =>
  (Object.keys(table) as Name[]).find(holds)

/** The algorithm of a DigestMethod; undefined when it is none of ISO 15118. */
export const digestAlgorithmOf = (uri: string): DigestAlgorithm | undefined => nameWhere(DIGEST_URIS, (name) => DIGEST_URIS[name] === uri)

/** The algorithm of a SignatureMethod; undefined when it is none of ISO 15118. */
export const signatureAlgorithmOf = (uri: string): SignatureAlgorithm | undefined =>
  nameWhere(SIGNATURE_ALGORITHMS, (name) => SIGNATURE_ALGORITHMS[name].uri === uri)
