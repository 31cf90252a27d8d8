import type { EpochMs, TenantId } from '@voltway/units'
import { type QueryExecutorProvider, sql } from 'kysely'

export interface ApiKeyRow {
  readonly id: string
  readonly tenantId: TenantId
  readonly tenantName: string
  readonly name: string
  readonly lastFour: string
  readonly scopes: readonly string[]
  readonly createdAt: EpochMs
  readonly revokedAt: EpochMs | null
}

const COLUMNS = sql`api_key.id, api_key.tenant_id as "tenantId", tenant.name as "tenantName", api_key.name, api_key.last_four as "lastFour",
  api_key.scopes, api_key.created_at as "createdAt", api_key.revoked_at as "revokedAt"`

/** The key with this hash, unless it was revoked. */
export const apiKeyByHash = async (directory: QueryExecutorProvider, keyHash: Uint8Array): Promise<ApiKeyRow | undefined> => {
  const { rows } = await sql<ApiKeyRow>`
    select ${COLUMNS} from voltway.api_key join voltway.tenant on tenant.id = api_key.tenant_id
    where api_key.key_hash = ${keyHash} and api_key.revoked_at is null`.execute(directory)
  return rows[0]
}

export const listApiKeys = async (directory: QueryExecutorProvider, tenantId: TenantId): Promise<readonly ApiKeyRow[]> => {
  const { rows } = await sql<ApiKeyRow>`
    select ${COLUMNS} from voltway.api_key join voltway.tenant on tenant.id = api_key.tenant_id
    where api_key.tenant_id = ${tenantId} order by api_key.id`.execute(directory)
  return rows
}

export interface NewApiKey {
  readonly id: string
  readonly tenantId: TenantId
  readonly name: string
  readonly keyHash: Uint8Array
  readonly lastFour: string
  readonly scopes: readonly string[]
  readonly createdAt: EpochMs
}

export const insertApiKey = async (db: QueryExecutorProvider, key: NewApiKey) => {
  await sql`
    insert into voltway.api_key (id, tenant_id, name, key_hash, last_four, scopes, created_at)
    values (${key.id}, ${key.tenantId}, ${key.name}, ${key.keyHash}, ${key.lastFour}, ${[...key.scopes]}::text[], ${key.createdAt})`.execute(
    db,
  )
}

/** @returns whether the tenant has such a key. */
export const revokeApiKey = async (
  db: QueryExecutorProvider,
  { tenantId, id, now }: { readonly tenantId: TenantId; readonly id: string; readonly now: EpochMs },
): Promise<boolean> => {
  const { numAffectedRows } =
    await sql`update voltway.api_key set revoked_at = coalesce(revoked_at, ${now}) where tenant_id = ${tenantId} and id = ${id}`.execute(db)
  return numAffectedRows === 1n
}
