import type { Certificate } from '../certificates/certificate.ts'
import { type ChainFailure, refuseChain } from './chain-failure.ts'

/** From the leaf to a trusted root. */
export type Path = readonly Certificate[]

/** One authority more than ISO 15118 has, so that a chain too long is told from one that leads nowhere. */
const LONGEST_SEARCH = 5
const MOST_PATHS = 16

interface Search {
  readonly intermediates: readonly Certificate[]
  readonly roots: readonly Certificate[]
  readonly found: Path[]
  /** What is said when nothing is found: the way that came furthest. */
  best: ChainFailure | undefined
  readonly signatures: Map<Certificate, Map<Certificate, boolean>>
}

const same = (left: Uint8Array, right: Uint8Array): boolean => Buffer.compare(left, right) === 0

/** Whether the names, and the key identifiers where both have them, say that one issued the other. */
export const namesIssuer = (certificate: Certificate, issuer: Certificate): boolean => {
  if (!same(certificate.issuerDer, issuer.subjectDer)) return false
  const [wanted, own] = [certificate.issuerKeyId, issuer.keyId]
  return wanted === undefined || own === undefined || same(wanted, own)
}

const verifies = (certificate: Certificate, issuer: Certificate): boolean => {
  try {
    return certificate.x509.verify(issuer.publicKey)
  } catch {
    return false
  }
}

/** Each pair is checked once, however many ways lead over it. */
const signedBy = (search: Search, certificate: Certificate, issuer: Certificate): boolean => {
  const known = search.signatures.get(certificate) ?? new Map<Certificate, boolean>()
  search.signatures.set(certificate, known)
  const answer = known.get(issuer) ?? verifies(certificate, issuer)
  known.set(issuer, answer)
  return answer
}

const deadEnd = (search: Search, path: Path, named: readonly Certificate[]) => {
  const last = path.at(-1)!
  const about = { certificate: last.subject.commonName, depth: path.length - 1 }
  const { failure } =
    named.length > 0
      ? refuseChain('broken-signature', 'it was not signed with the key of the certificate that it names as its issuer', about)
      : refuseChain('unknown-root', 'no certificate of its issuer is known', about)
  if (search.best === undefined || failure.depth > search.best.depth) search.best = failure
}

const extend = (search: Search, path: Path): void => {
  if (search.found.length >= MOST_PATHS) return
  const last = path.at(-1)!
  const roots = search.roots.filter((root) => namesIssuer(last, root))
  const above = search.intermediates.filter((one) => !path.includes(one) && namesIssuer(last, one))
  const signers = (candidates: readonly Certificate[]) => candidates.filter((issuer) => signedBy(search, last, issuer))
  const [trusted, others] = [signers(roots), signers(above)]
  if (trusted.length + others.length === 0) deadEnd(search, path, [...roots, ...above])
  for (const root of trusted) search.found.push([...path, root])
  if (path.length < LONGEST_SEARCH) for (const issuer of others) extend(search, [...path, issuer])
}

/**
 * All ways from a leaf to trusted roots, whatever the order of what was sent. A way is one of names and signatures only; what the certificates allow
 * is for `checkPath` to say.
 * @returns the ways, or why there is none
 */
export const findPaths = (
  leaf: Certificate,
  intermediates: readonly Certificate[],
  roots: readonly Certificate[],
): { readonly paths: readonly Path[]; readonly failure: ChainFailure | undefined } => {
  const search: Search = { intermediates, roots, found: [], best: undefined, signatures: new Map() }
  extend(search, [leaf])
  return { paths: search.found, failure: search.best }
}
