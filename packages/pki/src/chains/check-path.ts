import { type EpochMs, isoOf, ok, type Result } from '@voltway/units'
import type { Certificate } from '../certificates/certificate.ts'
import { type ChainCode, type ChainFailure, refuseChain } from './chain-failure.ts'
import { normalEmaid, sameEmaid } from './emaid.ts'
import type { Path } from './find-paths.ts'
import { type ChainGeneration, type ChainPurpose, GENERATIONS, PURPOSES, wrongBranch } from './purpose.ts'

export interface PathRules {
  readonly purpose: ChainPurpose
  readonly generation: ChainGeneration
  readonly now: EpochMs
  /** What the leaf has to be called; an eMAID may have hyphens. */
  readonly commonName?: string
}

/** What is wrong with one certificate; undefined when nothing is. */
type Finding = readonly [code: ChainCode, message: string] | undefined

/** The root, two authorities, the leaf. */
const LONGEST_PATH = 4

const validity = ({ notBefore, notAfter }: Certificate, now: EpochMs): Finding => {
  if (now < notBefore) return ['not-yet-valid', `it begins at ${isoOf(notBefore)}`]
  return now > notAfter ? ['expired', `it ended at ${isoOf(notAfter)}`] : undefined
}

const algorithms = ({ curve, signatureOid }: Certificate, generation: ChainGeneration, issuer: Certificate | undefined): Finding => {
  const allowed = GENERATIONS[generation]
  if (curve === undefined || allowed[curve] === undefined) return ['curve', `its key is of ${curve ?? 'a curve that is not known'}`]
  // What a root says of itself needs no signature: it is trusted because it is known.
  if (issuer === undefined) return undefined
  const expected = issuer.curve && allowed[issuer.curve]
  return expected === undefined || expected === signatureOid
    ? undefined
    : ['signature-algorithm', `it is signed by algorithm ${signatureOid}, not ${expected}`]
}

const authority = (certificate: Certificate, below: number): Finding => {
  if (certificate.authority === undefined) return ['not-an-authority', 'it may not issue certificates']
  if (certificate.keyUsage?.includes('keyCertSign') !== true) return ['key-usage', 'its key may not sign certificates']
  const { pathLength } = certificate.authority
  return pathLength !== undefined && below > pathLength
    ? ['path-too-long', `${below} authorities are below it and it allows ${pathLength}`]
    : undefined
}

const name = ({ subject: { commonName } }: Certificate, { purpose, commonName: expected }: PathRules): Finding => {
  if (purpose === 'contract' && normalEmaid(commonName) === undefined)
    return ['not-an-emaid', `${commonName || 'an empty name'} is no eMAID`]
  if (expected === undefined) return undefined
  const matches = purpose === 'contract' ? sameEmaid(commonName, expected) : commonName === expected
  return matches ? undefined : ['name-mismatch', `it is called ${commonName || 'nothing'}, not ${expected}`]
}

const leafFinding = (leaf: Certificate, rules: PathRules): Finding => {
  const { keyUsage, extendedKeyUsage } = PURPOSES[rules.purpose]
  if (leaf.authority !== undefined) return ['authority-as-leaf', 'it may issue certificates, as no leaf may']
  if (leaf.keyUsage?.includes(keyUsage) !== true) return ['key-usage', `its key is not for ${keyUsage}`]
  if (extendedKeyUsage !== undefined && leaf.extendedKeyUsage?.includes(extendedKeyUsage) === false)
    return ['key-usage', `its key is not for ${extendedKeyUsage}`]
  const branch = wrongBranch(leaf, rules.purpose)
  return branch === undefined ? name(leaf, rules) : ['wrong-branch', `its domain component is ${branch}`]
}

const findingAt = (path: Path, depth: number, rules: PathRules): Finding => {
  const certificate = path[depth]!
  const [unknown] = certificate.unknownCritical
  return (
    validity(certificate, rules.now) ??
    algorithms(certificate, rules.generation, path[depth + 1]) ??
    (unknown === undefined ? undefined : (['critical-extension', `it has the critical extension ${unknown}`] as const)) ??
    (depth === 0 ? leafFinding(certificate, rules) : authority(certificate, depth - 1))
  )
}

/**
 * Whether the certificates of a way allow it (RFC 5280, 6.1, without policies and name constraints, which ISO 15118 does not use), and whether
 * the leaf is what it is shown for.
 */
export const checkPath = (path: Path, rules: PathRules): Result<Path, ChainFailure> => {
  if (path.length > LONGEST_PATH)
    return refuseChain('path-too-long', `${path.length - 2} authorities are between it and the root`, {
      certificate: path[0]!.subject.commonName,
      depth: 0,
    })
  for (const [depth, { subject }] of path.entries()) {
    const finding = findingAt(path, depth, rules)
    if (finding !== undefined) return refuseChain(finding[0], finding[1], { certificate: subject.commonName, depth })
  }
  return ok(path)
}
