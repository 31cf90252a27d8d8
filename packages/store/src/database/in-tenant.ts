import { isUuid, type TenantId } from '@voltway/units'
import { type Kysely, sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/**
 * Runs work in one transaction that sees and writes the rows of one tenant.
 * @throws TypeError when the id is none: a list of ids would open several tenants
 */
export const inTenant = async <Value>(
  kysely: Kysely<Tables>,
  tenantId: TenantId,
  work: (tx: Transaction<Tables>) => Promise<Value>,
): Promise<Value> => {
  if (!isUuid(tenantId)) throw new TypeError(`not a tenant id: ${String(tenantId)}`)
  return kysely.transaction().execute(async (tx) => {
    await sql`select set_config('voltway.tenants', ${`{${tenantId}}`}, true)`.execute(tx)
    return work(tx)
  })
}
