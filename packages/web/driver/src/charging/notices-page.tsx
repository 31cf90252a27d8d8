import '../kit.ts'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { api, formatAge, formatExact, useNow } from '@voltway/ui'
import { noticePagesQuery, useChange } from '../api/queries.ts'
import type { Notice } from '../api/types.ts'
import { Page } from '../layout/page.tsx'
import { ShowMore } from '../layout/show-more.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Empty, Failure, Waiting } from '../layout/states.tsx'
import { text } from '../text.ts'
import { noticeText } from './notice-text.ts'

const Row = ({ notice, now }: { readonly notice: Notice; readonly now: number }) => {
  const words = (
    <span className="vw-row-main">
      <span className={notice.readAt ? undefined : 'vw-unread'}>
        {!notice.readAt && <span className="vw-hidden">{text('unread')} </span>}
        {noticeText(notice.kind, notice.data)}
      </span>
      <time className="vw-muted" dateTime={notice.createdAt} title={formatExact(notice.createdAt)}>
        {formatAge(notice.createdAt, now)}
      </time>
    </span>
  )
  return notice.sessionId ? (
    <Link to="/sessions/$id" params={{ id: notice.sessionId }} className="vw-row">
      {words}
    </Link>
  ) : (
    <div className="vw-row">{words}</div>
  )
}

const Notices = () => {
  const query = useInfiniteQuery(noticePagesQuery)
  const now = useNow(10_000)
  const notices = query.data?.pages.flatMap(({ items }) => items) ?? []
  const unread = notices.filter(({ readAt }) => readAt === undefined)
  const readAll = useChange(() => Promise.all(unread.map(({ id }) => api('POST', `/driver/notifications/${id}/read`))), [['notices']])
  if (query.isPending) return <Waiting />
  if (query.isError && notices.length === 0) return <Failure error={query.error} onRetry={() => void query.refetch()} />
  if (notices.length === 0) return <Empty>{text('noNotices')}</Empty>
  return (
    <>
      {unread.length > 0 && (
        <Button size="md" variant="default" loading={readAll.isPending} onClick={() => readAll.mutate(undefined)}>
          {text('readAll')}
        </Button>
      )}
      <ul className="vw-list vw-rows">
        {notices.map((notice) => (
          <li key={notice.id}>
            <Row notice={notice} now={now} />
          </li>
        ))}
      </ul>
      <ShowMore pages={query} count={notices.length} />
    </>
  )
}

/** What the driver was told, newest first. */
export const NoticesPage = () => (
  <Page title={text('notices')} back="/charging">
    <SignedIn>
      <Notices />
    </SignedIn>
  </Page>
)
