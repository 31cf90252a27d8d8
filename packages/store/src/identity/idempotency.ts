import type { EpochMs, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** What was answered the first time; status 0 while the first request still runs. */
export interface StoredAnswer {
  readonly requestHash: Uint8Array
  readonly status: number
  readonly body: unknown
}

export interface KeyClaim {
  readonly key: string
  readonly requestHash: Uint8Array
  readonly now: EpochMs
}

/** Claims a key for this request; @returns undefined when it is ours now, else what is stored (waits for a claim that is being committed). */
export const claimIdempotencyKey = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  claim: KeyClaim,
): Promise<StoredAnswer | undefined> => {
  const { numAffectedRows } = await sql`
    insert into voltway.idempotency_key (tenant_id, key, request_hash, status, created_at)
    values (${tenantId}, ${claim.key}, ${claim.requestHash}, 0, ${claim.now})
    on conflict (tenant_id, key) do nothing`.execute(tx)
  if (numAffectedRows === 1n) return undefined
  const { rows } = await sql<StoredAnswer>`
    select request_hash as "requestHash", status, body from voltway.idempotency_key where tenant_id = ${tenantId} and key = ${claim.key}`.execute(
    tx,
  )
  return rows[0]
}

export const storeAnswer = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { key, status, body }: { readonly key: string; readonly status: number; readonly body: unknown },
) => {
  await sql`
    update voltway.idempotency_key set status = ${status}, body = ${body === undefined ? null : JSON.stringify(body)}::jsonb
    where tenant_id = ${tenantId} and key = ${key}`.execute(tx)
}

/** Forgets what was answered before a moment, and claims of that time that came to nothing. */
export const dropOldIdempotencyKeys = (tx: Transaction<Tables>, tenantId: TenantId, before: EpochMs) =>
  sql`delete from voltway.idempotency_key where tenant_id = ${tenantId} and created_at < ${before}`.execute(tx)

/** Gives a claimed key back after a failure, so that the request can be tried again. */
export const dropIdempotencyKey = async (tx: Transaction<Tables>, tenantId: TenantId, key: string) => {
  await sql`delete from voltway.idempotency_key where tenant_id = ${tenantId} and key = ${key} and status = 0`.execute(tx)
}
