import type { ChargingStationId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface DueTransaction {
  readonly stationId: ChargingStationId
  readonly transactionId: string
}

/** Notes that sessions must be folded anew; one that is noted already stays noted once. */
export const noteDue = async (tx: Transaction<Tables>, tenantId: TenantId, due: readonly DueTransaction[]): Promise<void> => {
  if (due.length === 0) return
  await sql`
    insert into voltway.projection_due (tenant_id, station_id, transaction_id)
    select ${tenantId}::uuid, station_id, transaction_id
    from unnest(${due.map(({ stationId }) => stationId)}::uuid[], ${due.map(({ transactionId }) => transactionId)}::text[]) as due (station_id, transaction_id)
    on conflict do nothing`.execute(tx)
}

export const listDue = async (tx: Transaction<Tables>, tenantId: TenantId, limit: number): Promise<readonly DueTransaction[]> =>
  (
    await sql<DueTransaction>`
    select station_id as "stationId", transaction_id as "transactionId" from voltway.projection_due where tenant_id = ${tenantId} limit ${limit}`.execute(
      tx,
    )
  ).rows

/** Takes one off the list in the transaction that folds it; false when another process has it or has done it. */
export const takeDue = async (tx: Transaction<Tables>, tenantId: TenantId, due: DueTransaction): Promise<boolean> => {
  const { rows } = await sql`
    delete from voltway.projection_due where ctid in (
      select ctid from voltway.projection_due
      where tenant_id = ${tenantId} and station_id = ${due.stationId} and transaction_id = ${due.transactionId} for update skip locked)
    returning 1`.execute(tx)
  return rows.length > 0
}
