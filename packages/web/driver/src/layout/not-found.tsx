import { Link } from '@tanstack/react-router'
import { text } from '../text.ts'
import { Page } from './page.tsx'

export const NotFound = () => (
  <Page title={text('notFoundTitle')} back="/">
    <p>{text('notFoundText')}</p>
    <Link to="/">{text('navFind')}</Link>
  </Page>
)
