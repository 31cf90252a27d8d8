import type { MoneyJson } from '@voltway/ui'
import type { List } from './api-types.ts'

export interface PriceSeries {
  readonly name: string
  readonly from?: string
  readonly to?: string
  readonly prices: number
  /** Tariffs that follow it. */
  readonly followedBy: readonly { readonly id: string; readonly name: string }[]
}
export interface SeriesPrice {
  readonly from: string
  readonly to: string
  readonly perKwhMicros: string
}
export interface LedgerEntry {
  readonly transactionId: string
  readonly line: number
  readonly account: string
  /** Debit positive, credit negative. */
  readonly amount: MoneyJson
  readonly description: string
  readonly postedAt: string
  readonly sessionId?: string
  readonly receiptNumber?: number
}
export interface Balance {
  readonly account: string
  readonly amount: MoneyJson
}
export interface Ledger extends List<LedgerEntry> {
  readonly balances: readonly Balance[]
}
