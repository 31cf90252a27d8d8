import { Link, useLocation } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useDriver } from '../api/use-driver.ts'
import { text } from '../text.ts'
import { Waiting } from './states.tsx'

/** Shows its children to drivers, and to everybody else the way in. */
export const SignedIn = ({ children }: { readonly children: ReactNode }) => {
  const { driver, me, known } = useDriver()
  const { pathname } = useLocation()
  if (!known) return <Waiting />
  if (driver) return children
  return (
    <section className="vw-card">
      <p>{me ? text('notADriver') : text('signInFirst')}</p>
      <div className="vw-actions">
        <Link to="/sign-in" search={{ next: pathname }} className="vw-button vw-button-main">
          {text('signIn')}
        </Link>
        <Link to="/sign-up" search={{ next: pathname }} className="vw-button">
          {text('signUp')}
        </Link>
      </div>
    </section>
  )
}
