import type { EpochMs } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'
import type { DirectoryEntry } from './find-station.ts'

export interface SaidFault {
  /** The station's own word; null where it had none. */
  readonly code: string | null
  readonly occurredAt: EpochMs
}

export interface FaultSpan {
  readonly evse: number
  readonly startedAt: EpochMs
  /** A fault as old as this still counts where it stood at the start. */
  readonly since: EpochMs
  readonly until: EpochMs
}

/**
 * Faults that were heard before the start of the transaction they belong to: of its EVSE or of the whole station (0) after that start,
 * unless another began there before; and one of its EVSE from just before it, of which nothing said that it was over.
 */
export const faultsAround = async (
  tx: Transaction<Tables>,
  { tenantId, stationId }: DirectoryEntry,
  { evse, startedAt, since, until }: FaultSpan,
): Promise<readonly SaidFault[]> => {
  const { rows } = await sql<SaidFault>`
    select distinct nullif(fault.error_code, 'NoError') as code, fault.occurred_at as "occurredAt" from voltway.status_history fault
    where fault.tenant_id = ${tenantId} and fault.station_id = ${stationId} and fault.evse in (0, ${evse}) and fault.reported = 'Faulted'
      and fault.cause = 'station' and fault.occurred_at between ${since} and ${until}
      and (fault.occurred_at >= ${startedAt} or (fault.evse = ${evse} and not exists (
        select from voltway.status_history later
        where later.tenant_id = fault.tenant_id and later.station_id = fault.station_id and later.evse = fault.evse and later.reported <> 'Faulted'
          and later.occurred_at > fault.occurred_at and later.occurred_at <= ${startedAt})))
      and not exists (
        -- What was dated a second time, as of the link's begin, is no second fault.
        select from voltway.status_history first
        where first.tenant_id = fault.tenant_id and first.station_id = fault.station_id and first.evse = fault.evse
          and first.received_at = fault.received_at and first.payload_hash = fault.payload_hash and first.occurred_at < fault.occurred_at)
      and not exists (
        select from voltway.transaction_fact other
        where other.tenant_id = fault.tenant_id and other.station_id = fault.station_id and other.evse = ${evse} and other.kind = 'transaction.started'
          and other.occurred_at > ${startedAt} and other.occurred_at <= fault.occurred_at)
    order by 2, 1`.execute(tx)
  return rows
}
