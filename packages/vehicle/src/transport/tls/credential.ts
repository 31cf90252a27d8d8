import { type KeyObject, X509Certificate } from 'node:crypto'

/** A certificate with its key and what stands above it, as it is shown in TLS. */
export interface Credential {
  /** DER, the leaf first, then the sub-CAs upwards, without the root. */
  readonly chain: readonly Uint8Array[]
  readonly privateKey: KeyObject
}

/** Certificates as one PEM text. Throws where one is none. */
export const pemOf = (certificates: readonly Uint8Array[]): string =>
  certificates.map((der) => new X509Certificate(der).toString()).join('')

/** What node:tls takes. Throws where a certificate is none. */
export const tlsCredential = ({ chain, privateKey }: Credential) => ({
  cert: pemOf(chain),
  key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
})

/** TLS's number of the only signature that a leaf's key makes here; undefined for keys that ISO 15118 does not know. */
export const signatureSchemeOf = ({ chain }: Credential): number | undefined => {
  const [leaf] = chain
  if (leaf === undefined) return undefined
  const { publicKey } = new X509Certificate(leaf)
  if (publicKey.asymmetricKeyType === 'ed448') return 0x0808
  const curve = publicKey.asymmetricKeyDetails?.namedCurve
  return curve === 'secp521r1' ? 0x0603 : curve === 'prime256v1' ? 0x0403 : undefined
}
