import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router'
import { NotFound } from './screens/entry/not-found.tsx'
import { SetUpScreen } from './screens/entry/set-up.tsx'
import { readSearch } from './search.ts'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound })
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
const inShell = { getParentRoute: () => shell } as const

const setUp = createRoute({ getParentRoute: () => root, path: '/setup', validateSearch: readSearch(['token'], []), component: SetUpScreen })
const now = createRoute({
  ...inShell,
  path: '/',
  validateSearch: readSearch(['days'], []),
  component: lazyRouteComponent(() => import('./screens/now/now-screen.tsx'), 'NowScreen'),
})
const map = createRoute({
  ...inShell,
  path: '/map',
  validateSearch: readSearch(['site'], []),
  component: lazyRouteComponent(() => import('./screens/map/map-screen.tsx'), 'MapScreen'),
})
const stations = createRoute({
  ...inShell,
  path: '/stations',
  validateSearch: readSearch(['q', 'siteId', 'status'], ['inError', 'create']),
  component: lazyRouteComponent(() => import('./screens/stations/stations-screen.tsx'), 'StationsScreen'),
})
const station = createRoute({
  ...inShell,
  path: '/stations/$id',
  validateSearch: readSearch(['tab', 'action', 'direction'], ['inError']),
  component: lazyRouteComponent(() => import('./screens/stations/station-screen.tsx'), 'StationScreen'),
})
const sessions = createRoute({
  ...inShell,
  path: '/sessions',
  validateSearch: readSearch(
    ['state', 'siteId', 'stationId', 'evseId', 'driverId', 'from', 'to', 'lostStep', 'lostCause', 'lostCode', 'days'],
    ['inError', 'active'],
  ),
  component: lazyRouteComponent(() => import('./screens/sessions/sessions-screen.tsx'), 'SessionsScreen'),
})
const session = createRoute({
  ...inShell,
  path: '/sessions/$id',
  component: lazyRouteComponent(() => import('./screens/sessions/session-screen.tsx'), 'SessionScreen'),
})
const reservations = createRoute({
  ...inShell,
  path: '/reservations',
  validateSearch: readSearch(['view', 'state', 'siteId', 'evseId', 'day', 'open'], ['inError']),
  component: lazyRouteComponent(() => import('./screens/reservations/reservations-screen.tsx'), 'ReservationsScreen'),
})
const energy = createRoute({
  ...inShell,
  path: '/energy',
  validateSearch: readSearch(['siteId', 'hours'], ['inError']),
  component: lazyRouteComponent(() => import('./screens/energy/energy-screen.tsx'), 'EnergyScreen'),
})
const drivers = createRoute({
  ...inShell,
  path: '/drivers',
  validateSearch: readSearch(['q', 'tab'], ['inError', 'create']),
  component: lazyRouteComponent(() => import('./screens/drivers/drivers-screen.tsx'), 'DriversScreen'),
})
const driver = createRoute({
  ...inShell,
  path: '/drivers/$id',
  component: lazyRouteComponent(() => import('./screens/drivers/driver-screen.tsx'), 'DriverScreen'),
})
const tariffs = createRoute({
  ...inShell,
  path: '/tariffs',
  validateSearch: readSearch([], ['inError']),
  component: lazyRouteComponent(() => import('./screens/tariffs/tariffs-screen.tsx'), 'TariffsScreen'),
})
const tariff = createRoute({
  ...inShell,
  path: '/tariffs/$id',
  component: lazyRouteComponent(() => import('./screens/tariffs/tariff-screen.tsx'), 'TariffScreen'),
})
const priceSeries = createRoute({
  ...inShell,
  path: '/prices',
  validateSearch: readSearch([], ['inError']),
  component: lazyRouteComponent(() => import('./screens/prices/price-series-screen.tsx'), 'PriceSeriesScreen'),
})
const prices = createRoute({
  ...inShell,
  path: '/prices/$name',
  validateSearch: readSearch(['day', 'days'], []),
  component: lazyRouteComponent(() => import('./screens/prices/prices-screen.tsx'), 'PricesScreen'),
})
const site = createRoute({
  ...inShell,
  path: '/sites/$id',
  component: lazyRouteComponent(() => import('./screens/sites/site-screen.tsx'), 'SiteScreen'),
})
const ledger = createRoute({
  ...inShell,
  path: '/ledger',
  validateSearch: readSearch(['account', 'sessionId', 'from', 'to'], ['inError']),
  component: lazyRouteComponent(() => import('./screens/ledger/ledger-screen.tsx'), 'LedgerScreen'),
})
const settings = createRoute({
  ...inShell,
  path: '/settings',
  validateSearch: readSearch(['tab'], ['all', 'inError']),
  component: lazyRouteComponent(() => import('./screens/settings/settings-screen.tsx'), 'SettingsScreen'),
})

const routeTree = root.addChildren([
  setUp,
  shell.addChildren([
    now,
    map,
    site,
    stations,
    station,
    sessions,
    session,
    reservations,
    energy,
    drivers,
    driver,
    tariffs,
    tariff,
    priceSeries,
    prices,
    ledger,
    settings,
  ]),
])

/** The console's addresses, all below /console. */
export const router = createRouter({ routeTree, basepath: '/console', defaultPreload: 'intent', scrollRestoration: true })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
