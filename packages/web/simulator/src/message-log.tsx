import { SegmentedControl } from '@mantine/core'
import { IconAlertTriangle, IconArrowDownLeft, IconArrowUpRight, IconCheck } from '@tabler/icons-react'
import { type Column, DataTable, formatExact, userLocale } from '@voltway/ui'
import { useState } from 'react'
import type { SimMessage } from './simulator-api.ts'
import { t } from './text.ts'

const SHOWN = 60
const clock = new Intl.DateTimeFormat(userLocale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' })
type Row = SimMessage & { readonly key: string }

const COLUMNS: readonly Column<Row>[] = [
  {
    id: 'at',
    header: t('log.at'),
    cell: ({ at }) => (
      <time dateTime={at} title={formatExact(at)}>
        {clock.format(new Date(at))}
      </time>
    ),
  },
  {
    id: 'direction',
    header: t('log.direction'),
    cell: ({ direction }) => (
      <span className="s-word s-direction" data-direction={direction}>
        {direction === 'out' ? <IconArrowUpRight size={15} aria-hidden /> : <IconArrowDownLeft size={15} aria-hidden />}
        {t(`log.${direction}`)}
      </span>
    ),
  },
  { id: 'action', header: t('log.action'), cell: ({ action }) => <strong>{action}</strong> },
  {
    id: 'schema',
    header: t('log.schema'),
    cell: ({ ok }) => (
      <span className="s-word" style={{ color: `var(--vw-${ok ? 'available' : 'faulted'})` }}>
        {ok ? <IconCheck size={15} aria-hidden /> : <IconAlertTriangle size={15} aria-hidden />}
        {t(ok ? 'log.ok' : 'log.bad')}
      </span>
    ),
  },
  {
    id: 'text',
    header: t('log.text'),
    show: 'wide',
    cell: ({ text }) => (
      <details className="s-frame">
        <summary>
          <code>{text}</code>
        </summary>
        <pre>{pretty(text)}</pre>
      </details>
    ),
  },
]

const pretty = (text: string) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** What the station and the platform said, newest first, each with whether it keeps to the schema. */
export const MessageLog = ({ log }: { readonly log: readonly SimMessage[] }) => {
  const [onlyBad, setOnlyBad] = useState(false)
  const rows = log
    .map((message, index) => ({ ...message, key: `${message.at} ${index} ${message.action}` }))
    .filter(({ ok }) => !onlyBad || !ok)
    .slice(-SHOWN)
    .reverse()
  return (
    <section className="s-log">
      <header>
        <h3>{t('log.title')}</h3>
        <SegmentedControl
          size="xs"
          aria-label={t('log.which')}
          value={onlyBad ? 'bad' : 'all'}
          onChange={(next) => setOnlyBad(next === 'bad')}
          data={[
            { value: 'all', label: t('log.all') },
            { value: 'bad', label: t('log.onlyBad') },
          ]}
        />
      </header>
      <DataTable
        caption={t('log.title')}
        columns={COLUMNS}
        rows={rows}
        rowKey={({ key }) => key}
        toneOf={({ ok }) => (ok ? undefined : 'error')}
        empty={t('log.empty')}
      />
    </section>
  )
}
