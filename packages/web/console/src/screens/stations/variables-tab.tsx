import { useQuery } from '@tanstack/react-query'
import { Age, type Column, DataTable, useNow } from '@voltway/ui'
import { useState } from 'react'
import type { StationDetail, StationVariable } from '../../api-types.ts'
import { Filters, SearchFilter } from '../../components/filters.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { variablesQuery } from '../../queries.ts'
import { t } from '../../text.ts'

const placeOf = ({ component, instance, evse }: StationVariable) =>
  [component, instance, evse && `EVSE ${evse}`].filter(Boolean).join(' · ')

/** Configuration keys and variables as the station last reported them. */
export const VariablesTab = ({ station }: { readonly station: StationDetail }) => {
  const now = useNow(30_000)
  const [q, setQ] = useState('')
  const { data, error, isPending, refetch } = useQuery(variablesQuery(station.id))
  const wanted = q.toLowerCase()
  const rows = (data?.items ?? []).filter((row) => `${placeOf(row)} ${row.variable} ${row.value ?? ''}`.toLowerCase().includes(wanted))
  const columns: readonly Column<StationVariable>[] = [
    { id: 'component', header: t('variable.component'), cell: placeOf, sortBy: placeOf },
    { id: 'variable', header: t('variable.variable'), cell: ({ variable }) => variable, sortBy: ({ variable }) => variable },
    { id: 'value', header: t('variable.value'), cell: ({ value }) => <code className="c-value">{value ?? t('word.unknown')}</code> },
    { id: 'mutability', header: t('variable.mutability'), show: 'wide', cell: ({ mutability }) => mutability ?? '' },
    { id: 'reported', header: t('variable.reported'), show: 'wide', cell: ({ reportedAt }) => <Age at={reportedAt} now={now} /> },
  ]
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  return (
    <>
      <Filters>
        <SearchFilter value={q} onChange={setQ} label={t('variable.filter')} />
      </Filters>
      <DataTable
        caption={t('station.tab.variables')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${placeOf(row)}/${row.variable}`}
        loading={isPending}
        empty={q ? t('list.nothingFound') : t('variable.empty')}
      />
    </>
  )
}
