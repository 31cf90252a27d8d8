import { IconAlertTriangle, IconInfoCircle } from '@tabler/icons-react'
import { ApiProblem } from '@voltway/ui'
import type { ReactNode } from 'react'
import { text } from '../text.ts'
import { problemText } from './problem-text.ts'

export const Waiting = ({ rows = 3 }: { readonly rows?: number }) => (
  <div role="status" aria-label={text('loading')} className="vw-waiting">
    {['a', 'b', 'c', 'd'].slice(0, rows).map((row) => (
      <div key={row} />
    ))}
  </div>
)

export const Empty = ({ children }: { readonly children: ReactNode }) => <p className="vw-empty">{children}</p>

export const Notice = ({ tone = 'info', children }: { readonly tone?: 'info' | 'good' | 'warn' | 'bad'; readonly children: ReactNode }) => {
  const Icon = tone === 'info' || tone === 'good' ? IconInfoCircle : IconAlertTriangle
  return (
    <div className={`vw-notice vw-notice-${tone}`} role={tone === 'bad' ? 'alert' : undefined}>
      <Icon size={20} aria-hidden />
      <div>{children}</div>
    </div>
  )
}

/** What went wrong, in words, and a way on. */
export const Failure = ({ error, onRetry }: { readonly error: unknown; readonly onRetry?: () => void }) => (
  <Notice tone="bad">
    <p>{problemText(error)}</p>
    {onRetry && !(error instanceof ApiProblem && error.status < 500) && (
      <button type="button" className="vw-button vw-button-small" onClick={onRetry}>
        {text('retry')}
      </button>
    )}
  </Notice>
)
