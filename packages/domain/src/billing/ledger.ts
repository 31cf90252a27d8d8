import type { Currency, EpochMs } from '@voltway/units'
import type { Cdr } from './cdr.ts'

export type LedgerAccount = 'receivable:driver' | 'revenue:charging' | 'vat:payable'

export interface LedgerEntry {
  readonly account: LedgerAccount
  readonly currency: Currency
  /** Debit positive, credit negative, never zero. */
  readonly amountMicros: bigint
}

/** Entries that stand or fall together and sum to zero in each currency; posting one key twice posts it once. */
export interface LedgerTransaction {
  readonly idempotencyKey: string
  readonly description: string
  readonly postedAt: EpochMs
  /** Empty for a session that cost nothing. */
  readonly entries: readonly LedgerEntry[]
}

/** The driver owes the gross amount; revenue takes the net and the tax office the VAT. A credit for energy turns the signs. */
export const postCdr = ({ id, sessionId, issuedAt, cost }: Pick<Cdr, 'id' | 'sessionId' | 'issuedAt' | 'cost'>): LedgerTransaction => {
  const entry = (account: LedgerAccount, amountMicros: bigint): LedgerEntry => ({ account, currency: cost.currency, amountMicros })
  return {
    idempotencyKey: `cdr:${id}`,
    description: `charging session ${sessionId}`,
    postedAt: issuedAt,
    entries: [
      entry('receivable:driver', cost.totalMicros),
      entry('revenue:charging', -cost.netMicros),
      entry('vat:payable', -cost.vatMicros),
    ].filter(({ amountMicros }) => amountMicros !== 0n),
  }
}
