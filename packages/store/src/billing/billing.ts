import type { EpochMs, SessionId, TenantId } from '@voltway/units'
import { sql, type Transaction } from 'kysely'
import type { Tables } from '../tables.ts'

export interface CdrRow {
  readonly id: string
  readonly sessionId: SessionId
  readonly receiptNumber: number
  readonly issuedAt: EpochMs
  /** The frozen record and receipt. */
  readonly body: Readonly<Record<string, unknown>>
}

export const cdrOfSession = async (tx: Transaction<Tables>, tenantId: TenantId, sessionId: SessionId): Promise<CdrRow | undefined> => {
  const { rows } = await sql<CdrRow>`
    select id, session_id as "sessionId", receipt_number as "receiptNumber", issued_at as "issuedAt", body
    from voltway.cdr where tenant_id = ${tenantId} and session_id = ${sessionId}`.execute(tx)
  return rows[0]
}

export interface LedgerEntryRow {
  readonly transactionId: string
  readonly line: number
  readonly account: string
  readonly currency: string
  readonly amountMicros: string
  readonly description: string
  readonly postedAt: EpochMs
  /** The session whose bill it is; null for any other movement. */
  readonly sessionId: SessionId | null
  readonly receiptNumber: number | null
}

/** Which entries. */
export interface LedgerScope {
  readonly account?: string | undefined
  readonly sessionId?: SessionId | undefined
  /** Posted in [from, to). */
  readonly from?: EpochMs | undefined
  readonly to?: EpochMs | undefined
}
export interface LedgerFilter extends LedgerScope {
  readonly before?: { readonly at: number; readonly id: string; readonly line: number } | undefined
  readonly limit: number
}

/** A bill's movement is known by its charge detail record. */
const inScope = (tenantId: TenantId, { account, sessionId, from, to }: LedgerScope) => sql`
  entry.tenant_id = ${tenantId}
  and (${account ?? null}::text is null or entry.account = ${account ?? null}::text)
  and (${sessionId ?? null}::uuid is null or movement.idempotency_key =
    (select 'cdr:' || id from voltway.cdr where tenant_id = ${tenantId} and session_id = ${sessionId ?? null}::uuid))
  and (${from ?? null}::bigint is null or movement.posted_at >= ${from ?? null}::bigint)
  and (${to ?? null}::bigint is null or movement.posted_at < ${to ?? null}::bigint)`

const ENTRIES = sql`voltway.ledger_entry entry
    join voltway.ledger_transaction movement on movement.tenant_id = entry.tenant_id and movement.id = entry.transaction_id`

/** Entries, newest first; debit positive. */
export const listLedger = async (tx: Transaction<Tables>, tenantId: TenantId, filter: LedgerFilter): Promise<readonly LedgerEntryRow[]> => {
  const { at, id, line } = filter.before ?? { at: null, id: null, line: null }
  const { rows } = await sql<LedgerEntryRow>`
    select entry.transaction_id as "transactionId", entry.line, entry.account, entry.currency, entry.amount_micros::text as "amountMicros",
      movement.description, movement.posted_at as "postedAt", cdr.session_id as "sessionId", cdr.receipt_number as "receiptNumber"
    from ${ENTRIES}
    left join voltway.cdr on cdr.tenant_id = movement.tenant_id
      and cdr.id = case when movement.idempotency_key like 'cdr:%' then substr(movement.idempotency_key, 5)::uuid end
    where ${inScope(tenantId, filter)}
      and (${at}::bigint is null or (movement.posted_at, entry.transaction_id, entry.line) < (${at}::bigint, ${id}::uuid, ${line}::integer))
    order by movement.posted_at desc, entry.transaction_id desc, entry.line desc
    limit ${filter.limit}`.execute(tx)
  return rows
}

export interface BalanceRow {
  readonly account: string
  readonly currency: string
  readonly amountMicros: string
}

/** What each account comes to over the entries in scope. */
export const listBalances = async (tx: Transaction<Tables>, tenantId: TenantId, scope: LedgerScope): Promise<readonly BalanceRow[]> => {
  const { rows } = await sql<BalanceRow>`
    select entry.account, entry.currency, sum(entry.amount_micros)::text as "amountMicros"
    from ${ENTRIES}
    where ${inScope(tenantId, scope)}
    group by entry.account, entry.currency
    order by entry.account, entry.currency`.execute(tx)
  return rows
}
