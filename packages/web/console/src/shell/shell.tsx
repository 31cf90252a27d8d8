import { AppShell, Burger, Loader } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { Outlet, useLocation } from '@tanstack/react-router'
import { ApiProblem } from '@voltway/ui'
import { useEffect } from 'react'
import type { Me } from '../api-types.ts'
import { ProblemNote } from '../components/problem.tsx'
import { useConsoleLive } from '../live.ts'
import { meQuery } from '../queries.ts'
import { NotOperator, SignIn } from '../screens/entry/sign-in.tsx'
import { t } from '../text.ts'
import { AccountMenu } from './account-menu.tsx'
import { LiveMark } from './live-mark.tsx'
import { Navigation } from './navigation.tsx'
import { Palette, PaletteButton } from './palette.tsx'

const OPERATORS = ['owner', 'operator', 'viewer']

const Frame = ({ me }: { readonly me: Me }) => {
  const [opened, { toggle, close }] = useDisclosure(false)
  const live = useConsoleLive()
  const { pathname } = useLocation()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the drawer closes at every change of address
  useEffect(close, [pathname])
  return (
    <AppShell header={{ height: 48 }} navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !opened } }} padding={0}>
      <a className="c-skip" href="#content">
        {t('nav.skip')}
      </a>
      <AppShell.Header className="c-header">
        <Burger opened={opened} onClick={toggle} hiddenFrom="sm" size="sm" aria-label={t('nav.open')} />
        <span className="c-brand">
          {t('app.name')} <span>{me.tenant.name}</span>
        </span>
        <PaletteButton />
        <LiveMark state={live} />
        <AccountMenu me={me} />
      </AppShell.Header>
      <AppShell.Navbar className="c-navbar">
        <Navigation />
      </AppShell.Navbar>
      <AppShell.Main id="content" tabIndex={-1} className="c-main">
        <Outlet />
      </AppShell.Main>
      <Palette />
    </AppShell>
  )
}

/** Everything behind the sign-in; a deep address stays while one signs in. */
export const Shell = () => {
  const { data: me, error, isPending, refetch } = useQuery(meQuery)
  if (isPending)
    return (
      <div className="c-entry">
        <Loader />
      </div>
    )
  if (error instanceof ApiProblem && error.status === 401) return <SignIn />
  if (!me)
    return (
      <div className="c-entry">
        <ProblemNote error={error} onRetry={() => void refetch()} />
      </div>
    )
  return me.roles.some((role) => OPERATORS.includes(role)) ? <Frame me={me} /> : <NotOperator />
}
