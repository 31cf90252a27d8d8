import '../kit.ts'
import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Page } from '../layout/page.tsx'
import { Failure } from '../layout/states.tsx'
import { text } from '../text.ts'
import { AccountField } from './account-field.tsx'
import { useEnter } from './use-enter.ts'

const route = getRouteApi('/sign-in')

export const SignInPage = () => {
  const { next } = route.useSearch()
  const enter = useEnter('/api/auth/sign-in/email', next)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  return (
    <Page title={text('signIn')} back="/me">
      <form
        className="vw-card vw-form"
        onSubmit={(event) => {
          event.preventDefault()
          enter.mutate({ email, password })
        }}
      >
        <AccountField type="email" label={text('email')} autoComplete="username" value={email} onType={setEmail} />
        <AccountField type="password" label={text('password')} autoComplete="current-password" value={password} onType={setPassword} />
        {enter.error && <Failure error={enter.error} />}
        <Button size="lg" type="submit" loading={enter.isPending}>
          {text('signIn')}
        </Button>
        <p>
          {text('noAccount')}{' '}
          <Link to="/sign-up" search={next ? { next } : {}}>
            {text('signUp')}
          </Link>
        </p>
      </form>
    </Page>
  )
}
