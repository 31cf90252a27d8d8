import { type ReactNode, useEffect } from 'react'
import { t } from '../text.ts'

export interface PageProps {
  readonly title: string
  /** Beside the title: states, small facts. */
  readonly beside?: ReactNode
  readonly actions?: ReactNode
  readonly back?: ReactNode
  readonly children: ReactNode
}

/** A screen: one heading, what can be done, and the content. */
export const Page = ({ title, beside, actions, back, children }: PageProps) => {
  useEffect(() => {
    document.title = `${title} · ${t('app.name')}`
  }, [title])
  return (
    <>
      {back && <div className="c-back">{back}</div>}
      <header className="c-page-head">
        <h1>{title}</h1>
        {beside && <div className="c-beside">{beside}</div>}
        {actions && <div className="c-actions">{actions}</div>}
      </header>
      {children}
    </>
  )
}

/** A part of a screen under its own heading. */
export const Part = ({
  title,
  hint,
  actions,
  children,
}: {
  readonly title: string
  readonly hint?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}) => (
  <section className="c-part">
    <header className="c-part-head">
      <h2>{title}</h2>
      {hint && <p>{hint}</p>}
      {actions && <div className="c-actions">{actions}</div>}
    </header>
    {children}
  </section>
)
