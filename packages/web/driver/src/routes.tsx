import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { FindPage } from './find/find-page.tsx'
import { NotFound } from './layout/not-found.tsx'
import { Shell } from './layout/shell.tsx'

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound })
const words = (search: Record<string, unknown>, key: string) => (typeof search[key] === 'string' ? { [key]: search[key] } : {})
interface NextSearch {
  readonly next?: string
}
interface FindSearch {
  readonly view?: 'map'
}

const routeTree = root.addChildren([
  createRoute({
    getParentRoute: () => root,
    path: '/',
    component: FindPage,
    validateSearch: (search): FindSearch => (search.view === 'map' ? { view: 'map' } : {}),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sites/$siteId',
    component: lazyRouteComponent(() => import('./place/site-page.tsx'), 'SitePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/e/$code',
    component: lazyRouteComponent(() => import('./place/evse-page.tsx'), 'EvsePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/plan/$code',
    component: lazyRouteComponent(() => import('./plan/plan-page.tsx'), 'PlanPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/best',
    component: lazyRouteComponent(() => import('./best/best-page.tsx'), 'BestPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/reservations/$id',
    component: lazyRouteComponent(() => import('./reservation/reservation-page.tsx'), 'ReservationPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/start',
    component: lazyRouteComponent(() => import('./start/start-page.tsx'), 'StartPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/start/$code',
    component: lazyRouteComponent(() => import('./start/start-evse-page.tsx'), 'StartEvsePage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/help',
    component: lazyRouteComponent(() => import('./start/help-page.tsx'), 'HelpPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sessions/$id',
    component: lazyRouteComponent(() => import('./session/session-page.tsx'), 'SessionPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sessions/$id/receipt',
    component: lazyRouteComponent(() => import('./session/receipt-page.tsx'), 'ReceiptPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/charging',
    component: lazyRouteComponent(() => import('./charging/charging-page.tsx'), 'ChargingPage'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/notifications',
    component: lazyRouteComponent(() => import('./charging/notices-page.tsx'), 'NoticesPage'),
  }),
  createRoute({ getParentRoute: () => root, path: '/me', component: lazyRouteComponent(() => import('./me/me-page.tsx'), 'MePage') }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    component: lazyRouteComponent(() => import('./me/sign-in-page.tsx'), 'SignInPage'),
    validateSearch: (search): NextSearch => words(search, 'next'),
  }),
  createRoute({
    getParentRoute: () => root,
    path: '/sign-up',
    component: lazyRouteComponent(() => import('./me/sign-up-page.tsx'), 'SignUpPage'),
    validateSearch: (search): NextSearch => words(search, 'next'),
  }),
])

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true, defaultPendingMinMs: 0 })

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
