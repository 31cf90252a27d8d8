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
}

export interface LedgerFilter {
  readonly account?: string | undefined
  readonly before?: { readonly at: number; readonly id: string; readonly line: number } | undefined
  readonly limit: number
}

/** Entries, newest first; debit positive. */
export const listLedger = async (tx: Transaction<Tables>, tenantId: TenantId, filter: LedgerFilter): Promise<readonly LedgerEntryRow[]> => {
  const { at, id, line } = filter.before ?? { at: null, id: null, line: null }
  const { rows } = await sql<LedgerEntryRow>`
    select entry.transaction_id as "transactionId", entry.line, entry.account, entry.currency, entry.amount_micros::text as "amountMicros",
      movement.description, movement.posted_at as "postedAt"
    from voltway.ledger_entry entry
    join voltway.ledger_transaction movement on movement.tenant_id = entry.tenant_id and movement.id = entry.transaction_id
    where entry.tenant_id = ${tenantId}
      and (${filter.account ?? null}::text is null or entry.account = ${filter.account ?? null}::text)
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

export const listBalances = async (tx: Transaction<Tables>, tenantId: TenantId, account?: string): Promise<readonly BalanceRow[]> => {
  const { rows } = await sql<BalanceRow>`
    select account, currency, sum(amount_micros)::text as "amountMicros"
    from voltway.ledger_entry
    where tenant_id = ${tenantId} and (${account ?? null}::text is null or account = ${account ?? null}::text)
    group by account, currency
    order by account, currency`.execute(tx)
  return rows
}
