import type { Book } from './book.ts'

/** A charge detail record with the session it is for. */
export interface FoundBill {
  readonly tenantId: string
  /** By `sessionKey`. */
  readonly session: string
  readonly importWh: number
  readonly totalMicros: bigint
  readonly receiptNumber: number
}

export interface FoundLedgerSum {
  readonly tenantId: string
  readonly transactionId: string
  readonly currency: string
  readonly sumMicros: bigint
}

export interface FoundMoney {
  readonly bills: readonly FoundBill[]
  /** One row for each ledger transaction and currency. */
  readonly ledger: readonly FoundLedgerSum[]
}

export interface BillFaults {
  readonly unbilled: readonly string[]
  readonly billedTwice: readonly string[]
  /** Billed although its end was never sent. */
  readonly billedUnasked: readonly string[]
  /** Billed for another amount than its facts give. */
  readonly wrongAmount: readonly string[]
  readonly unbalanced: readonly string[]
  /** Tenants with a ledger that has more or fewer postings than bills. */
  readonly postings: readonly string[]
  /** Tenants whose receipt numbers are not 1, 2, 3, ... */
  readonly receiptGaps: readonly string[]
}

/** Millionths for an energy by the seeded tariff: exact, as every session's energy gives whole cents. */
export type PriceOf = (importWh: number) => bigint

const groupBy = <Value>(values: readonly Value[], keyOf: (value: Value) => string): ReadonlyMap<string, readonly Value[]> => {
  const groups = new Map<string, Value[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}

const hasGaps = (bills: readonly FoundBill[]) =>
  bills
    .map(({ receiptNumber }) => receiptNumber)
    .sort((a, b) => a - b)
    .some((number, index) => number !== index + 1)

/** Invariants I2 and I3: each ended session billed once and rightly, money only in balance, receipts without gaps. */
export const checkBills = ({ ended }: Pick<Book, 'ended'>, { bills, ledger }: FoundMoney, priceOf: PriceOf): BillFaults => {
  const bySession = groupBy(bills, ({ session }) => session)
  const byTenant = groupBy(bills, ({ tenantId }) => tenantId)
  const postings = groupBy(ledger, ({ tenantId }) => tenantId)
  const wrong = ({ session, importWh, totalMicros }: FoundBill) => {
    const expected = ended.get(session)
    return expected !== undefined && (importWh !== expected.importWh || totalMicros !== priceOf(expected.importWh))
  }
  const tenants = new Set([...byTenant.keys(), ...postings.keys()])
  return {
    unbilled: [...ended.keys()].filter((session) => !bySession.has(session)),
    billedTwice: [...bySession].flatMap(([session, { length }]) => (length > 1 ? [session] : [])),
    billedUnasked: [...bySession.keys()].filter((session) => !ended.has(session)),
    wrongAmount: bills.filter(wrong).map(({ session }) => session),
    unbalanced: ledger.filter(({ sumMicros }) => sumMicros !== 0n).map(({ transactionId }) => transactionId),
    postings: [...tenants].filter((tenant) => (byTenant.get(tenant)?.length ?? 0) !== (postings.get(tenant)?.length ?? 0)),
    receiptGaps: [...byTenant].flatMap(([tenant, mine]) => (hasGaps(mine) ? [tenant] : [])),
  }
}
