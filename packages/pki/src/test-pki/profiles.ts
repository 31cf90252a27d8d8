import { DAY, type Milliseconds } from '@voltway/units'
import type { KeyUsage } from '../certificates/extensions.ts'
import type { BranchName, LeafName, RootName } from './test-pki.ts'

const YEAR = (365 * DAY) as Milliseconds

interface LeafProfile {
  readonly branch: BranchName
  readonly domainComponent: string
  readonly keyUsage: readonly KeyUsage[]
  readonly lifetime: Milliseconds
}

interface BranchProfile {
  readonly root: RootName
  readonly domainComponent: string
  readonly lifetime: Milliseconds
  /** Of the lower authority, beside those of every authority. */
  readonly extraUsage: readonly KeyUsage[]
}

export const ROOT_LIFETIME = (40 * YEAR) as Milliseconds
export const AUTHORITY_USAGE: readonly KeyUsage[] = ['keyCertSign', 'cRLSign']

export const ROOTS: Readonly<Record<RootName, string>> = { v2g: 'V2G', mo: 'MO', oem: 'OEM' }

/** A mobility operator's lower authority also signs sales tariffs. A car outlives most authorities, so those of its maker live long. */
export const BRANCHES: Readonly<Record<BranchName, BranchProfile>> = {
  cpo: { root: 'v2g', domainComponent: 'V2G', lifetime: (4 * YEAR) as Milliseconds, extraUsage: [] },
  cps: { root: 'v2g', domainComponent: 'CPS', lifetime: (4 * YEAR) as Milliseconds, extraUsage: [] },
  mo: { root: 'mo', domainComponent: 'MO', lifetime: (4 * YEAR) as Milliseconds, extraUsage: ['digitalSignature', 'nonRepudiation'] },
  oem: { root: 'oem', domainComponent: 'OEM', lifetime: ROOT_LIFETIME, extraUsage: [] },
}

/** ISO 15118-2 gives a station's certificate two to three months. Key agreement: a contract key is sent to a key that is certified for it. */
export const LEAVES: Readonly<Record<LeafName, LeafProfile>> = {
  secc: { branch: 'cpo', domainComponent: 'CPO', keyUsage: ['digitalSignature', 'keyAgreement'], lifetime: (60 * DAY) as Milliseconds },
  contract: {
    branch: 'mo',
    domainComponent: 'MO',
    keyUsage: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'keyAgreement'],
    lifetime: (2 * YEAR) as Milliseconds,
  },
  oemProvisioning: {
    branch: 'oem',
    domainComponent: 'OEM',
    keyUsage: ['digitalSignature', 'keyAgreement'],
    lifetime: (30 * YEAR) as Milliseconds,
  },
  cps: { branch: 'cps', domainComponent: 'CPS', keyUsage: ['digitalSignature'], lifetime: YEAR },
  vehicle: { branch: 'oem', domainComponent: 'OEM', keyUsage: ['digitalSignature'], lifetime: (30 * YEAR) as Milliseconds },
}

export const DEFAULT_NAMES = {
  seccId: 'DEVTWS00000001',
  emaid: 'DEVTWC12345678',
  pcid: 'VTWPC0000000000001',
  evccId: 'VTWEVCC000000001',
  organization: 'Voltway Test',
  country: 'DE',
} as const
