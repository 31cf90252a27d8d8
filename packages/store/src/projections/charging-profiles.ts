import type { ChargingStationId, EpochMs, ReservationId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface SentProfile {
  readonly stationId: ChargingStationId
  readonly number: number
  readonly evse: number
  readonly transactionId: string
  readonly reservationId: ReservationId
  readonly purpose: 'transaction'
  readonly schedule: unknown
  readonly sentAt: EpochMs
  /** `accepted`, or the station's reason for not taking it. */
  readonly status: string
}

/** The station's next free chargingProfileId. */
export const nextProfileNumber = async (tx: Transaction<Tables>, tenantId: TenantId, stationId: ChargingStationId): Promise<number> => {
  const { rows } = await sql<{ next: number }>`
    select coalesce(max(number), 0) + 1 as next from voltway.charging_profile where tenant_id = ${tenantId} and station_id = ${stationId}`.execute(
    tx,
  )
  return rows[0]?.next ?? 1
}

export const recordProfile = (tx: Transaction<Tables>, tenantId: TenantId, sent: SentProfile) =>
  sql`
  insert into voltway.charging_profile (tenant_id, station_id, number, evse, transaction_id, reservation_id, purpose, schedule, sent_at, status)
  values (${tenantId}, ${sent.stationId}, ${sent.number}, ${sent.evse}, ${sent.transactionId}, ${sent.reservationId}, ${sent.purpose},
    ${JSON.stringify(sent.schedule)}::jsonb, ${sent.sentAt}, ${sent.status})
  on conflict do nothing`.execute(tx)
