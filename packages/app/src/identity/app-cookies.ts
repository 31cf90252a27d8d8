/** The apps that one browser may be signed in to at once, each as somebody else. */
export const APPS = ['console', 'driver'] as const
export type AppName = (typeof APPS)[number]

/** Says which app of ours asks; a program that sends none is taken for the app that its address belongs to. */
export const APP_HEADER = 'x-voltway-app'

/** What the identity library calls its cookies; the driver app's have a name of their own in the browser. */
const PREFIX: Readonly<Record<AppName, string>> = { console: 'voltway', driver: 'voltway-driver' }
/** Cookies of an https address begin so, and browsers hold them to it. */
const SECURE = '__Secure-'

const renamed = (pair: string, from: string, to: string): string | undefined => {
  const secure = pair.startsWith(SECURE) ? SECURE : ''
  const rest = pair.slice(secure.length)
  return rest.startsWith(`${from}.`) ? `${secure}${to}${rest.slice(from.length)}` : undefined
}

/** Of a Cookie header what belongs to one app, by the library's own names; empty where nothing does. */
export const cookiesOf = (app: AppName, header: string): string =>
  header
    .split(';')
    .flatMap((pair) => renamed(pair.trim(), PREFIX[app], PREFIX.console) ?? [])
    .join('; ')

/** What the library sets, by one app's names. */
export const cookiesFor = (app: AppName, setCookies: readonly string[]): string[] =>
  setCookies.map((text) => renamed(text, PREFIX.console, PREFIX[app]) ?? text)

/** As whom a request may speak: only as the app that names itself, else as its address suggests and then as the other. */
export const appsOf = ({
  url,
  headers,
}: {
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
}): readonly AppName[] => {
  const named = APPS.find((app) => app === headers[APP_HEADER])
  if (named) return [named]
  return url.startsWith('/api/v1/driver/') || url.startsWith('/api/auth/sign-up/') ? ['driver', 'console'] : ['console', 'driver']
}
