import type { EpochMs } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { DirectoryEntry } from './find-station.ts'

export interface NumberedStart {
  /** What the start was given when it came first; undefined when it is new. */
  readonly known: { readonly number: number; readonly authorisation: string | null } | undefined
  /** The station's next free 1.6 transactionId. */
  readonly next: number
}

/** The 1.6 integer of a start, by its natural key: a repeated start keeps its number. */
export const numberedStart = async (
  tx: Transaction<Tables>,
  { tenantId, stationId }: DirectoryEntry,
  naturalKey: string,
): Promise<NumberedStart> => {
  const { rows } = await sql<{ number: number | null; authorisation: string | null; next: number }>`
    select start.number, start.authorisation,
      coalesce((select max(number) from voltway.transaction_fact
        where tenant_id = ${tenantId} and station_id = ${stationId} and kind = 'transaction.started' and number is not null), 0) + 1 as next
    from (select 1) as one
    left join voltway.transaction_fact start on start.tenant_id = ${tenantId} and start.station_id = ${stationId}
      and start.natural_key = ${naturalKey} and start.kind = 'transaction.started' and start.number is not null`.execute(tx)
  const row = rows[0]
  return {
    known: row?.number == null ? undefined : { number: row.number, authorisation: row.authorisation },
    next: row?.next ?? 1,
  }
}

export interface TransactionOwnership {
  /** The station itself has said something about it. */
  readonly own: boolean
  /** Where it is, if the station has said so. */
  readonly evse: number | null
  readonly ended: boolean
  /** Another station of the tenant has an open transaction of this name. */
  readonly foreign: boolean
}

/** Whose transaction a name is: always looked up by tenant and station, never by the name alone. */
export const transactionOwnership = async (
  tx: Transaction<Tables>,
  { tenantId, stationId }: DirectoryEntry,
  transactionId: string,
): Promise<TransactionOwnership> => {
  const { rows } = await sql<{ own: boolean | null; evse: number | null; ended: boolean | null; foreign: boolean }>`
    select own.own, own.evse, own.ended, own.own is null and exists (
      select from voltway.charging_station other
      join voltway.transaction_fact start on start.tenant_id = other.tenant_id and start.station_id = other.id
        and start.transaction_id = ${transactionId} and start.kind = 'transaction.started'
      where other.tenant_id = ${tenantId} and other.id <> ${stationId}
        and not exists (select from voltway.transaction_fact stop where stop.tenant_id = other.tenant_id and stop.station_id = other.id
          and stop.transaction_id = ${transactionId} and stop.kind = 'transaction.ended')) as foreign
    from (
      select bool_or(true) as own, max(evse) as evse, bool_or(kind = 'transaction.ended') as ended from voltway.transaction_fact
      where tenant_id = ${tenantId} and station_id = ${stationId} and transaction_id = ${transactionId}
    ) own`.execute(tx)
  const row = rows[0]
  return { own: row?.own ?? false, evse: row?.evse ?? null, ended: row?.ended ?? false, foreign: row?.foreign ?? false }
}

export interface OpenTransaction {
  readonly transactionId: string
  readonly evse: number | null
  readonly idTokenHash: Uint8Array | null
  readonly startedAt: EpochMs
}

/** Begun and not ended at a station, newest first. */
export const openTransactions = async (
  tx: Transaction<Tables>,
  { tenantId, stationId }: DirectoryEntry,
): Promise<readonly OpenTransaction[]> => {
  const { rows } = await sql<OpenTransaction>`
    select start.transaction_id as "transactionId", start.evse, start.id_token_hash as "idTokenHash", start.occurred_at as "startedAt"
    from voltway.transaction_fact start
    where start.tenant_id = ${tenantId} and start.station_id = ${stationId} and start.kind = 'transaction.started'
      and not exists (select from voltway.transaction_fact stop where stop.tenant_id = start.tenant_id and stop.station_id = start.station_id
        and stop.transaction_id = start.transaction_id and stop.kind = 'transaction.ended')
    order by start.occurred_at desc limit 20`.execute(tx)
  return rows
}

/** Begun at a station up to a moment and not ended before another, newest first. */
export const transactionsDuring = async (
  tx: Transaction<Tables>,
  { tenantId, stationId }: DirectoryEntry,
  { from, to }: { readonly from: EpochMs; readonly to: EpochMs },
): Promise<readonly Pick<OpenTransaction, 'transactionId' | 'evse'>[]> => {
  const { rows } = await sql<Pick<OpenTransaction, 'transactionId' | 'evse'>>`
    select start.transaction_id as "transactionId", start.evse from voltway.transaction_fact start
    where start.tenant_id = ${tenantId} and start.station_id = ${stationId} and start.kind = 'transaction.started' and start.occurred_at <= ${to}
      and not exists (select from voltway.transaction_fact stop where stop.tenant_id = start.tenant_id and stop.station_id = start.station_id
        and stop.transaction_id = start.transaction_id and stop.kind = 'transaction.ended' and stop.occurred_at < ${from})
    order by start.occurred_at desc limit 20`.execute(tx)
  return rows
}

/** The transaction that last began on an EVSE up to a moment, open or ended. */
export const latestTransaction = async (
  tx: Transaction<Tables>,
  { tenantId, stationId }: DirectoryEntry,
  { evse, at }: { readonly evse: number; readonly at: EpochMs },
): Promise<string | undefined> => {
  const { rows } = await sql<{ transactionId: string }>`
    select transaction_id as "transactionId" from voltway.transaction_fact
    where tenant_id = ${tenantId} and station_id = ${stationId} and evse = ${evse} and kind = 'transaction.started' and occurred_at <= ${at}
    order by occurred_at desc limit 1`.execute(tx)
  return rows[0]?.transactionId
}
