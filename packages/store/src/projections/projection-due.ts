import type { TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import { type DueTransaction, type TransactionSince, transactionKeys } from './transaction-keys.ts'

export const listDue = async (tx: Transaction<Tables>, tenantId: TenantId, limit: number): Promise<readonly DueTransaction[]> =>
  (
    await sql<DueTransaction>`
    select station_id as "stationId", transaction_id as "transactionId" from voltway.projection_due where tenant_id = ${tenantId} limit ${limit}`.execute(
      tx,
    )
  ).rows

/** Takes some off the list in the transaction that folds them; those are left out that another process has or has done. */
export const takeDue = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  due: readonly DueTransaction[],
): Promise<readonly TransactionSince[]> => {
  const { rows } = await sql<TransactionSince>`
    delete from voltway.projection_due where ctid in (
      select due.ctid from voltway.projection_due due
      join ${transactionKeys(due)} on key.station_id = due.station_id and key.transaction_id = due.transaction_id
      where due.tenant_id = ${tenantId} for update of due skip locked)
    returning station_id as "stationId", transaction_id as "transactionId", from_at as "from"`.execute(tx)
  return rows
}
