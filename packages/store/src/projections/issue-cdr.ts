import type { LedgerTransaction } from '@voltway/domain/billing'
import type { DriverId, EpochMs, Id, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface BillingContext {
  readonly operatorName: string
  readonly stationName: string
  readonly siteName: string
  readonly address: string
  readonly evseNumber: number
  readonly evseSide: 'left' | 'right' | null
  readonly standards: readonly string[]
  readonly timeZone: string
  readonly maxPowerW: number
  readonly vehicleLabel: string | null
  readonly driverId: DriverId | null
  readonly tariff: unknown
  readonly plan: unknown
  readonly review: { readonly decision: 'bill' | 'waive' } | null
  readonly stopReason: string | null
}

/** What a receipt says beside the numbers, and the lock that lets one process bill a session. */
export const billingContext = async (
  tx: Transaction<Tables>,
  tenantId: TenantId,
  sessionId: SessionId,
): Promise<BillingContext | undefined> => {
  const { rows } = await sql<BillingContext>`
    select site.operator_name as "operatorName", station.name as "stationName", site.name as "siteName", site.address || ', ' || site.city as address,
      evse.number as "evseNumber", evse.side as "evseSide", evse.max_power_w as "maxPowerW", site.time_zone as "timeZone",
      array(select c.standard from voltway.connector c where c.tenant_id = evse.tenant_id and c.evse_id = evse.id order by c.number) as standards,
      vehicle.label as "vehicleLabel", s.driver_id as "driverId", s.tariff, r.plan, s.review, s.stop_reason as "stopReason"
    from voltway.session s
    join voltway.evse on evse.tenant_id = s.tenant_id and evse.id = s.evse_id
    join voltway.charging_station station on station.tenant_id = s.tenant_id and station.id = s.station_id
    join voltway.site on site.tenant_id = station.tenant_id and site.id = station.site_id
    left join voltway.vehicle on vehicle.tenant_id = s.tenant_id and vehicle.id = s.vehicle_id
    left join voltway.reservation r on r.tenant_id = s.tenant_id and r.id = s.reservation_id
    where s.tenant_id = ${tenantId} and s.id = ${sessionId} and s.state = 'ended'
    for update of s`.execute(tx)
  return rows[0]
}

/** Numbers are drawn one after the other, so that there is no gap: the lock is held until the receipt is committed. */
export const drawReceiptNumber = async (tx: Transaction<Tables>, tenantId: TenantId): Promise<number> => {
  await sql`select pg_advisory_xact_lock(hashtextextended('receipt:' || ${tenantId}, 0))`.execute(tx)
  const { rows } = await sql<{
    next: number
  }>`select coalesce(max(receipt_number), 0) + 1 as next from voltway.cdr where tenant_id = ${tenantId}`.execute(tx)
  return rows[0]?.next ?? 1
}

export interface IssuedCdr {
  readonly id: string
  readonly sessionId: SessionId
  readonly driverId: DriverId | undefined
  readonly receiptNumber: number
  readonly issuedAt: EpochMs
  readonly currency: string
  readonly totalMicros: bigint
  /** The frozen record and receipt as JSON. */
  readonly body: unknown
  readonly ledgerId: Id<'LedgerTransaction'>
  readonly ledger: LedgerTransaction
}

/** Issues a charge detail record, posts it, and closes the session: all or nothing, and once for each session. */
export const issueCdr = async (tx: Transaction<Tables>, tenantId: TenantId, cdr: IssuedCdr): Promise<void> => {
  await sql`
    insert into voltway.cdr (tenant_id, id, session_id, driver_id, receipt_number, issued_at, currency, total_micros, body)
    values (${tenantId}, ${cdr.id}, ${cdr.sessionId}, ${cdr.driverId ?? null}, ${cdr.receiptNumber}, ${cdr.issuedAt}, ${cdr.currency},
      ${cdr.totalMicros.toString()}, ${JSON.stringify(cdr.body)}::jsonb)`.execute(tx)
  const { ledger } = cdr
  if (ledger.entries.length > 0) {
    await sql`
      insert into voltway.ledger_transaction (tenant_id, id, idempotency_key, description, posted_at)
      values (${tenantId}, ${cdr.ledgerId}, ${ledger.idempotencyKey}, ${ledger.description}, ${ledger.postedAt})`.execute(tx)
    const entries = ledger.entries.map(
      ({ account, currency, amountMicros }, line) =>
        sql`(${tenantId}::uuid, ${cdr.ledgerId}::uuid, ${line + 1}::integer, ${account}, ${currency}, ${amountMicros.toString()}::numeric)`,
    )
    await sql`insert into voltway.ledger_entry (tenant_id, transaction_id, line, account, currency, amount_micros) values ${sql.join(entries)}`.execute(
      tx,
    )
  }
  await sql`update voltway.session set state = 'billed', outcome = case when outcome = 'paid:notBilled' then 'paid' else outcome end
    where tenant_id = ${tenantId} and id = ${cdr.sessionId}`.execute(tx)
}
