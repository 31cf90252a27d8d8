import { type ChainCode, type ChainGeneration, type RevocationCheck, readCertificate, verifyChain, verifyingWith } from '@voltway/pki'
import { DAY, fail, ok } from '@voltway/units'
import { ACCEPTED, verifyParts } from '@voltway/wire/iso15118/signature'
import type { RefusalReason } from '../machine/contract-chain.ts'
import type { SeccCrypto } from '../machine/crypto.ts'

/** What a station believes contracts by. */
export interface ContractTrust {
  readonly generation: ChainGeneration
  /** DER of the mobility operators' roots, and of the V2G roots that may stand above them. */
  readonly roots: readonly Uint8Array[]
  readonly revocation?: RevocationCheck
}

/** A contract that ends sooner is said to expire soon. */
const SOON_DAYS = 20

const REASONS: Readonly<Partial<Record<ChainCode, RefusalReason>>> = {
  expired: 'certificateExpired',
  'not-yet-valid': 'certificateExpired',
  revoked: 'certificateRevoked',
  'name-mismatch': 'unknown',
  'not-an-emaid': 'unknown',
}

const SIGNATURES = Object.values(ACCEPTED).flat()

/** A station's cryptography over the roots that it trusts. */
export const seccCrypto = ({ generation, roots, revocation }: ContractTrust): SeccCrypto => ({
  checkContract: ({ leaf, subCertificates }, emaid, at) => {
    const verified = verifyChain({
      leaf,
      intermediates: subCertificates,
      roots,
      purpose: 'contract',
      generation,
      now: at,
      commonName: emaid,
      ...(revocation === undefined ? {} : { revocation }),
    })
    if (!verified.ok) return fail(REASONS[verified.failure.code] ?? 'certChainError')
    return ok({ expiresSoon: verified.value.leaf.notAfter - at < SOON_DAYS * DAY })
  },
  verify: (signature, parts, certificate) => {
    const read = readCertificate(certificate)
    // Which of the algorithms is believed, the key's curve decides.
    return read.ok && verifyParts(parts, signature, { ...verifyingWith(read.value.publicKey), accept: SIGNATURES }).ok
  },
})
