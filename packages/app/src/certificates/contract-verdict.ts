import type { ChainCode } from '@voltway/pki'

/** What a contract certificate is worth, in the words of OCPP's `certificateStatus`. */
export type ContractStatus =
  | 'Accepted'
  | 'SignatureError'
  | 'CertificateExpired'
  | 'CertificateRevoked'
  | 'NoCertificateAvailable'
  | 'CertChainError'
  | 'ContractCancelled'

export interface ContractVerdict {
  readonly status: ContractStatus
  /** For logs and alarms: which certificate, and what is wrong with it. */
  readonly reason: string
}

const STATUS: Partial<Readonly<Record<ChainCode, ContractStatus>>> = {
  expired: 'CertificateExpired',
  revoked: 'CertificateRevoked',
  'broken-signature': 'SignatureError',
}

/** Whatever else is wrong with a chain is an error of the chain. */
export const statusOfChain = (code: ChainCode): ContractStatus => STATUS[code] ?? 'CertChainError'
