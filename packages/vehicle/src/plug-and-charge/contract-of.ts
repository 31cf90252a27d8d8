import { type PrivateKey, readCertificate } from '@voltway/pki'
import type { Contract } from '../machine/index.ts'
import { signingKey } from './signing-key.ts'

/** A contract certificate with its key and what stands above it, as a car keeps it. */
export interface ContractCredential {
  /** DER, the leaf first, then the sub-CAs upwards, without the root. */
  readonly chain: readonly Uint8Array[]
  readonly privateKey: PrivateKey
}

/** A contract certificate with its key, as a car's machine asks for it; undefined where the certificate cannot be read. */
export const contractOf = ({ chain: [leaf, ...subCertificates], privateKey }: ContractCredential): Contract | undefined => {
  const read = leaf && readCertificate(leaf)
  if (leaf === undefined || !read?.ok) return undefined
  const emaid = read.value.subject.commonName.replaceAll('-', '')
  return { emaid, chain: { leaf, subCertificates }, sign: signingKey(privateKey) }
}
