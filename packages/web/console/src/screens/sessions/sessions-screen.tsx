import { Button, Checkbox } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useNow } from '@voltway/ui'
import type { Session } from '../../api-types.ts'
import { causeWord } from '../../cause-word.ts'
import { ChoiceFilter, Filters, InErrorFilter, SiteFilter } from '../../components/filters.tsx'
import { ListView } from '../../components/list-view.tsx'
import { Page } from '../../components/page.tsx'
import { listQuery } from '../../queries.ts'
import { t, wordOf } from '../../text.ts'
import { DayFilter } from './day-filter.tsx'
import { LostSessions } from './lost-sessions.tsx'
import { sessionColumns, sessionTone } from './session-columns.tsx'

const route = getRouteApi('/shell/sessions')
const STATES = ['pending', 'charging', 'suspended', 'idle', 'ended', 'held', 'billed']

/** All charging sessions, newest first; those that run change as one looks. */
export const SessionsScreen = () => {
  const { lostStep, lostCause, lostCode, days, ...search } = route.useSearch()
  const navigate = route.useNavigate()
  const now = useNow(10_000)
  const filter = (change: Partial<typeof search>) => void navigate({ search: (old) => ({ ...old, ...change }), replace: true })
  const query = useInfiniteQuery({ ...listQuery<Session>('sessions', '/sessions', search), enabled: lostStep === undefined })
  if (lostStep !== undefined && lostCause !== undefined)
    return (
      <Page
        title={t('sessions.lost', { step: wordOf('step', lostStep), cause: causeWord(lostCause, lostCode) })}
        back={<Link to="/">{t('page.back', { name: t('now.title') })}</Link>}
      >
        <LostSessions step={lostStep} cause={lostCause} code={lostCode} days={Number(days) || 7} />
      </Page>
    )
  return (
    <Page title={t('sessions.title')}>
      <div>
        <Filters>
          <SiteFilter value={search.siteId} onChange={(siteId) => filter({ siteId })} />
          <ChoiceFilter
            label={t('sessions.state')}
            all={t('list.allStates')}
            value={search.state}
            options={STATES.map((state) => ({ value: state, label: wordOf('sessionState', state) }))}
            onChange={(state) => filter({ state })}
          />
          <DayFilter label={t('sessions.from')} value={search.from} onChange={(from) => filter({ from })} />
          <DayFilter label={t('sessions.to')} value={search.to} onChange={(to) => filter({ to })} last />
          <Checkbox
            size="xs"
            label={t('sessions.active')}
            checked={search.active ?? false}
            onChange={({ currentTarget }) => filter({ active: currentTarget.checked || undefined })}
          />
          <InErrorFilter value={search.inError ?? false} onChange={(inError) => filter({ inError: inError || undefined })} />
          {(search.stationId || search.evseId || search.driverId) && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => filter({ stationId: undefined, evseId: undefined, driverId: undefined })}
            >
              {t(search.driverId ? 'sessions.ofDriver' : 'sessions.atStation')} ×
            </Button>
          )}
        </Filters>
        <ListView
          caption={t('sessions.title')}
          query={query}
          columns={sessionColumns(now)}
          rowKey={({ id }) => id}
          toneOf={sessionTone}
          empty={search.inError ? t('list.noErrors') : Object.keys(search).length > 0 ? t('list.nothingFound') : t('sessions.empty')}
        />
      </div>
    </Page>
  )
}
