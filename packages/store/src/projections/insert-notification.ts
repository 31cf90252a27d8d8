import type { DriverId, EpochMs, ReservationId, SessionId, TenantId } from '@voltway/units'
import { type RawBuilder, sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface NewNotification {
  readonly id: string
  readonly driverId: DriverId
  readonly sessionId?: SessionId
  readonly reservationId?: ReservationId
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  readonly createdAt: EpochMs
}

/** A driver is told each thing about a session once: answers those that were new. */
export const insertNotifications = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  notifications: readonly NewNotification[],
): Promise<readonly NewNotification[]> => {
  if (notifications.length === 0) return []
  const values: RawBuilder<unknown>[] = notifications.map(
    ({ id, driverId, sessionId, reservationId, kind, data, createdAt }) =>
      sql`(${tenantId}::uuid, ${id}::uuid, ${driverId}::uuid, ${sessionId ?? null}::uuid, ${reservationId ?? null}::uuid, ${kind}, ${JSON.stringify(data)}::jsonb, ${createdAt}::bigint)`,
  )
  const { rows } = await sql<{ id: string }>`
    insert into voltway.notification (tenant_id, id, driver_id, session_id, reservation_id, kind, data, created_at)
    values ${sql.join(values)} on conflict do nothing returning id`.execute(tx)
  const fresh = new Set(rows.map(({ id }) => id))
  return notifications.filter(({ id }) => fresh.has(id))
}

export interface PushTarget {
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
}
export const pushTargets = async (tx: Transaction<Tables>, tenantId: TenantId, driverId: DriverId) =>
  (
    await sql<PushTarget>`select endpoint, keys from voltway.push_subscription where tenant_id = ${tenantId} and driver_id = ${driverId}`.execute(
      tx,
    )
  ).rows

/** The browser's push service said that the subscription is gone. */
export const forgetPushTarget = (tx: Transaction<Tables>, tenantId: TenantId, endpoint: string) =>
  sql`delete from voltway.push_subscription where tenant_id = ${tenantId} and endpoint = ${endpoint}`.execute(tx)
