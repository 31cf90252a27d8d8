import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChoiceFilter, Filters, InErrorFilter } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Page, Part } from '../../components/page.tsx'
import type { Ledger } from '../../money-types.ts'
import { ledgerQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { DayFilter } from '../sessions/day-filter.tsx'
import { BalancesTable } from './balances-table.tsx'
import { entryKey, LEDGER_COLUMNS } from './entry-columns.tsx'
import { unbalanced } from './unbalanced.ts'

const route = getRouteApi('/shell/ledger')
/** Accounts that bills are posted to; others that are met are added. */
const ACCOUNTS = ['receivable:driver', 'revenue:charging', 'vat:payable']

const onlyUnbalanced = (pages: readonly Ledger[]): Ledger[] => {
  const wrong = new Set(
    unbalanced(
      pages.flatMap(({ items }) => items),
      pages.at(-1)?.nextCursor !== undefined,
    ),
  )
  return pages.map((page) => ({ ...page, items: page.items.filter((entry) => wrong.has(entry)) }))
}

/** Every entry of the books, newest first, and what each account comes to. */
export const LedgerScreen = () => {
  const { inError, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const filter = (change: Partial<typeof search> & { readonly inError?: true | undefined }) =>
    void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const query = useInfiniteQuery({
    ...ledgerQuery(search),
    select: (data) => (inError ? { ...data, pages: onlyUnbalanced(data.pages) } : data),
  })
  const balances = query.data?.pages[0]?.balances ?? []
  const accounts = [...new Set([...ACCOUNTS, ...balances.map(({ account }) => account)])]
  return (
    <Page title={t('ledger.title')}>
      <div>
        <Filters>
          <ChoiceFilter
            label={t('ledger.account')}
            all={t('ledger.allAccounts')}
            value={search.account}
            options={accounts.map((account) => ({ value: account, label: wordOf('account', account) }))}
            // One account alone never comes to nothing.
            onChange={(account) => filter({ account, inError: undefined })}
          />
          <DayFilter label={t('ledger.from')} value={search.from} onChange={(from) => filter({ from })} />
          <DayFilter label={t('ledger.to')} value={search.to} onChange={(to) => filter({ to })} last />
          <InErrorFilter
            value={inError ?? false}
            onChange={(next) => filter({ inError: next || undefined, ...(next && { account: undefined }) })}
          />
          {search.sessionId && (
            <Button size="compact-xs" variant="default" onClick={() => filter({ sessionId: undefined })}>
              {t('ledger.ofSession')} ×
            </Button>
          )}
        </Filters>
        {balances.length > 0 && (
          <Part title={t('ledger.balances')} hint={t('ledger.balancesHint')}>
            <BalancesTable balances={balances} />
          </Part>
        )}
        <Part title={t('ledger.entries')}>
          <ListView
            caption={t('ledger.entries')}
            query={query}
            columns={LEDGER_COLUMNS}
            rowKey={entryKey}
            toneOf={() => (inError ? 'error' : undefined)}
            empty={inError ? t('ledger.noErrors') : Object.keys(search).length > 0 ? t('list.nothingFound') : t('ledger.empty')}
          />
        </Part>
      </div>
    </Page>
  )
}
