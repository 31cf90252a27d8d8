import { readCertificate } from '@voltway/pki'
import type { Contract } from '../machine/index.ts'
import type { Credential } from '../transport/tls/credential.ts'
import { signingKey } from './signing-key.ts'

/** A contract certificate with its key, as a car's machine asks for it; undefined where the certificate cannot be read. */
export const contractOf = ({ chain: [leaf, ...subCertificates], privateKey }: Credential): Contract | undefined => {
  const read = leaf && readCertificate(leaf)
  if (leaf === undefined || !read?.ok) return undefined
  const emaid = read.value.subject.commonName.replaceAll('-', '')
  return { emaid, chain: { leaf, subCertificates }, sign: signingKey(privateKey) }
}
