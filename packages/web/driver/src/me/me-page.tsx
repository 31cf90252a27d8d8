import '../kit.ts'
import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { api, formatDay } from '@voltway/ui'
import { tokensQuery } from '../api/queries.ts'
import { useDriver } from '../api/use-driver.ts'
import { Page } from '../layout/page.tsx'
import { SignedIn } from '../layout/signed-in.tsx'
import { Empty, Failure } from '../layout/states.tsx'
import { text } from '../text.ts'
import { PushSwitch } from './push-switch.tsx'
import { Vehicles } from './vehicles.tsx'

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone

const Tokens = () => {
  const tokens = useQuery(tokensQuery)
  return (
    <section className="vw-group">
      <h2>{text('cards')}</h2>
      {tokens.isError && <Failure error={tokens.error} onRetry={() => void tokens.refetch()} />}
      {tokens.data?.items.length === 0 && <Empty>{text('noCards')}</Empty>}
      <ul className="vw-list vw-rows">
        {tokens.data?.items.map((token) => (
          <li key={token.id} className="vw-row">
            <span className="vw-row-main">
              <strong>{token.label}</strong>
              <span className="vw-muted vw-mono">•••• {token.lastFour}</span>
            </span>
            <span className="vw-row-end vw-muted">
              {token.state === 'blocked'
                ? text('cardBlocked')
                : token.lastUsedAt
                  ? text('lastUsed', { day: formatDay(token.lastUsedAt, here()) })
                  : text('neverUsed')}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

const SignOut = () => {
  const queries = useQueryClient()
  const navigate = useNavigate()
  const leave = async () => {
    await api('POST', '/api/auth/sign-out', {})
    // Nothing of this driver stays on the phone.
    if ('caches' in globalThis) await caches.delete('facts')
    sessionStorage.clear()
    queries.clear()
    await navigate({ to: '/' })
  }
  return (
    <Button size="lg" variant="default" onClick={() => void leave()}>
      {text('signOut')}
    </Button>
  )
}

const Profile = () => {
  const { me } = useDriver()
  return (
    <>
      <section className="vw-card vw-person">
        <strong>{me?.user.name}</strong>
        <span className="vw-muted">{me?.user.email}</span>
        <span className="vw-muted">{text('withOperator', { operator: me?.tenant.name ?? '' })}</span>
      </section>
      <Vehicles />
      <Tokens />
      <PushSwitch />
      <SignOut />
    </>
  )
}

/** Who I am here: cars, cards, what I want to be told. */
export const MePage = () => (
  <Page title={text('navMe')}>
    <SignedIn>
      <Profile />
    </SignedIn>
  </Page>
)
