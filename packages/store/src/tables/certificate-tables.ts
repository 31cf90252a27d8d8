import type { ContractId, DriverId, EpochMs, IdTokenId, TenantId, TrustAnchorId } from '@voltway/units'

/** What a root's certificates are for: stations (V2G), contracts (MO), cars (OEM). */
export type TrustAnchorUse = 'V2G' | 'MO' | 'OEM'

export interface TrustAnchorTable {
  readonly tenant_id: TenantId
  readonly id: TrustAnchorId
  readonly use: TrustAnchorUse
  /** SHA-256 of the certificate. */
  readonly fingerprint: Uint8Array
  readonly subject: string
  /** DER. */
  readonly certificate: Uint8Array
  readonly not_after: EpochMs
  readonly added_at: EpochMs
}

export interface ContractTable {
  readonly tenant_id: TenantId
  readonly id: ContractId
  readonly driver_id: DriverId
  readonly id_token_id: IdTokenId
  readonly emaid: string
  readonly pcid_hash: Uint8Array
  readonly created_at: EpochMs
  readonly installed_at: EpochMs | null
}

export interface KnownContractTable {
  readonly tenant_id: TenantId
  readonly token_hash: Uint8Array
  readonly serial_number: Uint8Array
  readonly not_after: EpochMs
  readonly ocsp_url: string | null
  readonly authorities: readonly Uint8Array[]
  readonly seen_at: EpochMs
}

export interface CertificateTables {
  readonly 'voltway.contract': ContractTable
  readonly 'voltway.known_contract': KnownContractTable
  readonly 'voltway.trust_anchor': TrustAnchorTable
}
