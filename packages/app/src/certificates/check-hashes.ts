import { type Certificate, type CertificateHashData, hashDataOf, readCertificate, sameHashData } from '@voltway/pki'
import { type KnownContract, knownContract, listTrustAnchors } from '@voltway/store'
import { canonicalEmaid, hashIdToken } from '../identity/hash-id-token.ts'
import { type ContractChecks, statusOf } from './certificate-status.ts'
import type { ContractVerdict } from './contract-verdict.ts'

/** What names a certificate, and says where to ask about it. */
type Named = Pick<Certificate, 'serialNumber' | 'ocspUrls'>

const verdict = (status: ContractVerdict['status'], reason: string): ContractVerdict => ({ status, reason })
const isCurrent = ({ notBefore, notAfter }: Certificate, now: number) => notBefore <= now && now < notAfter

/** The trusted root that signed the highest authority of a chain; undefined where that is no longer, or not yet, trusted. */
const rootOf = (highest: Certificate, roots: readonly Certificate[]): Certificate | undefined =>
  roots.find((root) => Buffer.from(root.subjectDer).equals(highest.issuerDer) && highest.x509.verify(root.publicKey))

/** The certificates that are known of a contract, each with its issuer: the leaf first. */
const chainOf = (leaf: Named, above: readonly Certificate[], root: Certificate) =>
  [leaf, ...above].map((certificate, depth) => ({ certificate, issuer: above[depth] ?? root }))

const judge = async (
  { serialNumber, notAfter, ocspUrl, authorities }: KnownContract,
  hashes: readonly CertificateHashData[],
  { checks, roots }: { readonly checks: ContractChecks; readonly roots: readonly Certificate[] },
): Promise<ContractVerdict> => {
  const read = authorities.map(readCertificate)
  const above = read.flatMap((one) => (one.ok ? [one.value] : []))
  const highest = above.at(-1)
  const root = highest && rootOf(highest, roots)
  if (!root || above.length < read.length) return verdict('CertChainError', 'the root of the known certificate is not trusted')
  const chain = chainOf({ serialNumber, ocspUrls: ocspUrl === null ? [] : [ocspUrl] }, above, root)
  const names = (hash: CertificateHashData) =>
    chain.map(({ certificate, issuer }) => sameHashData(hashDataOf(certificate, issuer, hash.hashAlgorithm), hash))
  const named = hashes.map(names)
  if (!named.some(([isLeaf]) => isLeaf)) return verdict('NoCertificateAvailable', 'the hashes name another certificate than the known one')
  if (!named.every((matches) => matches.includes(true))) return verdict('CertChainError', 'a hash names no certificate of the known chain')
  if (notAfter <= checks.now) return verdict('CertificateExpired', 'the known certificate has expired')
  if (![...above, root].every((one) => isCurrent(one, checks.now)))
    return verdict('CertificateExpired', 'an authority above it has expired')
  const statuses = await Promise.all(chain.map(({ certificate, issuer }) => statusOf(certificate, issuer, checks)))
  if (statuses.includes('revoked')) return verdict('CertificateRevoked', 'a certificate of the known chain is revoked')
  return statuses.includes('unknown')
    ? verdict('CertChainError', 'nobody says that the known chain is not revoked')
    : verdict('Accepted', 'hashes of a known chain')
}

/**
 * Whether a contract is good of which a station sends only hashes (OCPP 2.0.1, C07): they prove nothing by themselves, but may name a
 * certificate that was found good here before. It is held against today's roots, dates and revocations.
 */
export const checkHashes = async (
  { emaid, hashes }: { readonly emaid: string; readonly hashes: readonly CertificateHashData[] },
  checks: ContractChecks,
): Promise<ContractVerdict> => {
  const { db, tenantId, hmacKey } = checks
  const [known, anchors] = await db.inTenant(tenantId, async (tx) => [
    await knownContract(tx, tenantId, hashIdToken(canonicalEmaid(emaid), hmacKey)),
    await listTrustAnchors(tx, tenantId, ['MO', 'V2G']),
  ])
  if (!known) return verdict('NoCertificateAvailable', 'the station sent hashes of a certificate that was never seen here')
  const roots = anchors.map(({ certificate }) => readCertificate(certificate)).flatMap((one) => (one.ok ? [one.value] : []))
  return judge(known, hashes, { checks, roots })
}
