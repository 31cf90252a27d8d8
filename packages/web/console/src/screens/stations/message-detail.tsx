import { Button, CopyButton, SegmentedControl } from '@mantine/core'
import { formatExact } from '@voltway/ui'
import { useState } from 'react'
import type { OcppMessage } from '../../api-types.ts'
import { Facts } from '../../components/facts.tsx'
import { JsonText, prettyJson } from '../../components/json-text.tsx'
import { StateWord } from '../../components/state-word.tsx'
import { t } from '../../text.ts'
import { violationsOf } from './read-message.ts'

/** One message as it was on the wire, made readable or raw, with what was wrong in it. */
export const MessageDetail = ({ message }: { readonly message: OcppMessage }) => {
  const [raw, setRaw] = useState(false)
  const violations = violationsOf(message)
  const frames = [
    [t('message.request'), message.request],
    [t('message.response'), message.response],
  ] as const
  return (
    <div className="c-detail">
      <Facts
        facts={[
          [t('message.at'), formatExact(message.at)],
          [t('message.direction'), t(`message.${message.direction}`)],
          [
            t('message.outcome'),
            <StateWord key="outcome" family="outcome" state={message.outcome === 'pending' ? 'queued' : message.outcome} />,
          ],
          [t('message.id'), <code key="id">{message.messageId}</code>],
        ]}
      />
      {violations.length > 0 && (
        <div className="c-violations">
          <h3>{t('message.violations', { count: violations.length })}</h3>
          <ul>
            {violations.map((violation) => (
              <li key={violation}>{violation}</li>
            ))}
          </ul>
        </div>
      )}
      <SegmentedControl
        size="xs"
        aria-label={t('message.as')}
        value={raw ? 'raw' : 'pretty'}
        onChange={(view) => setRaw(view === 'raw')}
        data={[
          { value: 'pretty', label: t('message.pretty') },
          { value: 'raw', label: t('message.raw') },
        ]}
      />
      {frames.map(([label, frame]) => (
        <section key={label}>
          <header className="c-part-head">
            <h3>{label}</h3>
            {frame !== undefined && (
              <CopyButton value={frame}>
                {({ copied, copy }) => (
                  <Button size="compact-xs" variant="subtle" onClick={copy} aria-label={`${t('do.copy')}: ${label}`}>
                    {copied ? t('do.copied') : t('do.copy')}
                  </Button>
                )}
              </CopyButton>
            )}
          </header>
          {frame === undefined ? (
            <p className="c-sub">{t('message.noResponse')}</p>
          ) : (
            <JsonText text={raw ? frame : prettyJson(frame)} label={label} />
          )}
        </section>
      ))}
    </div>
  )
}
