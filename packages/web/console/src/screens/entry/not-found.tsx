import { Link } from '@tanstack/react-router'
import { t } from '../../text.ts'

export const NotFound = () => (
  <main className="c-entry">
    <div className="c-entry-card">
      <h1>{t('page.notFound')}</h1>
      <p>{t('page.notFoundHint')}</p>
      <Link to="/">{t('nav.now')}</Link>
    </div>
  </main>
)
