import type { Certificate } from '../certificates/certificate.ts'
import { EXTENDED_KEY_USAGE, type KeyUsage } from '../certificates/extensions.ts'
import type { Curve } from '../keys/curve.ts'

/** What a leaf is shown for. */
export type ChainPurpose = 'secc' | 'contract' | 'oem-provisioning' | 'cps' | 'vehicle'

/** The rules of ISO 15118-2, those of -20, or either's: stacks in the field show certificates of -2 in -20 sessions. */
export type ChainGeneration = 'iso2' | 'iso20' | 'any'

interface PurposeRules {
  readonly keyUsage: KeyUsage
  /** Asked for where the certificate limits itself to some. */
  readonly extendedKeyUsage?: string
  /** The branch that the domain component has to name. */
  readonly domainComponent?: string
  /** Whether it must be there: station and provisioning service share a root, and one may not pass for the other. */
  readonly branchIsNamed: boolean
}

export const PURPOSES: Readonly<Record<ChainPurpose, PurposeRules>> = {
  secc: {
    keyUsage: 'digitalSignature',
    extendedKeyUsage: EXTENDED_KEY_USAGE.serverAuth,
    domainComponent: 'CPO',
    branchIsNamed: true,
  },
  contract: { keyUsage: 'digitalSignature', domainComponent: 'MO', branchIsNamed: false },
  'oem-provisioning': { keyUsage: 'digitalSignature', domainComponent: 'OEM', branchIsNamed: false },
  cps: { keyUsage: 'digitalSignature', domainComponent: 'CPS', branchIsNamed: true },
  vehicle: { keyUsage: 'digitalSignature', extendedKeyUsage: EXTENDED_KEY_USAGE.clientAuth, branchIsNamed: false },
}

const ECDSA_SHA256 = '1.2.840.10045.4.3.2'
const ECDSA_SHA512 = '1.2.840.10045.4.3.4'
const ED448 = '1.3.101.113'

/** Keys and the algorithms that go with them. */
const ISO2 = { 'P-256': ECDSA_SHA256 } as const
const ISO20 = { 'P-521': ECDSA_SHA512, Ed448: ED448 } as const

export const GENERATIONS: Readonly<Record<ChainGeneration, Readonly<Partial<Record<Curve, string>>>>> = {
  iso2: ISO2,
  iso20: ISO20,
  any: { ...ISO2, ...ISO20 },
}

/** The branch that a leaf says it is of, where that is another one than its purpose asks for; undefined when it is right. */
export const wrongBranch = ({ subject }: Certificate, purpose: ChainPurpose): string | undefined => {
  const { domainComponent: wanted, branchIsNamed } = PURPOSES[purpose]
  const { domainComponent: named } = subject
  if (named === undefined) return branchIsNamed ? 'none' : undefined
  return wanted === undefined || named.toUpperCase() === wanted ? undefined : named
}
