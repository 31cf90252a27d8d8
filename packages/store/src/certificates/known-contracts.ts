import type { EpochMs, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** A contract's certificate that was found good, without the name in it. */
export interface KnownContract {
  readonly serialNumber: Uint8Array
  readonly notAfter: EpochMs
  readonly ocspUrl: string | null
  /** DER of the authorities above it, the issuer first, without the root. */
  readonly authorities: readonly Uint8Array[]
}

export interface SeenContract extends KnownContract {
  /** Keyed hash of the eMAID. */
  readonly tokenHash: Uint8Array
  readonly seenAt: EpochMs
}

/** The newest certificate of an account takes the place of the one before. */
export const rememberContract = async (tx: Transaction<Tables>, tenantId: TenantId, contract: SeenContract): Promise<void> => {
  const { tokenHash, serialNumber, notAfter, ocspUrl, authorities, seenAt } = contract
  await sql`
    insert into voltway.known_contract (tenant_id, token_hash, serial_number, not_after, ocsp_url, authorities, seen_at)
    values (${tenantId}, ${Buffer.from(tokenHash)}, ${Buffer.from(serialNumber)}, ${notAfter}, ${ocspUrl},
      ${authorities.map((der) => Buffer.from(der))}::bytea[], ${seenAt})
    on conflict (tenant_id, token_hash) do update set serial_number = excluded.serial_number, not_after = excluded.not_after,
      ocsp_url = excluded.ocsp_url, authorities = excluded.authorities, seen_at = excluded.seen_at
    where known_contract.serial_number <> excluded.serial_number and known_contract.seen_at <= excluded.seen_at`.execute(tx)
}

export const knownContract = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  tokenHash: Uint8Array,
): Promise<KnownContract | undefined> => {
  const { rows } = await sql<KnownContract>`
    select serial_number as "serialNumber", not_after as "notAfter", ocsp_url as "ocspUrl", authorities
    from voltway.known_contract where tenant_id = ${tenantId} and token_hash = ${Buffer.from(tokenHash)}`.execute(tx)
  return rows[0]
}
