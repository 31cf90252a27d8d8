import { type Certificate, type CertificateHashData, dersOfPem, type RevocationStatus, type VerifiedChain, verifyChain } from '@voltway/pki'
import { listTrustAnchors } from '@voltway/store'
import { fail, ok } from '@voltway/units'
import { type ContractChecks, statusOf } from './certificate-status.ts'
import { checkHashes } from './check-hashes.ts'
import { type ContractVerdict, statusOfChain } from './contract-verdict.ts'
import { rememberChain } from './remember-chain.ts'

export interface PresentedContract {
  /** As the station names it. */
  readonly emaid: string
  /** The leaf first, then its authorities. Absent where the station checked the chain itself and sends only hashes. */
  readonly pem: string | undefined
  /** Of the certificates of its chain. */
  readonly hashes: readonly CertificateHashData[]
}

const refuse = (status: ContractVerdict['status'], reason: string) => fail<ContractVerdict>({ status, reason })

/** What is known of each certificate of a chain but its root, all asked at once. */
const askAll = async ({ path }: VerifiedChain, checks: ContractChecks): Promise<ReadonlyMap<string, RevocationStatus>> => {
  const certificates = path.slice(0, -1)
  const statuses = await Promise.all(certificates.map((one, depth) => statusOf(one, path[depth + 1]!, checks)))
  return new Map(certificates.map(({ der }, depth) => [der.toHex(), statuses[depth]!]))
}

const chainOf = async ({ emaid, pem }: { readonly emaid: string; readonly pem: string }, checks: ContractChecks) => {
  const [leaf, ...intermediates] = dersOfPem(pem) ?? []
  if (!leaf) return refuse('NoCertificateAvailable', 'what the station sent holds no PEM certificate')
  const anchors = await checks.db.inTenant(checks.tenantId, (tx) => listTrustAnchors(tx, checks.tenantId, ['MO', 'V2G']))
  if (anchors.length === 0) return refuse('CertChainError', 'no root for contracts is trusted here')
  const roots = anchors.map(({ certificate }) => certificate)
  return ok({ leaf, intermediates, roots, purpose: 'contract', generation: 'any', now: checks.now, commonName: emaid } as const)
}

/**
 * Whether a contract certificate is good: its chain to a root that the tenant trusts, its dates, its name, and that nobody has revoked any
 * of it. A certificate that names a responder is believed only when that answers.
 */
export async function checkContract({ emaid, pem, hashes }: PresentedContract, checks: ContractChecks): Promise<ContractVerdict> {
  if (pem === undefined) return checkHashes({ emaid, hashes }, checks)
  const chain = await chainOf({ emaid, pem }, checks)
  if (!chain.ok) return chain.failure
  const believed = verifyChain(chain.value)
  const said = believed.ok ? await askAll(believed.value, checks) : new Map<string, RevocationStatus>()
  const statusKnown = ({ der }: Certificate) => said.get(der.toHex()) ?? 'unknown'
  const judged = believed.ok ? verifyChain({ ...chain.value, revocation: { statusOf: statusKnown, whenUnknown: 'refuse' } }) : believed
  if (judged.ok) {
    await rememberChain(emaid, judged.value.path.slice(0, -1), checks)
    return { status: 'Accepted', reason: 'chain' }
  }
  const { code, certificate, message } = judged.failure
  return { status: statusOfChain(code), reason: `${certificate}: ${message}` }
}
