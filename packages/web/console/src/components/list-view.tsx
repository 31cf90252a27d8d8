import { Button } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { type Column, DataTable, type DataTableProps } from '@voltway/ui'
import type { ReactNode } from 'react'
import type { List } from '../api-types.ts'
import { t } from '../text.ts'
import { ProblemNote } from './problem.tsx'

export interface ListViewProps<Row> extends Pick<DataTableProps<Row>, 'caption' | 'rowKey' | 'toneOf'> {
  readonly query: UseInfiniteQueryResult<InfiniteData<List<Row>>>
  readonly columns: readonly Column<Row>[]
  readonly empty: ReactNode
}

/** A list of the API as a table: waiting, empty, failed, and a button for the next page. */
export const ListView = <Row,>({ query, empty, ...table }: ListViewProps<Row>) => {
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? []
  if (query.isError && rows.length === 0) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />
  const footer = rows.length > 0 && (
    <footer className="c-list-foot">
      <span>{query.hasNextPage ? t('list.loadedMore', { count: rows.length }) : t('list.loaded', { count: rows.length })}</span>
      {query.hasNextPage && (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('list.more')}
        </Button>
      )}
    </footer>
  )
  return (
    <DataTable
      rows={rows}
      empty={empty}
      loading={query.isPending}
      footer={footer}
      sortLabel={(header) => t('list.sort', { header })}
      {...table}
    />
  )
}
