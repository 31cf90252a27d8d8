import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { Age, type Column, DataTable, useNow } from '@voltway/ui'
import { useState } from 'react'
import type { StationDetail, StationVariable } from '../../api-types.ts'
import { Filters, InErrorFilter, SearchFilter } from '../../components/filters.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { variablesQuery } from '../../queries.ts'
import { t } from '../../text.ts'

const placeOf = ({ component, instance, evse }: StationVariable) =>
  [component, instance, evse && `EVSE ${evse}`].filter(Boolean).join(' · ')

const route = getRouteApi('/shell/stations/$id')
/** It named the variable and would not say its value: it may be broken, or not set. What can only be written has none to tell. */
const isMute = ({ value, mutability }: StationVariable) => (value === undefined || value === '') && mutability !== 'WriteOnly'

/** Configuration keys and variables as the station last reported them. */
export const VariablesTab = ({ station }: { readonly station: StationDetail }) => {
  const now = useNow(30_000)
  const { inError } = route.useSearch()
  const navigate = route.useNavigate()
  const [q, setQ] = useState('')
  const { data, error, isPending, refetch } = useQuery(variablesQuery(station.id))
  const wanted = q.toLowerCase()
  const rows = (data?.items ?? []).filter(
    (row) => (!inError || isMute(row)) && `${placeOf(row)} ${row.variable} ${row.value ?? ''}`.toLowerCase().includes(wanted),
  )
  const columns: readonly Column<StationVariable>[] = [
    { id: 'component', header: t('variable.component'), cell: placeOf, sortBy: placeOf },
    { id: 'variable', header: t('variable.variable'), cell: ({ variable }) => variable, sortBy: ({ variable }) => variable },
    { id: 'value', header: t('variable.value'), cell: ({ value }) => <code className="c-value">{value || t('variable.noValue')}</code> },
    { id: 'mutability', header: t('variable.mutability'), show: 'wide', cell: ({ mutability }) => mutability ?? '' },
    { id: 'reported', header: t('variable.reported'), show: 'wide', cell: ({ reportedAt }) => <Age at={reportedAt} now={now} /> },
  ]
  if (error && !data) return <ProblemNote error={error} onRetry={() => void refetch()} />
  return (
    <>
      <Filters>
        <SearchFilter value={q} onChange={setQ} label={t('variable.filter')} />
        <InErrorFilter
          value={inError ?? false}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, inError: next || undefined }), replace: true })}
        />
      </Filters>
      <DataTable
        caption={t('station.tab.variables')}
        columns={columns}
        rows={rows}
        rowKey={(row) => `${placeOf(row)}/${row.variable}`}
        toneOf={(row) => (isMute(row) ? 'warning' : undefined)}
        loading={isPending}
        empty={inError ? t('list.noErrors') : q ? t('list.nothingFound') : t('variable.empty')}
      />
    </>
  )
}
