import type { Milliseconds } from '@voltway/units'
import type { KeyUsage } from '../certificates/extensions.ts'
import { type Issuing, issue } from './issue.ts'
import { DEFAULT_OCSP_URL, LEAVES } from './profiles.ts'
import type { BranchName, Issued, LeafName, TestPki, TestPkiOptions } from './test-pki.ts'

export interface TestLeaf {
  readonly leaf: LeafName
  /** An eMAID for a contract, a PCID for a provisioning certificate. */
  readonly commonName: string
  /** As usual for its kind when left out; negative for one that has expired. */
  readonly lifetime?: Milliseconds
}

/** An Edwards key cannot agree on keys or encipher them, so its certificate does not say so (RFC 9295), but where an alternate key does. */
const usageOn = (curve: Issuing['curve'], usages: readonly KeyUsage[], alternate: boolean): readonly KeyUsage[] =>
  curve === 'Ed448' ? usages.filter((usage) => usage !== 'keyEncipherment' && (usage !== 'keyAgreement' || alternate)) : usages

/** Issues a leaf below the authorities of a branch. */
export const leafBelow = (
  issuing: Issuing,
  branches: Readonly<Record<BranchName, { readonly subCa2: Issued }>>,
  wanted: TestLeaf,
): Issued => {
  const { branch, domainComponent, keyUsage, lifetime } = LEAVES[wanted.leaf]
  const { ocspUrl = DEFAULT_OCSP_URL } = issuing
  const alternate = wanted.leaf === 'oemProvisioning' && issuing.curve === 'Ed448'
  return issue(issuing, {
    subject: { commonName: wanted.commonName, domainComponent },
    profile: {
      keyUsage: usageOn(issuing.curve, keyUsage, alternate),
      ...(ocspUrl !== null && { ocspUrl }),
      ...(wanted.leaf === 'contract' && issuing.curve !== 'P-256' && { shortKeyId: true }),
    },
    lifetime: wanted.lifetime ?? lifetime,
    issuer: branches[branch].subCa2,
    alternate,
  })
}

/** One more leaf of a test PKI: the contract that a car is to install, a certificate that has expired. */
export const issueTestLeaf = (pki: TestPki, options: TestPkiOptions, wanted: TestLeaf): Issued =>
  leafBelow({ ...options, curve: pki.curve }, pki.branches, wanted)
