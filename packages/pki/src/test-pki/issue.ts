import { epochMs, HOUR, type Milliseconds } from '@voltway/units'
import type { CertificateProfile } from '../certificates/extensions.ts'
import { issueCertificate } from '../certificates/issue-certificate.ts'
import type { SubjectName } from '../certificates/name.ts'
import type { SigningCurve } from '../keys/curve.ts'
import { makeKeyPair } from '../keys/make-key-pair.ts'
import { DEFAULT_NAMES } from './profiles.ts'
import type { Issued, TestPkiOptions } from './test-pki.ts'

/** What every certificate of one PKI is made with. */
export interface Issuing extends TestPkiOptions {
  readonly curve: SigningCurve
}

export interface Wanted {
  readonly subject: Pick<SubjectName, 'commonName' | 'domainComponent'>
  readonly profile: CertificateProfile
  /** Counted from now; it was valid for an hour before, for clocks that are behind. */
  readonly lifetime: Milliseconds
  /** Absent for a root. */
  readonly issuer?: Issued
  /** Whether it has a second key, on X448. */
  readonly alternate?: boolean
}

const aboveOf = (issuer: Issued | undefined): readonly Uint8Array[] =>
  issuer === undefined || issuer.root === issuer.der ? [] : [issuer.der, ...issuer.intermediates]

/** Makes a key and the certificate for it. */
export const issue = (issuing: Issuing, { subject: names, profile, lifetime, issuer, alternate = false }: Wanted): Issued => {
  const { now, random, curve, organization = DEFAULT_NAMES.organization, country = DEFAULT_NAMES.country } = issuing
  const subject = { ...names, organization, country }
  const keys = makeKeyPair(curve, random)
  const second = alternate ? makeKeyPair('X448', random) : undefined
  const der = issueCertificate({
    subject,
    publicKey: keys.publicKey,
    profile: { ...profile, ...(second && { alternateKey: second.publicKey }) },
    notBefore: epochMs(now - HOUR),
    notAfter: epochMs(now + lifetime),
    signer: issuer ?? { subject, ...keys },
    random,
  })
  return {
    subject,
    der,
    ...keys,
    ...(second && { alternateKey: second.privateKey }),
    intermediates: aboveOf(issuer),
    root: issuer?.root ?? der,
  }
}
