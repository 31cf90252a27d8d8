import type { DriverId, EpochMs, ReservationId, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface NotificationRow {
  readonly id: string
  readonly sessionId: SessionId | null
  readonly reservationId: ReservationId | null
  readonly kind: string
  readonly data: Readonly<Record<string, unknown>>
  readonly createdAt: EpochMs
  readonly readAt: EpochMs | null
}

/** Newest first. */
export const listNotifications = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { driverId, before, limit }: { readonly driverId: DriverId; readonly before?: string | undefined; readonly limit: number },
): Promise<readonly NotificationRow[]> => {
  const { rows } = await sql<NotificationRow>`
    select id, session_id as "sessionId", reservation_id as "reservationId", kind, data, created_at as "createdAt", read_at as "readAt"
    from voltway.notification
    where tenant_id = ${tenantId} and driver_id = ${driverId} and (${before ?? null}::uuid is null or id < ${before ?? null}::uuid)
    order by id desc
    limit ${limit}`.execute(tx)
  return rows
}

/** @returns whether the driver has such a notification. */
export const readNotification = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  { driverId, id, now }: { readonly driverId: DriverId; readonly id: string; readonly now: EpochMs },
): Promise<boolean> => {
  const { numAffectedRows } = await sql`
    update voltway.notification set read_at = coalesce(read_at, ${now}) where tenant_id = ${tenantId} and driver_id = ${driverId} and id = ${id}`.execute(
    tx,
  )
  return numAffectedRows === 1n
}

export interface PushSubscriptionRow {
  readonly driverId: DriverId
  readonly endpoint: string
  readonly keys: { readonly p256dh: string; readonly auth: string }
  readonly createdAt: EpochMs
}

export const savePushSubscription = async (tx: Transaction<Tables>, tenantId: TenantId, row: PushSubscriptionRow) => {
  await sql`
    insert into voltway.push_subscription (tenant_id, driver_id, endpoint, keys, created_at)
    values (${tenantId}, ${row.driverId}, ${row.endpoint}, ${JSON.stringify(row.keys)}::jsonb, ${row.createdAt})
    on conflict (tenant_id, driver_id, endpoint) do update set keys = excluded.keys`.execute(tx)
}
