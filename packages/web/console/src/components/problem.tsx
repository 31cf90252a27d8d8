import { Alert, Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiProblem } from '@voltway/ui'
import { t } from '../text.ts'

/** What went wrong, in the server's words, and a way on. */
export const ProblemNote = ({
  error,
  onRetry,
  title,
}: {
  readonly error: Error
  readonly onRetry?: () => void
  readonly title?: string
}) => (
  <Alert
    color="red"
    variant="outline"
    className="c-problem"
    icon={<IconAlertTriangle size={18} aria-hidden />}
    title={title ?? t('page.failed')}
    role="alert"
  >
    <p>{error.message}</p>
    {error instanceof ApiProblem && error.errors.length > 0 && (
      <ul>
        {error.errors.map(({ path, message }) => (
          <li key={path + message}>
            <code>{path.replace(/^body\./, '')}</code> {message}
          </li>
        ))}
      </ul>
    )}
    {onRetry && (
      <Button size="xs" variant="default" onClick={onRetry}>
        {t('page.retry')}
      </Button>
    )}
  </Alert>
)

/** The faults of a problem that belong to a field of a form; `body.name` is asked for as `name`. */
export const faultAt = (error: Error | null | undefined, path: string): string | undefined =>
  error instanceof ApiProblem ? error.errors.find((fault) => fault.path.replace(/^body\.(definition\.)?/, '') === path)?.message : undefined
