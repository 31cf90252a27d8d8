import { VisuallyHidden } from '@mantine/core'
import { formatExact, userLocale } from '@voltway/ui'
import { type CSSProperties, Fragment, useEffect, useRef } from 'react'
import type { Lifeline, SequenceRow } from './sequence-rows.ts'
import { t } from './text.ts'

const clock = new Intl.DateTimeFormat(userLocale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' })
/** Nearer to its end than this, the box follows what is new. */
const FOLLOW_PX = 40

/** Names of messages are many words in one: they break between them. */
const breakable = (message: string) =>
  message.split(/(?<=[a-z0-9])(?=[A-Z])/).map((word, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of one name have no other identity
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {word}
    </Fragment>
  ))

const Arrow = ({ row, lines }: { readonly row: SequenceRow; readonly lines: readonly Lifeline[] }) => {
  const { at, from, to, message, code, isBad, times } = row
  const [start, end] = [lines.indexOf(from), lines.indexOf(to)]
  const place = { gridColumn: `${Math.min(start, end) * 2 + 3} / span 2` }
  return (
    <li className="s-arrow" data-bad={isBad || undefined}>
      <time dateTime={at} title={formatExact(at)}>
        {clock.format(new Date(at))}
      </time>
      <div className="s-arrow-line" data-back={end < start || undefined} style={place}>
        <span className="s-arrow-name" title={message}>
          <VisuallyHidden>{t('sequence.fromTo', { from: t(`line.${from}`), to: t(`line.${to}`) })} </VisuallyHidden>
          {breakable(message)}
        </span>
        <span className="s-arrow-code">{[code, times > 1 && t('sequence.times', { times })].filter(Boolean).join(' · ')}</span>
      </div>
    </li>
  )
}

export interface SequenceProps {
  readonly rows: readonly SequenceRow[]
  /** The columns to show; rows between others are left out. */
  readonly lines: readonly Lifeline[]
  readonly label: string
}

/** Messages as arrows between lifelines, in their order; the box scrolls by itself to what is new while its end is in sight. */
export const Sequence = ({ rows, lines, label }: SequenceProps) => {
  const box = useRef<HTMLElement>(null)
  const follows = useRef(true)
  const shown = rows.filter(({ from, to }) => lines.includes(from) && lines.includes(to))
  const newest = shown.at(-1)?.key
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new row, or other columns, move the end
  useEffect(() => {
    if (box.current && follows.current) box.current.scrollTop = box.current.scrollHeight
  }, [newest, shown.length, lines.length])
  return (
    <section
      ref={box}
      className="s-sequence"
      aria-label={label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
      tabIndex={0}
      style={{ '--lines': lines.length, '--halves': lines.length * 2 } as CSSProperties}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        follows.current = scrollHeight - scrollTop - clientHeight < FOLLOW_PX
      }}
    >
      <div className="s-lifelines" aria-hidden>
        {lines.map((line, index) => (
          <span key={line} style={{ gridColumn: `${index * 2 + 2} / span 2` }}>
            {t(`line.${line}`)}
          </span>
        ))}
      </div>
      <ol>
        {shown.map((row) => (
          <Arrow key={row.key} row={row} lines={lines} />
        ))}
      </ol>
    </section>
  )
}
