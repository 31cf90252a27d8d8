import { createHmac } from 'node:crypto'
import { apiKeyByHash, firstTenant, membershipsOf, type TenantRow } from '@voltway/store'
import type { FastifyRequest } from 'fastify'
import { appsOf, cookiesOf } from '../identity/app-cookies.ts'
import type { ServerServices } from '../server-services.ts'
import { type Caller, SCOPES, type Scope, scopesOf } from './caller.ts'
import { Problem } from './problems.ts'

export const KEY_PREFIX = 'vw_'

/** How an API key is stored: keyed, so that the table alone opens nothing. */
export const hashApiKey = (key: string, hmacKey: Uint8Array): Uint8Array => createHmac('sha256', hmacKey).update(`api-key:${key}`).digest()

const isScope = (text: string): text is Scope => SCOPES.some((scope) => scope === text)

const programCaller = async (services: ServerServices, key: string): Promise<Caller | undefined> => {
  const row = await apiKeyByHash(services.db.directory, hashApiKey(key, services.secrets.hmacKey))
  if (!row) return undefined
  return {
    tenantId: row.tenantId,
    tenantName: row.tenantName,
    kind: 'key',
    subject: `key:${row.id}`,
    name: row.name,
    email: undefined,
    roles: [],
    scopes: new Set(row.scopes.filter(isScope)),
    driverId: undefined,
  }
}

const personCaller = async (services: ServerServices, cookie: string): Promise<Caller | undefined> => {
  const person = await services.identity.sessionOf(cookie)
  if (!person) return undefined
  const memberships = await membershipsOf(services.db.directory, person.userId)
  const first = memberships[0]
  if (!first) return undefined
  const here = memberships.filter(({ tenantId }) => tenantId === first.tenantId)
  const roles = here.map(({ role }) => role)
  return {
    tenantId: first.tenantId,
    tenantName: first.tenantName,
    kind: 'person',
    subject: `user:${person.userId}`,
    name: person.name,
    email: person.email,
    roles,
    scopes: scopesOf(roles),
    driverId: here.find(({ role }) => role === 'driver')?.driverId ?? undefined,
  }
}

/** Who sent a request, by API key or an app's cookie; undefined for a stranger. A key that is not ours is refused, not ignored. */
export const findCaller = async (
  services: ServerServices,
  request: Pick<FastifyRequest, 'headers' | 'url'>,
): Promise<Caller | undefined> => {
  const { authorization, cookie = '' } = request.headers
  if (authorization !== undefined) {
    const key = /^Bearer (\S+)$/i.exec(authorization)?.[1]
    const caller = key?.startsWith(KEY_PREFIX) ? await programCaller(services, key) : undefined
    if (!caller) throw new Problem('NOT_SIGNED_IN', 'This API key is not known or was revoked.')
    return caller
  }
  for (const app of appsOf(request)) {
    const own = cookiesOf(app, cookie)
    const caller = own === '' ? undefined : await personCaller(services, own)
    if (caller) return caller
  }
  return undefined
}

const known = new WeakMap<ServerServices, TenantRow>()

/** Somebody who is not signed in sees the installation's first tenant. */
export const publicCaller = async (services: ServerServices): Promise<Caller> => {
  const tenant = known.get(services) ?? (await firstTenant(services.db.directory))
  if (!tenant) throw new Problem('NOT_READY', 'This installation has not been set up yet.')
  known.set(services, tenant)
  const { id: tenantId, name: tenantName } = tenant
  return {
    tenantId,
    tenantName,
    kind: 'public',
    subject: 'public',
    name: '',
    email: undefined,
    roles: [],
    scopes: new Set(),
    driverId: undefined,
  }
}
