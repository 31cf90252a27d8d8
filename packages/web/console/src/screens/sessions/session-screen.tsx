import { Button } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconFileTypePdf, IconPlayerStop } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { api, formatDateTime } from '@voltway/ui'
import type { Session } from '../../api-types.ts'
import { Confirm } from '../../components/confirm.tsx'
import { CostTable } from '../../components/cost-table.tsx'
import { Page, Part } from '../../components/page.tsx'
import { ProblemNote } from '../../components/problem.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { sessionQuery } from '../../queries.ts'
import { t } from '../../text.ts'
import { useAction } from '../../use-action.ts'
import { useScopes } from '../../use-scopes.ts'
import { HeldReview } from './held-review.tsx'
import { SessionChart } from './session-chart.tsx'
import { SessionFacts } from './session-facts.tsx'
import { SessionFigures } from './session-figures.tsx'
import { SessionLedger } from './session-ledger.tsx'

const route = getRouteApi('/shell/sessions/$id')

const Stop = ({ session }: { readonly session: Session }) => {
  const [asking, { open, close }] = useDisclosure(false)
  const stop = useAction({
    run: () => api('POST', `/sessions/${session.id}/stop`, {}),
    stale: [['sessions'], ['stations']],
    said: () => t('session.stopped'),
    onDone: close,
  })
  return (
    <>
      <Button size="xs" color="red" leftSection={<IconPlayerStop size={14} aria-hidden />} onClick={open}>
        {t('session.stop')}
      </Button>
      <Confirm
        opened={asking}
        title={t('session.stopTitle')}
        hint={t('session.stopHint')}
        confirm={t('session.stop')}
        waiting={stop.isPending}
        onConfirm={() => stop.mutate()}
        onClose={close}
      />
    </>
  )
}

const Actions = ({ session }: { readonly session: Session }) => {
  const may = useScopes()
  return (
    <>
      {session.receiptNumber !== undefined && (
        <Button
          component="a"
          href={`/api/v1/sessions/${session.id}/receipt.pdf`}
          target="_blank"
          size="xs"
          variant="default"
          leftSection={<IconFileTypePdf size={14} aria-hidden />}
        >
          {t('session.receipt', { number: session.receiptNumber })}
        </Button>
      )}
      {!session.endedAt && may('sessions:write') && <Stop session={session} />}
    </>
  )
}

/** One session: its figures, what it drew against its plan, its cost, and who it was. */
export const SessionScreen = () => {
  const { id } = route.useParams()
  const may = useScopes()
  const { data: session, error, refetch } = useQuery(sessionQuery(id))
  const back = <Link to="/sessions">{t('page.back', { name: t('sessions.title') })}</Link>
  if (!session)
    return (
      <Page title={t('sessions.title')} back={back}>
        {error && <ProblemNote error={error} onRetry={() => void refetch()} />}
      </Page>
    )
  return (
    <Page
      title={t('session.title', { time: formatDateTime(session.startedAt, session.timeZone) })}
      back={back}
      beside={<StateWord family="sessionState" state={session.state} />}
      actions={<Actions session={session} />}
    >
      <div>
        {session.state === 'held' && <HeldReview session={session} mayDecide={may('sessions:write')} />}
        <SessionFigures session={session} />
      </div>
      <SessionChart session={session} />
      <div className="c-columns c-part">
        <Part title={t('session.facts')}>
          <SessionFacts session={session} />
        </Part>
        <Part title={t('cost.title')}>
          {session.cost ? <CostTable cost={session.cost} /> : <div className="c-surface">{t('session.costNone')}</div>}
        </Part>
      </div>
      {session.receiptNumber !== undefined && may('billing:read') && <SessionLedger session={session} />}
    </Page>
  )
}
