import type { EpochMs } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import { appendOutbox } from '../outbox/append-outbox.ts'
import type { Tables } from '../tables.ts'
import type { DirectoryEntry } from './find-station.ts'

export interface RaisedAlarm extends DirectoryEntry {
  readonly id: string
  /** PascalCase, as `DuplicateStation`. */
  readonly kind: string
  readonly detail: Readonly<Record<string, unknown>>
  readonly raisedAt: EpochMs
}

/** Raises an alarm about a station unless the same one, detail and all, stands open already. @returns whether it was new */
export const raiseStationAlarm = async (
  tx: Transaction<Tables>,
  { tenantId, stationId, id, kind, detail, raisedAt }: RaisedAlarm,
): Promise<boolean> => {
  const { rows } = await sql<{ id: string }>`
    insert into voltway.alarm (tenant_id, id, kind, station_id, detail, raised_at)
    select ${tenantId}::uuid, ${id}::uuid, ${kind}, ${stationId}::uuid, ${JSON.stringify(detail)}::jsonb, ${raisedAt}::bigint
    where not exists (select from voltway.alarm where tenant_id = ${tenantId} and station_id = ${stationId} and kind = ${kind}
      and detail = ${JSON.stringify(detail)}::jsonb and resolved_at is null)
    returning id`.execute(tx)
  if (rows.length === 0) return false
  await appendOutbox(tx, tenantId, [{ type: 'alarm.raised', subject: id, data: { alarmId: id, kind, stationId }, recordedAt: raisedAt }])
  return true
}
