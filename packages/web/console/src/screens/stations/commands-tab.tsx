import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import { type Column, Time } from '@voltway/ui'
import { useState } from 'react'
import type { StationCommand, StationDetail } from '../../api-types.ts'
import { Filters, InErrorFilter } from '../../components/filters.tsx'
import { prettyJson } from '../../components/json-text.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Part } from '../../components/page.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { listQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useScopes } from '../../use-scopes.ts'
import { CommandForm } from './command-form.tsx'

const route = getRouteApi('/shell/stations/$id')
const answerOf = ({ answer, error }: StationCommand) => error ?? (answer === undefined ? '' : JSON.stringify(answer))

const History = ({ station, onAgain }: { readonly station: StationDetail; readonly onAgain: (command: StationCommand) => void }) => {
  const { inError } = route.useSearch()
  const navigate = route.useNavigate()
  const query = useInfiniteQuery(listQuery<StationCommand>('commands', `/stations/${station.id}/commands`, { inError }))
  const columns: readonly Column<StationCommand>[] = [
    { id: 'at', header: t('command.at'), cell: ({ requestedAt }) => <Time at={requestedAt} /> },
    {
      id: 'action',
      header: t('command.action'),
      cell: (command) => (
        <>
          <button type="button" className="c-link-button" title={t('command.again')} onClick={() => onAgain(command)}>
            {command.action}
          </button>
          <code className="c-sub c-clip" title={prettyJson(command.payload)}>
            {JSON.stringify(command.payload)}
          </code>
        </>
      ),
    },
    { id: 'state', header: t('command.state'), cell: ({ state }) => <StateWord family="commandState" state={state} /> },
    {
      id: 'answer',
      header: t('command.answer'),
      cell: (command) => (
        <code className="c-clip" title={prettyJson(command.answer ?? command.error ?? '')}>
          {answerOf(command)}
        </code>
      ),
    },
    {
      id: 'by',
      header: t('command.by'),
      show: 'wider',
      cell: ({ requestedBy }) => <code className="c-clip c-clip-short">{requestedBy}</code>,
    },
  ]
  return (
    <>
      <Filters>
        <InErrorFilter
          value={inError ?? false}
          onChange={(next) => void navigate({ search: (old) => ({ ...old, inError: next || undefined }), replace: true })}
        />
      </Filters>
      <ListView
        caption={t('command.history')}
        query={query}
        columns={columns}
        rowKey={({ id }) => id}
        toneOf={({ state }) => (state === 'failed' || state === 'expired' ? 'error' : undefined)}
        empty={inError ? t('list.noErrors') : t('command.historyEmpty')}
      />
    </>
  )
}

/** Any OCPP action by its form or as JSON, the station's own answer, and what was asked before. */
export const CommandsTab = ({ station }: { readonly station: StationDetail }) => {
  const may = useScopes()
  const [draft, setDraft] = useState<Pick<StationCommand, 'action' | 'payload'>>()
  return (
    <div className="c-columns">
      {may('commands:write') && (
        <Part
          title={t('command.title')}
          hint={station.ocppVersion && t('command.version', { version: station.ocppVersion.replace('ocpp', 'OCPP ') })}
        >
          {station.ocppVersion ? (
            <CommandForm key={JSON.stringify(draft)} station={station} version={station.ocppVersion} draft={draft} />
          ) : (
            <div className="c-surface">{t('command.noVersion')}</div>
          )}
        </Part>
      )}
      <Part title={t('command.history')}>
        <History station={station} onAgain={setDraft} />
      </Part>
    </div>
  )
}
