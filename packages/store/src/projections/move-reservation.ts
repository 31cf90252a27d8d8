import type { ReservationState } from '@voltway/domain/reservations'
import type { EpochMs, ReservationId, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface ReservationMove {
  readonly from: readonly ReservationState[]
  readonly to: ReservationState
  readonly cause?: string
  readonly sessionId?: SessionId
  readonly at: EpochMs
}

/** Moves a reservation on if it still is where the caller saw it; says whether it did. */
export const moveReservation = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  id: ReservationId,
  move: ReservationMove,
): Promise<boolean> => {
  const ends = ['completed', 'released', 'cancelled'].includes(move.to)
  const { rows } = await sql<{ id: string }>`
    update voltway.reservation set state = ${move.to}, state_cause = ${move.cause ?? null},
      session_id = coalesce(${move.sessionId ?? null}::uuid, session_id),
      pushed_at = case when ${move.to} = 'pushed' then ${move.at} else pushed_at end,
      ended_at = case when ${ends} then ${move.at} else ended_at end
    where tenant_id = ${tenantId} and id = ${id} and state = any(${[...move.from]})
    returning id`.execute(tx)
  return rows.length > 0
}
