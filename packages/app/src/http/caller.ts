import type { DriverId, TenantId } from '@voltway/units'

/** What an API key or an operator's role may do. */
export const SCOPES = [
  'stations:read',
  'stations:write',
  'sessions:read',
  'sessions:write',
  'tariffs:read',
  'tariffs:write',
  'drivers:read',
  'drivers:write',
  'billing:read',
  'commands:write',
  'admin',
] as const
export type Scope = (typeof SCOPES)[number]

export type Role = 'owner' | 'operator' | 'viewer' | 'driver'

const READING = SCOPES.filter((scope) => scope.endsWith(':read'))
const SCOPES_OF: Readonly<Record<Role, readonly Scope[]>> = {
  owner: SCOPES,
  operator: SCOPES.filter((scope) => scope !== 'admin'),
  viewer: READING,
  driver: [],
}
export const scopesOf = (roles: readonly Role[]): ReadonlySet<Scope> => new Set(roles.flatMap((role) => SCOPES_OF[role]))

/** Who asks. The tenant comes from here and from nowhere else in a request. */
export interface Caller {
  readonly tenantId: TenantId
  readonly tenantName: string
  readonly kind: 'person' | 'key' | 'public'
  /** For records of who asked for what: `user:…`, `key:…`. */
  readonly subject: string
  readonly name: string
  readonly email: string | undefined
  readonly roles: readonly Role[]
  readonly scopes: ReadonlySet<Scope>
  readonly driverId: DriverId | undefined
}

/** What a route asks of its caller: nothing, anybody known, one scope, or being a driver. */
export type Access = 'public' | 'signedIn' | 'driver' | Scope
