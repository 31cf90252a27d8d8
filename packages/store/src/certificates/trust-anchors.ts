import type { EpochMs, TenantId, TrustAnchorId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { TrustAnchorUse } from '../tables/certificate-tables.ts'
import type { Tables } from '../tables.ts'

export interface TrustAnchor {
  readonly id: TrustAnchorId
  readonly use: TrustAnchorUse
  readonly fingerprint: Uint8Array
  readonly subject: string
  /** DER. */
  readonly certificate: Uint8Array
  readonly notAfter: EpochMs
  readonly addedAt: EpochMs
}

/** The roots of a tenant, those of some uses where they are named, in the order in which they were added. */
export const listTrustAnchors = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  uses: readonly TrustAnchorUse[] = ['V2G', 'MO', 'OEM'],
): Promise<readonly TrustAnchor[]> => {
  const { rows } = await sql<TrustAnchor>`
    select id, use, fingerprint, subject, certificate, not_after as "notAfter", added_at as "addedAt"
    from voltway.trust_anchor where tenant_id = ${tenantId} and use = any (${[...uses]}::text[])
    order by added_at, id`.execute(tx)
  return rows
}

/** @returns false where this root is trusted for that use already */
export const insertTrustAnchor = async (tx: Transaction<Tables>, tenantId: TenantId, anchor: TrustAnchor): Promise<boolean> => {
  const { id, use, fingerprint, subject, certificate, notAfter, addedAt } = anchor
  const { numAffectedRows } = await sql`
    insert into voltway.trust_anchor (tenant_id, id, use, fingerprint, subject, certificate, not_after, added_at)
    values (${tenantId}, ${id}, ${use}, ${Buffer.from(fingerprint)}, ${subject}, ${Buffer.from(certificate)}, ${notAfter}, ${addedAt})
    on conflict do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** @returns false where there is none */
export const deleteTrustAnchor = async (tx: Transaction<Tables>, tenantId: TenantId, id: TrustAnchorId): Promise<boolean> => {
  const { numAffectedRows } = await sql`delete from voltway.trust_anchor where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}
