import type { DriverId, EpochMs, IdTokenId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface IdTokenRow {
  readonly id: IdTokenId
  readonly lastFour: string
  readonly type: 'rfid' | 'app' | 'contract' | 'other'
  readonly label: string
  readonly driverId: DriverId | null
  readonly driverName: string | null
  readonly state: 'active' | 'blocked'
  readonly expiresAt: EpochMs | null
  readonly createdAt: EpochMs
  readonly lastUsedAt: EpochMs | null
}

export interface IdTokenFilter {
  readonly driverId?: DriverId | undefined
  /** Without what the driver's app presents for them. */
  readonly cardsOnly?: boolean | undefined
  /** Only blocked or expired ones. */
  readonly inErrorAt?: EpochMs | undefined
  readonly after?: IdTokenId | undefined
  readonly limit?: number | undefined
}

/** Tokens in the order they were made; never their text. */
export const listIdTokens = async (tx: Transaction<Tables>, tenantId: TenantId, filter: IdTokenFilter): Promise<readonly IdTokenRow[]> => {
  const { rows } = await sql<IdTokenRow>`
    select id_token.id, id_token.last_four as "lastFour", id_token.type, id_token.label, id_token.driver_id as "driverId", person.name as "driverName",
      id_token.state, id_token.expires_at as "expiresAt", id_token.created_at as "createdAt", id_token.last_used_at as "lastUsedAt"
    from voltway.id_token
    left join voltway.driver on driver.tenant_id = id_token.tenant_id and driver.id = id_token.driver_id
    left join voltway.person on person.tenant_id = driver.tenant_id and person.id = driver.person_id
    where id_token.tenant_id = ${tenantId}
      and (${filter.driverId ?? null}::uuid is null or id_token.driver_id = ${filter.driverId ?? null}::uuid)
      and (not ${filter.cardsOnly ?? false}::boolean or id_token.type <> 'app')
      and (${filter.inErrorAt ?? null}::bigint is null or id_token.state = 'blocked' or id_token.expires_at <= ${filter.inErrorAt ?? null}::bigint)
      and (${filter.after ?? null}::uuid is null or id_token.id > ${filter.after ?? null}::uuid)
    order by id_token.id
    limit ${filter.limit ?? 1_000}`.execute(tx)
  return rows
}

export interface NewIdTokenRow {
  readonly id: IdTokenId
  readonly tokenHash: Uint8Array
  readonly lastFour: string
  readonly type: IdTokenRow['type']
  readonly label: string
  readonly driverId: DriverId | null
  readonly expiresAt: EpochMs | null
  readonly createdAt: EpochMs
}

/** @returns false when the tenant has this token already. */
export const insertIdToken = async (tx: Transaction<Tables>, tenantId: TenantId, token: NewIdTokenRow): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    insert into voltway.id_token (tenant_id, id, token_hash, last_four, type, label, driver_id, expires_at, created_at)
    values (${tenantId}, ${token.id}, ${token.tokenHash}, ${token.lastFour}, ${token.type}, ${token.label}, ${token.driverId}, ${token.expiresAt},
      ${token.createdAt})
    on conflict (tenant_id, token_hash) do nothing`.execute(tx)
  return numAffectedRows === 1n
}

/** @returns whether there was such a token. */
export const setIdTokenState = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { id, state }: { readonly id: IdTokenId; readonly state: 'active' | 'blocked' },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`update voltway.id_token set state = ${state} where tenant_id = ${tenantId} and id = ${id}`.execute(
    tx,
  )
  return numAffectedRows === 1n
}
