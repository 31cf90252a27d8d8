import type { CertificateProfile } from '../certificates/extensions.ts'
import { type Issuing, issue } from './issue.ts'
import { leafBelow } from './issue-test-leaf.ts'
import { AUTHORITY_USAGE, BRANCHES, DEFAULT_NAMES, DEFAULT_OCSP_URL, ROOT_LIFETIME, ROOTS } from './profiles.ts'
import type { Branch, BranchName, Generation, Iso20TestPki, Issued, RootName, TestPki, TestPkiOptions } from './test-pki.ts'

const rootOf = (issuing: Issuing, name: RootName): Issued =>
  issue(issuing, {
    subject: { commonName: `${ROOTS[name]} Root CA`, domainComponent: ROOTS[name] },
    profile: { keyUsage: AUTHORITY_USAGE, authority: {} },
    lifetime: ROOT_LIFETIME,
  })

const branchOf = (issuing: Issuing, name: BranchName, roots: Readonly<Record<RootName, Issued>>): Branch => {
  const { root, domainComponent, lifetime, extraUsage } = BRANCHES[name]
  const { ocspUrl = DEFAULT_OCSP_URL } = issuing
  const authority = (level: 1 | 2, issuer: Issued): Issued => {
    const profile: CertificateProfile = {
      keyUsage: level === 2 ? [...extraUsage, ...AUTHORITY_USAGE] : AUTHORITY_USAGE,
      authority: { pathLength: 2 - level },
      ...(ocspUrl !== null && { ocspUrl }),
    }
    return issue(issuing, {
      subject: { commonName: `${name.toUpperCase()} Sub-CA ${level}`, domainComponent },
      profile,
      lifetime,
      issuer,
    })
  }
  const subCa1 = authority(1, roots[root])
  return { subCa1, subCa2: authority(2, subCa1) }
}

const hierarchy = (issuing: Issuing, generation: Generation): TestPki => {
  const roots = { v2g: rootOf(issuing, 'v2g'), mo: rootOf(issuing, 'mo'), oem: rootOf(issuing, 'oem') }
  const branch = (name: BranchName): Branch => branchOf(issuing, name, roots)
  const branches = { cpo: branch('cpo'), cps: branch('cps'), mo: branch('mo'), oem: branch('oem') }
  const { seccId = DEFAULT_NAMES.seccId, emaid = DEFAULT_NAMES.emaid, pcid = DEFAULT_NAMES.pcid } = issuing
  return {
    generation,
    curve: issuing.curve,
    roots,
    branches,
    secc: leafBelow(issuing, branches, { leaf: 'secc', commonName: seccId }),
    contract: leafBelow(issuing, branches, { leaf: 'contract', commonName: emaid }),
    oemProvisioning: leafBelow(issuing, branches, { leaf: 'oemProvisioning', commonName: pcid }),
    cps: leafBelow(issuing, branches, { leaf: 'cps', commonName: 'Certificate provisioning service' }),
  }
}

/**
 * Makes the whole hierarchy of ISO 15118-2 for tests and bench work: three roots (V2G, MO, OEM), two authorities below each branch, the
 * leaves of a station, a contract, a car and a provisioning service; P-256, SHA-256, at most 800 bytes a certificate.
 */
export const makeTestPki = (options: TestPkiOptions): TestPki => hierarchy({ ...options, curve: 'P-256' }, 'iso2')

/** The hierarchy of ISO 15118-20: on P-521 with SHA-512, or on Ed448; with the certificate that the car shows in TLS. */
export const makeIso20TestPki = (options: TestPkiOptions, curve: 'P-521' | 'Ed448' = 'P-521'): Iso20TestPki => {
  const issuing = { ...options, curve }
  const pki = hierarchy(issuing, 'iso20')
  const { evccId = DEFAULT_NAMES.evccId } = options
  return { ...pki, vehicle: leafBelow(issuing, pki.branches, { leaf: 'vehicle', commonName: evccId }) }
}
