import type { ChargingStationId, SiteId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** What is left out stays as it is. */
export interface StationChange {
  readonly id: ChargingStationId
  readonly name?: string | undefined
  readonly siteId?: SiteId | undefined
  readonly sharedLimitW?: number | null | undefined
  readonly openAccess?: boolean | undefined
  readonly registration?: 'accepted' | 'pending' | 'rejected' | undefined
  readonly inboundMode?: 'lenient' | 'strict' | undefined
}

/** @returns whether there was such a station. */
export const updateStation = async (tx: Transaction<Tables>, tenantId: TenantId, change: StationChange): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update voltway.charging_station set name = coalesce(${change.name ?? null}::text, name), site_id = coalesce(${change.siteId ?? null}::uuid, site_id),
      shared_limit_w = case when ${change.sharedLimitW !== undefined}::boolean then ${change.sharedLimitW ?? null}::integer else shared_limit_w end,
      open_access = coalesce(${change.openAccess ?? null}::boolean, open_access),
      registration = coalesce(${change.registration ?? null}::text, registration),
      inbound_mode = coalesce(${change.inboundMode ?? null}::text, inbound_mode)
    where tenant_id = ${tenantId} and id = ${change.id}`.execute(tx)
  return numAffectedRows === 1n
}

/** The old password stays valid until the station has used the new one. @returns whether there was such a station. */
export const setStationPassword = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { id, passwordHash }: { readonly id: ChargingStationId; readonly passwordHash: Uint8Array },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update voltway.charging_station set previous_password_hash = password_hash, password_hash = ${passwordHash}
    where tenant_id = ${tenantId} and id = ${id}`.execute(tx)
  return numAffectedRows === 1n
}
