import { ok, type Result } from '@voltway/units'
import type { Certificate } from '../certificates/certificate.ts'
import { readCertificate } from '../certificates/read-certificate.ts'
import { type ChainFailure, refuseChain } from './chain-failure.ts'
import { checkPath, type PathRules } from './check-path.ts'
import { findPaths, type Path } from './find-paths.ts'

export type RevocationStatus = 'good' | 'revoked' | 'unknown'

/** How it is learned whether certificates are revoked. */
export interface RevocationCheck {
  /** Asked for every certificate of a chain but the root. */
  readonly statusOf: (certificate: Certificate, issuer: Certificate) => RevocationStatus
  /** Whether a chain is believed when that cannot be learned: `refuse` for contracts, `accept` where a responder may be out of reach. */
  readonly whenUnknown: 'accept' | 'refuse'
}

export interface ChainRequest extends PathRules {
  /** DER. */
  readonly leaf: Uint8Array
  /** DER, in any order; what does not belong to the chain is passed over. */
  readonly intermediates: readonly Uint8Array[]
  /** What is trusted for this purpose, as DER or as it was read before: keep V2G, MO and OEM roots apart. */
  readonly roots: readonly (Uint8Array | Certificate)[]
  /** Not looked at when left out. */
  readonly revocation?: RevocationCheck
}

export interface VerifiedChain {
  readonly leaf: Certificate
  /** From the leaf to the root. */
  readonly path: readonly Certificate[]
  /** The common names of those of which it is not known whether they are revoked: all but the root when that was not looked at. */
  readonly revocationUnknown: readonly string[]
}

/** ISO 15118 has room for four; a few more do no harm. */
const MOST_INTERMEDIATES = 8

const checkRevocation = (path: Path, revocation: RevocationCheck | undefined): Result<readonly string[], ChainFailure> => {
  const unknown: string[] = []
  for (const [depth, certificate] of path.slice(0, -1).entries()) {
    const { commonName } = certificate.subject
    const status = revocation?.statusOf(certificate, path[depth + 1]!) ?? 'unknown'
    if (status === 'revoked') return refuseChain('revoked', 'its issuer has revoked it', { certificate: commonName, depth })
    if (status === 'unknown') unknown.push(commonName)
    if (status === 'unknown' && revocation?.whenUnknown === 'refuse')
      return refuseChain('revocation-unknown', 'it is not known whether it is revoked', { certificate: commonName, depth })
  }
  return ok(unknown)
}

const judge = (path: Path, request: ChainRequest): Result<VerifiedChain, ChainFailure> => {
  const checked = checkPath(path, request)
  if (!checked.ok) return checked
  const revocation = checkRevocation(path, request.revocation)
  return revocation.ok ? ok({ leaf: path[0]!, path, revocationUnknown: revocation.value }) : revocation
}

const readable = (certificates: readonly (Uint8Array | Certificate)[]): readonly Certificate[] =>
  certificates.flatMap((certificate) => {
    if (!(certificate instanceof Uint8Array)) return [certificate]
    const read = readCertificate(certificate)
    return read.ok ? [read.value] : []
  })

/**
 * Verifies a chain of ISO 15118: the leaf's way to a trusted root, every signature, validity, what the certificates allow, curves, names and
 * revocation. Nothing that a peer sends makes it throw. A certificate among the others that cannot be read is as good as absent.
 * @returns the way that was found, or the first thing that is wrong with the best one
 */
export const verifyChain = (request: ChainRequest): Result<VerifiedChain, ChainFailure> => {
  const read = readCertificate(request.leaf)
  if (!read.ok) return refuseChain('malformed', read.failure.message, { certificate: '', depth: 0 })
  const { value: leaf } = read
  const about = { certificate: leaf.subject.commonName, depth: 0 }
  if (request.intermediates.length > MOST_INTERMEDIATES)
    return refuseChain('too-many-certificates', `${request.intermediates.length} certificates beside the leaf`, about)
  const roots = readable(request.roots)
  // A root that was sent along is none of the authorities below it.
  const others = readable(request.intermediates).filter(({ x509 }) => !roots.some((root) => root.x509.raw.equals(x509.raw)))
  const { paths, failure } = findPaths(leaf, others, roots)
  let first: Result<VerifiedChain, ChainFailure> | undefined
  for (const path of paths) {
    const judged = judge(path, request)
    if (judged.ok) return judged
    first ??= judged
  }
  return first ?? { ok: false, failure: failure ?? refuseChain('unknown-root', 'no way leads to a trusted root', about).failure }
}
