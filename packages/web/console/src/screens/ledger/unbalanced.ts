import type { LedgerEntry } from '../../money-types.ts'
import { isBalanced } from './ledger-sums.ts'

/**
 * Entries of transactions whose lines do not come to nothing, which must never be. The oldest transaction that was loaded is left out
 * while there is more to load: the rest of its lines may be there.
 */
export const unbalanced = (entries: readonly LedgerEntry[], hasMore: boolean): readonly LedgerEntry[] => {
  const last = hasMore ? entries.at(-1)?.transactionId : undefined
  return [...Map.groupBy(entries, ({ transactionId }) => transactionId)].flatMap(([id, lines]) =>
    id === last || isBalanced(lines.map(({ amount }) => amount)) ? [] : lines,
  )
}
