import {
  type Certificate,
  type ChainFailure,
  type ChainRequest,
  type RevocationStatus,
  type VerifiedChain,
  verifyChain,
} from '@voltway/pki'
import type { Result } from '@voltway/units'
import { type ContractChecks, statusOf } from './certificate-status.ts'

/** Whom to ask about revocation. */
export type RevocationAsking = Pick<ContractChecks, 'ocsp' | 'now'>

/** What is known of each certificate of a chain but its root, all asked at once. */
const askAll = async ({ path }: VerifiedChain, checks: RevocationAsking): Promise<ReadonlyMap<string, RevocationStatus>> => {
  const certificates = path.slice(0, -1)
  const statuses = await Promise.all(certificates.map((one, depth) => statusOf(one, path[depth + 1]!, checks)))
  return new Map(certificates.map(({ der }, depth) => [der.toHex(), statuses[depth]!]))
}

/** Path, dates and names first; then nobody may have revoked any of it. A certificate that names a responder is believed only when that answers. */
export const judgeChain = async (
  request: Omit<ChainRequest, 'revocation' | 'now'>,
  checks: RevocationAsking,
): Promise<Result<VerifiedChain, ChainFailure>> => {
  const asked = { ...request, now: checks.now }
  const believed = verifyChain(asked)
  if (!believed.ok) return believed
  const said = await askAll(believed.value, checks)
  const statusKnown = ({ der }: Certificate) => said.get(der.toHex()) ?? 'unknown'
  return verifyChain({ ...asked, revocation: { statusOf: statusKnown, whenUnknown: 'refuse' } })
}
