import { IconBolt, IconCalendarEvent, IconMapPin, IconUser, IconWifiOff } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { isOpen, openSessionsQuery } from '../api/queries.ts'
import { useDriver } from '../api/use-driver.ts'
import { text } from '../text.ts'
import { Live } from './live.tsx'
import { useOnline } from './use-online.ts'

const PLACES = [
  { to: '/', icon: IconMapPin, label: text('navFind') },
  { to: '/start', icon: IconBolt, label: text('navStart') },
  { to: '/charging', icon: IconCalendarEvent, label: text('navCharging') },
  { to: '/me', icon: IconUser, label: text('navMe') },
] as const

const Places = () => (
  <nav className="vw-places" aria-label={text('navLabel')}>
    {PLACES.map(({ to, icon: Icon, label }) => (
      <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
        <Icon size={22} stroke={1.75} aria-hidden />
        {label}
      </Link>
    ))}
  </nav>
)

/** The way back to a running session from everywhere. */
const Running = () => {
  const sessions = useQuery(openSessionsQuery)
  const open = sessions.data?.items.find(isOpen)
  const { pathname } = useLocation()
  if (!open || pathname === `/sessions/${open.id}`) return null
  return (
    <aside aria-label={text('running')}>
      <Link to="/sessions/$id" params={{ id: open.id }} className="vw-running">
        <IconBolt size={18} aria-hidden />
        <span>{text('runningAt', { place: open.siteName })}</span>
        <span className="vw-running-go">{text('show')}</span>
      </Link>
    </aside>
  )
}

/** Frame of all pages: where to go, whether we are online, and what is running. */
export const Shell = () => {
  const { driver } = useDriver()
  const online = useOnline()
  return (
    <div className="vw-app">
      <a className="vw-skip" href="#main">
        {text('skip')}
      </a>
      <header className="vw-top">
        <Link to="/" className="vw-brand">
          <img src="/icon.svg" alt="" width={24} height={24} />
          Voltway
        </Link>
        <Places />
      </header>
      {!online && (
        <p className="vw-offline" role="status">
          <IconWifiOff size={18} aria-hidden /> {text('offline')}
        </p>
      )}
      {driver && <Live />}
      {driver && <Running />}
      <main id="main" tabIndex={-1}>
        <Outlet />
      </main>
    </div>
  )
}
