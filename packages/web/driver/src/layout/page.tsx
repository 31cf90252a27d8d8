import { IconArrowLeft } from '@tabler/icons-react'
import { useCanGoBack, useNavigate, useRouter } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { text } from '../text.ts'

export interface PageProps {
  readonly title: string
  readonly children: ReactNode
  /** Where back leads when the page was opened directly; none for the four main places. */
  readonly back?: '/' | '/start' | '/charging' | '/me'
  readonly wide?: boolean
}

/** A page with its one heading; what the browser's tab says follows it. */
export const Page = ({ title, children, back, wide = false }: PageProps) => {
  const router = useRouter()
  const canGoBack = useCanGoBack()
  const navigate = useNavigate()
  useEffect(() => {
    document.title = `${title} · Voltway`
  }, [title])
  return (
    <div className={wide ? 'vw-page vw-page-wide' : 'vw-page'}>
      <div className="vw-heading">
        {back && (
          <button
            type="button"
            className="vw-back"
            aria-label={text('back')}
            onClick={() => (canGoBack ? router.history.back() : void navigate({ to: back }))}
          >
            <IconArrowLeft size={22} aria-hidden />
          </button>
        )}
        <h1>{title}</h1>
      </div>
      {children}
    </div>
  )
}
