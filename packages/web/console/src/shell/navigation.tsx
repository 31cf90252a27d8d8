import {
  IconBolt,
  IconBook2,
  IconCalendarClock,
  IconChargingPile,
  IconGauge,
  IconListDetails,
  IconMap2,
  IconReceipt2,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { t } from '../text.ts'

export const SCREENS = [
  { to: '/', text: 'nav.now', icon: IconGauge },
  { to: '/map', text: 'nav.map', icon: IconMap2 },
  { to: '/stations', text: 'nav.stations', icon: IconChargingPile },
  { to: '/sessions', text: 'nav.sessions', icon: IconListDetails },
  { to: '/reservations', text: 'nav.reservations', icon: IconCalendarClock },
  { to: '/energy', text: 'nav.energy', icon: IconBolt },
  { to: '/drivers', text: 'nav.drivers', icon: IconUsers },
  { to: '/tariffs', text: 'nav.tariffs', icon: IconReceipt2 },
  { to: '/ledger', text: 'nav.ledger', icon: IconBook2 },
  { to: '/settings', text: 'nav.settings', icon: IconSettings },
] as const

/** The console's screens; the current one is marked for eyes and readers. */
export const Navigation = () => (
  <nav aria-label={t('nav.label')} className="c-nav">
    {SCREENS.map(({ to, text, icon: Icon }) => (
      <Link key={to} to={to} activeOptions={{ exact: to === '/', includeSearch: false }} activeProps={{ 'aria-current': 'page' }}>
        <Icon size={18} stroke={1.75} aria-hidden />
        {t(text)}
      </Link>
    ))}
  </nav>
)
