import { Link } from '@tanstack/react-router'
import { type Column, formatNumber, Time } from '@voltway/ui'
import type { LedgerEntry } from '../../money-types.ts'
import { t, wordOf } from '../../text.ts'

const isDebit = ({ amount }: LedgerEntry) => BigInt(amount.micros) > 0n
const Amount = ({ entry: { amount } }: { readonly entry: LedgerEntry }) => (
  <>
    {formatNumber(Math.abs(Number(amount.micros)) / 1e6, 2)} <span className="vw-unit">{amount.currency}</span>
  </>
)

const ACCOUNT: Column<LedgerEntry> = {
  id: 'account',
  header: t('ledger.account'),
  cell: ({ account }) => wordOf('account', account),
  sortBy: ({ account }) => account,
}
const DEBIT: Column<LedgerEntry> = {
  id: 'debit',
  header: t('ledger.debit'),
  numeric: true,
  cell: (entry) => (isDebit(entry) ? <Amount entry={entry} /> : ''),
  sortBy: (entry) => (isDebit(entry) ? Number(entry.amount.micros) : undefined),
}
const CREDIT: Column<LedgerEntry> = {
  id: 'credit',
  header: t('ledger.credit'),
  numeric: true,
  cell: (entry) => (isDebit(entry) ? '' : <Amount entry={entry} />),
  sortBy: (entry) => (isDebit(entry) ? undefined : -Number(entry.amount.micros)),
}
const POSTED: Column<LedgerEntry> = {
  id: 'posted',
  header: t('ledger.posted'),
  show: 'wide',
  cell: ({ postedAt }) => <Time at={postedAt} />,
  sortBy: ({ postedAt }) => postedAt,
}
const MOVEMENT: Column<LedgerEntry> = {
  id: 'movement',
  header: t('ledger.movement'),
  cell: ({ sessionId, receiptNumber, description }) =>
    sessionId ? (
      <Link to="/sessions/$id" params={{ id: sessionId }} className="vw-row-link">
        {receiptNumber === undefined ? description : t('ledger.receipt', { number: receiptNumber })}
      </Link>
    ) : (
      description
    ),
  sortBy: ({ receiptNumber, description }) => receiptNumber ?? description,
}

/** The entries of one movement. */
export const ENTRY_COLUMNS: readonly Column<LedgerEntry>[] = [ACCOUNT, DEBIT, CREDIT]
/** Entries of all movements. */
export const LEDGER_COLUMNS: readonly Column<LedgerEntry>[] = [POSTED, MOVEMENT, ACCOUNT, DEBIT, CREDIT]
export const entryKey = ({ transactionId, line }: LedgerEntry) => `${transactionId} ${line}`
