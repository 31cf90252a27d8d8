import { type CertificateHashData, dersOfPem } from '@voltway/pki'
import { listTrustAnchors } from '@voltway/store'
import { fail, ok } from '@voltway/units'
import type { ContractChecks } from './certificate-status.ts'
import { checkHashes } from './check-hashes.ts'
import { type ContractVerdict, statusOfChain } from './contract-verdict.ts'
import { judgeChain } from './judge-chain.ts'
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

const chainOf = async ({ emaid, pem }: { readonly emaid: string; readonly pem: string }, checks: ContractChecks) => {
  const [leaf, ...intermediates] = dersOfPem(pem) ?? []
  if (!leaf) return refuse('NoCertificateAvailable', 'what the station sent holds no PEM certificate')
  const anchors = await checks.db.inTenant(checks.tenantId, (tx) => listTrustAnchors(tx, checks.tenantId, ['MO', 'V2G']))
  if (anchors.length === 0) return refuse('CertChainError', 'no root for contracts is trusted here')
  const roots = anchors.map(({ certificate }) => certificate)
  return ok({ leaf, intermediates, roots, purpose: 'contract', generation: 'any', commonName: emaid } as const)
}

/**
 * Whether a contract certificate is good: its chain to a root that the tenant trusts, its dates, its name, and that nobody has revoked any
 * of it. A certificate that names a responder is believed only when that answers.
 */
export async function checkContract({ emaid, pem, hashes }: PresentedContract, checks: ContractChecks): Promise<ContractVerdict> {
  if (pem === undefined) return checkHashes({ emaid, hashes }, checks)
  const chain = await chainOf({ emaid, pem }, checks)
  if (!chain.ok) return chain.failure
  const judged = await judgeChain(chain.value, checks)
  if (judged.ok) {
    await rememberChain(emaid, judged.value.path.slice(0, -1), checks)
    return { status: 'Accepted', reason: 'chain' }
  }
  const { code, certificate, message } = judged.failure
  return { status: statusOfChain(code), reason: `${certificate}: ${message}` }
}
