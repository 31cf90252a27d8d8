import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { ChoiceFilter, Filters } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Page, Part } from '../../components/page.tsx'
import { ledgerQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { DayFilter } from '../sessions/day-filter.tsx'
import { BalancesTable } from './balances-table.tsx'
import { entryKey, LEDGER_COLUMNS } from './entry-columns.tsx'

const route = getRouteApi('/shell/ledger')
/** Accounts that bills are posted to; others that are met are added. */
const ACCOUNTS = ['receivable:driver', 'revenue:charging', 'vat:payable']

/** Every entry of the books, newest first, and what each account comes to. */
export const LedgerScreen = () => {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const filter = (change: Partial<typeof search>) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const query = useInfiniteQuery(ledgerQuery(search))
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
            onChange={(account) => filter({ account })}
          />
          <DayFilter label={t('ledger.from')} value={search.from} onChange={(from) => filter({ from })} />
          <DayFilter label={t('ledger.to')} value={search.to} onChange={(to) => filter({ to })} last />
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
            empty={Object.keys(search).length > 0 ? t('list.nothingFound') : t('ledger.empty')}
          />
        </Part>
      </div>
    </Page>
  )
}
