import type { ChargingStationId, EpochMs, ReservationId, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

/** What every profile has that was sent to a station. */
interface SentProfileHead {
  readonly stationId: ChargingStationId
  readonly evse: number
  readonly phases: 1 | 3
  readonly startsAt: EpochMs
  readonly exactUntil: EpochMs
  /** `[{startSeconds, limitW}]` from `startsAt` on. */
  readonly schedule: unknown
  readonly sentAt: EpochMs
  /** `accepted`, or the station's reason for not taking it. */
  readonly status: string
}

export type SentProfile = SentProfileHead &
  (
    | {
        readonly purpose: 'transaction'
        readonly transactionId: string
        readonly sessionId: SessionId
        readonly reservationId: ReservationId | null
      }
    | { readonly purpose: 'evseDefault' }
  )

/** Keeps what a station was told and what it answered, under its next number. */
export const recordProfile = async (tx: Transaction<Tables>, tenantId: TenantId, sent: SentProfile): Promise<void> => {
  const own = sent.purpose === 'transaction' ? sent : { transactionId: null, sessionId: null, reservationId: null }
  await sql`
    insert into voltway.charging_profile (tenant_id, station_id, number, evse, transaction_id, session_id, reservation_id, purpose, schedule, starts_at,
      exact_until, phases, sent_at, status)
    select ${tenantId}::uuid, ${sent.stationId}::uuid, coalesce(max(number), 0) + 1, ${sent.evse}::integer, ${own.transactionId}::text,
      ${own.sessionId}::uuid, ${own.reservationId}::uuid, ${sent.purpose}::text, ${JSON.stringify(sent.schedule)}::jsonb, ${sent.startsAt}::bigint,
      ${sent.exactUntil}::bigint, ${sent.phases}::smallint, ${sent.sentAt}::bigint, ${sent.status}::text
    from voltway.charging_profile where tenant_id = ${tenantId} and station_id = ${sent.stationId}`.execute(tx)
}
