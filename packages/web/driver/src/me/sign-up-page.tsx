import '../kit.ts'
import { Button } from '@mantine/core'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import { Page } from '../layout/page.tsx'
import { Failure } from '../layout/states.tsx'
import { text } from '../text.ts'
import { AccountField } from './account-field.tsx'
import { useEnter } from './use-enter.ts'

const route = getRouteApi('/sign-up')
const LEAST_PASSWORD = 12

export const SignUpPage = () => {
  const { next } = route.useSearch()
  const enter = useEnter('/api/auth/sign-up/email', next)
  const [name, setName] = useState('')
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  return (
    <Page title={text('signUp')} back="/me">
      <form
        className="vw-card vw-form"
        onSubmit={(event) => {
          event.preventDefault()
          enter.mutate({ name, email, password })
        }}
      >
        <AccountField label={text('name')} autoComplete="name" value={name} onType={setName} />
        <AccountField type="email" label={text('email')} autoComplete="username" value={email} onType={setEmail} />
        <AccountField
          type="password"
          label={text('password')}
          description={text('passwordHint', { length: LEAST_PASSWORD })}
          minLength={LEAST_PASSWORD}
          autoComplete="new-password"
          value={password}
          onType={setPassword}
        />
        {enter.error && <Failure error={enter.error} />}
        <Button size="lg" type="submit" loading={enter.isPending}>
          {text('signUp')}
        </Button>
        <p>
          {text('haveAccount')}{' '}
          <Link to="/sign-in" search={next ? { next } : {}}>
            {text('signIn')}
          </Link>
        </p>
      </form>
    </Page>
  )
}
