import { type AuthPool, removeAuthUser } from '@voltway/store'
import { fail, ok } from '@voltway/units'
import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { APIError } from 'better-auth/api'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Identity } from './identity.ts'

/** Set by our server from the connection, never taken from a client. */
export const CLIENT_IP_HEADER = 'x-voltway-client-ip'

export interface AuthSetting {
  readonly pool: AuthPool
  readonly secret: string
  readonly config: Pick<Config, 'publicUrl' | 'signInsPerMinute'>
  readonly log: Log
}

/** E-mail and password with server-side sessions; nothing else of the library is switched on. */
export const authOptions = ({ pool, secret, config, log }: AuthSetting) =>
  ({
    appName: 'Voltway',
    database: pool,
    secret,
    baseURL: config.publicUrl ?? 'http://127.0.0.1',
    basePath: '/api/auth',
    // Our server has compared the Origin header with its own address before the library sees a request.
    trustedOrigins: (request) => [request?.headers.get('origin') ?? ''].filter((origin) => origin !== ''),
    emailAndPassword: { enabled: true, minPasswordLength: 12, maxPasswordLength: 128, autoSignIn: true },
    session: { expiresIn: 14 * 86_400, updateAge: 86_400 },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 600,
      customRules: {
        '/sign-in/email': { window: 60, max: config.signInsPerMinute },
        '/sign-up/email': { window: 60, max: config.signInsPerMinute },
      },
    },
    advanced: {
      cookiePrefix: 'voltway',
      useSecureCookies: config.publicUrl?.startsWith('https:') ?? false,
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
    },
    telemetry: { enabled: false },
    logger: { level: 'warn', log: (level, message) => log[level === 'error' ? 'error' : 'warn'](message, { part: 'identity' }) },
  }) satisfies BetterAuthOptions

export const createIdentity = (setting: AuthSetting): Identity => {
  const auth = betterAuth(authOptions(setting))
  return {
    handler: (request) => auth.handler(request),
    sessionOf: async (cookie) => {
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) })
      return found ? { userId: found.user.id, name: found.user.name, email: found.user.email } : undefined
    },
    createUser: async (body) => {
      try {
        const { user } = await auth.api.signUpEmail({ body })
        return ok({ userId: user.id })
      } catch (error) {
        if (!(error instanceof APIError)) throw error
        return fail(String(error.body?.code).includes('USER_ALREADY_EXISTS') ? 'EMAIL_TAKEN' : 'PASSWORD_REFUSED')
      }
    },
    removeUser: (userId) => removeAuthUser(setting.pool, userId),
    close: () => setting.pool.end(),
  }
}
