import { noticeText } from './charging/notice-text.ts'
import { text } from './text.ts'

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly { readonly url: string; readonly revision: string | null }[]
}

const MANIFEST = self.__WB_MANIFEST
const version = MANIFEST.map(({ url, revision }) => `${url}${revision ?? ''}`).join()
/** Each file once: the build names icons twice, and a cache refuses that. */
const SHELL = [...new Set(MANIFEST.map(({ url }) => `/${url.replace(/^\//, '')}`))]
const hashOf = async (words: string) => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(words)))
  return Array.from(digest.slice(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
const shellName = hashOf(version).then((hash) => `shell-${hash}`)
/** What the app last heard; emptied by the app when its driver signs out. */
const FACTS = 'facts'
const ASSETS = 'assets'

self.addEventListener('install', (event) => {
  event.waitUntil(
    shellName
      .then((name) => caches.open(name))
      .then((cache) => cache.addAll(SHELL.map((url) => new Request(url, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  const tidy = async () => {
    const kept = [await shellName, FACTS, ASSETS]
    for (const name of await caches.keys()) if (!kept.includes(name)) await caches.delete(name)
    await self.clients.claim()
  }
  event.waitUntil(tidy())
})

/** Tells open pages whether the platform answers: a browser believes in a network that leads nowhere. */
const tellReached = async (reached: boolean) => {
  for (const client of await self.clients.matchAll()) client.postMessage({ reached })
}

/** The network's answer, kept for when there is no network. */
const networkFirst = async (request: Request) => {
  const cache = await caches.open(FACTS)
  try {
    const answer = await fetch(request)
    if (answer.ok) await cache.put(request, answer.clone())
    void tellReached(true)
    return answer
  } catch (error) {
    void tellReached(false)
    const known = await cache.match(request)
    if (known) return known
    throw error
  }
}

/** Built files carry their hash: what is known never changes. */
const cacheFirst = async (request: Request) => {
  const known = await caches.match(request)
  if (known) return known
  const answer = await fetch(request)
  if (answer.ok) await (await caches.open(ASSETS)).put(request, answer.clone())
  return answer
}

const page = (request: Request) => fetch(request).catch(async () => (await caches.match('/index.html')) ?? Response.error())

const isFact = (path: string) => path.startsWith('/api/v1/') && !path.endsWith('/events') && !path.endsWith('.pdf')
/** The console's answers are somebody else's: they are not kept for this app. */
const isForConsole = ({ headers }: Request) => headers.get('x-voltway-app') === 'console'
const isOtherApp = (path: string) => /^\/(console|simulator|api|q)(\/|$)/.test(path)

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (isForConsole(request)) return
  if (isFact(url.pathname)) return event.respondWith(networkFirst(request))
  if (isOtherApp(url.pathname)) return
  if (request.mode === 'navigate') return event.respondWith(page(request))
  if (url.pathname.startsWith('/assets/')) event.respondWith(cacheFirst(request))
})

interface Pushed {
  readonly kind: string
  readonly sessionId?: string | null
  readonly data?: Readonly<Record<string, unknown>>
}

self.addEventListener('push', (event) => {
  const { kind, sessionId, data } = (event.data?.json() ?? { kind: 'unknown' }) as Pushed
  const tag = `${kind}${sessionId ?? ''}`
  const shown = {
    body: noticeText(kind, data ?? {}),
    tag,
    icon: '/icon-192.png',
    data: { path: sessionId ? `/sessions/${sessionId}` : '/charging' },
  }
  event.waitUntil(self.registration.showNotification(text('appName'), shown))
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const { path } = event.notification.data as { path: string }
  event.waitUntil(self.clients.openWindow(path))
})
