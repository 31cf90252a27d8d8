import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { DataTable } from '@voltway/ui'
import type { Session } from '../../api-types.ts'
import { Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { ledgerQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { ENTRY_COLUMNS, entryKey } from '../ledger/entry-columns.tsx'
import { isBalanced } from '../ledger/ledger-sums.ts'

/** What a session's bill moved in the books. */
export const SessionLedger = ({ session }: { readonly session: Session }) => {
  const { data, error, isPending, refetch } = useInfiniteQuery(ledgerQuery({ sessionId: session.id }))
  const entries = data?.pages.flatMap(({ items }) => items) ?? []
  return (
    <Part
      title={t('ledger.title')}
      actions={
        <Link to="/ledger" search={{ sessionId: session.id }}>
          {t('ledger.showAll')}
        </Link>
      }
    >
      {error && !data ? (
        <ProblemNote error={error} onRetry={() => void refetch()} />
      ) : (
        <DataTable
          caption={t('ledger.entries')}
          columns={ENTRY_COLUMNS}
          rows={entries}
          rowKey={entryKey}
          loading={isPending}
          empty={t('ledger.sessionNone')}
          footer={
            entries.length > 0 &&
            isBalanced(entries.map(({ amount }) => amount)) && (
              <footer className="c-list-foot">
                <span>{t('ledger.balanced')}</span>
              </footer>
            )
          }
        />
      )}
    </Part>
  )
}
