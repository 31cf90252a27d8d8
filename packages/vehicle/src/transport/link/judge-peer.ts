import { type ChainPurpose, revocationOf, verifyChain } from '@voltway/pki'
import type { EpochMs } from '@voltway/units'
import type { TlsVersion } from '../tls/generations.ts'

/** By what a peer's certificate is judged once its handshake is done. */
export interface PeerRules {
  readonly purpose: ChainPurpose & ('secc' | 'vehicle')
  /** DER. */
  readonly roots: readonly Uint8Array[]
  readonly version: TlsVersion
  /** See `TlsPolicy`. */
  readonly shortCurves: boolean
  readonly now: EpochMs
  /** OCSP response of the leaf, DER. */
  readonly stapled?: Uint8Array | undefined
  /** Whether a leaf is believed of which nothing was stapled that can be relied on. */
  readonly revocation: 'ifStapled' | 'required'
}

/**
 * Whether a chain (DER, the leaf first) is that of a station or a car by the rules of ISO 15118, which OpenSSL does not know: who may be
 * one, on what curves, and that it is not revoked as far as was stapled. Of the sub-CAs no OCSP response can be stapled here.
 * @returns what is wrong, with its code in front; undefined where nothing is
 */
export const judgePeer = ([leaf, ...intermediates]: readonly Uint8Array[], rules: PeerRules): string | undefined => {
  if (leaf === undefined) return 'none: no certificate was shown'
  const { purpose, roots, version, shortCurves, now, stapled, revocation } = rules
  const verified = verifyChain({
    leaf,
    intermediates,
    roots,
    purpose,
    generation: shortCurves ? 'any' : version === '1.3' ? 'iso20' : 'iso2',
    now,
    revocation: { statusOf: revocationOf({ now, ...(stapled && { ocspResponses: [stapled] }) }), whenUnknown: 'accept' },
  })
  if (!verified.ok) return `${verified.failure.code}: ${verified.failure.certificate}: ${verified.failure.message}`
  const { commonName } = verified.value.leaf.subject
  const isUnknown = verified.value.revocationUnknown.includes(commonName)
  return revocation === 'required' && isUnknown ? `revocation-unknown: ${commonName}: no OCSP response was stapled that says so` : undefined
}
