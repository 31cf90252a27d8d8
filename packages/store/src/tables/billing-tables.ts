import type { DriverId, EpochMs, Id, SessionId, TenantId } from '@voltway/units'
import type { Json } from './json-columns.ts'

export interface CdrTable {
  readonly tenant_id: TenantId
  readonly id: Id<'Cdr'>
  readonly session_id: SessionId
  readonly driver_id: DriverId | null
  readonly receipt_number: number
  readonly issued_at: EpochMs
  readonly currency: string
  readonly total_micros: bigint
  readonly body: Json
}

export interface LedgerTransactionTable {
  readonly tenant_id: TenantId
  readonly id: Id<'LedgerTransaction'>
  readonly idempotency_key: string
  readonly description: string
  readonly posted_at: EpochMs
}

export interface LedgerEntryTable {
  readonly tenant_id: TenantId
  readonly transaction_id: Id<'LedgerTransaction'>
  readonly line: number
  readonly account: string
  readonly currency: string
  readonly amount_micros: bigint
}

export interface BillingTables {
  readonly 'voltway.cdr': CdrTable
  readonly 'voltway.ledger_transaction': LedgerTransactionTable
  readonly 'voltway.ledger_entry': LedgerEntryTable
}
