import {
  type Certificate,
  dersOfPem,
  ocspRequestDataOf,
  type RevocationStatus,
  type VerifiedChain,
  verifyChain,
  verifyOcspResponse,
} from '@voltway/pki'
import { type Database, listTrustAnchors } from '@voltway/store'
import { type EpochMs, fail, ok, type TenantId } from '@voltway/units'
import { type ContractVerdict, statusOfChain } from './contract-verdict.ts'
import type { OcspClient } from './ocsp-client.ts'

export interface PresentedContract {
  /** As the station names it. */
  readonly emaid: string
  /** The leaf first, then its authorities. Absent where the station checked the chain itself and sends only hashes. */
  readonly pem: string | undefined
}

export interface ContractChecks {
  readonly db: Pick<Database, 'inTenant'>
  readonly ocsp: OcspClient
  readonly tenantId: TenantId
  readonly now: EpochMs
}

const refuse = (status: ContractVerdict['status'], reason: string) => fail<ContractVerdict>({ status, reason })

/** Without a responder in the certificate there is nobody to ask; with one that gives no good answer it is not known. */
const statusOf = async (certificate: Certificate, issuer: Certificate, { ocsp, now }: ContractChecks): Promise<RevocationStatus> => {
  const asked = ocspRequestDataOf(certificate, issuer)
  if (asked === undefined) return 'good'
  const response = await ocsp.ask(asked.responderURL, asked).catch(() => undefined)
  const said = response && verifyOcspResponse({ response, certificate, issuer, now })
  return said?.ok ? said.value.status : 'unknown'
}

/** What is known of each certificate of a chain but its root, all asked at once. */
const askAll = async ({ path }: VerifiedChain, checks: ContractChecks): Promise<ReadonlyMap<string, RevocationStatus>> => {
  const certificates = path.slice(0, -1)
  const statuses = await Promise.all(certificates.map((one, depth) => statusOf(one, path[depth + 1]!, checks)))
  return new Map(certificates.map(({ der }, depth) => [der.toHex(), statuses[depth]!]))
}

const chainOf = async ({ emaid, pem }: PresentedContract, checks: ContractChecks) => {
  if (pem === undefined) return refuse('NoCertificateAvailable', 'the station sent no certificate, and hashes alone prove nothing')
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
export async function checkContract(contract: PresentedContract, checks: ContractChecks): Promise<ContractVerdict> {
  const chain = await chainOf(contract, checks)
  if (!chain.ok) return chain.failure
  const believed = verifyChain(chain.value)
  const said = believed.ok ? await askAll(believed.value, checks) : new Map<string, RevocationStatus>()
  const statusKnown = ({ der }: Certificate) => said.get(der.toHex()) ?? 'unknown'
  const judged = believed.ok ? verifyChain({ ...chain.value, revocation: { statusOf: statusKnown, whenUnknown: 'refuse' } }) : believed
  if (judged.ok) return { status: 'Accepted', reason: 'chain' }
  const { code, certificate, message } = judged.failure
  return { status: statusOfChain(code), reason: `${certificate}: ${message}` }
}
