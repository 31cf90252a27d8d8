import type { Scope } from '../http/caller.ts'
import type { NewDriver } from '../http/drivers/create-driver.ts'
import type { NewToken } from '../http/drivers/create-token.ts'
import type { NewVehicle } from '../http/drivers/driver-schemas.ts'
import type { NewStation } from '../http/schemas/station.ts'
import type { NewSite } from '../http/sites/create-site.ts'
import type { NewUser } from '../identity/identity.ts'

/** An organisation with everything in it; names inside the plan tie its parts together. */
export interface SeedPlan {
  readonly organisation: string
  readonly owner: NewUser
  /** Further people of the organisation. */
  readonly staff?: readonly (NewUser & { readonly role: 'operator' | 'viewer' })[]
  /** Definitions as the domain's tariff JSON, by a name that sites and EVSEs use. */
  readonly tariffs: Readonly<Record<string, unknown>>
  readonly sites: readonly (NewSite & {
    readonly tariff?: string
    readonly stations: readonly (Omit<NewStation, 'siteId' | 'evses'> & {
      readonly evses: readonly (Omit<NewStation['evses'][number], 'tariffId'> & { readonly tariff?: string })[]
    })[]
  })[]
  readonly drivers: readonly (NewDriver & {
    /** Given one, the driver can sign in with it and their e-mail. */
    readonly password?: string
    readonly vehicles?: readonly NewVehicle[]
    readonly tokens?: readonly NewToken[]
  })[]
  readonly apiKeys?: readonly { readonly name: string; readonly scopes: readonly Scope[] }[]
}

export interface SeededStation {
  readonly id: string
  readonly siteId: string
  readonly identity: string
  readonly password: string
  readonly evses: readonly { readonly id: string; readonly number: number; readonly code: string }[]
}

/** What was made, with the secrets that are shown only now. */
export interface Seeded {
  readonly tenantId: string
  readonly tariffIds: Readonly<Record<string, string>>
  readonly siteIds: readonly string[]
  readonly stations: readonly SeededStation[]
  readonly drivers: readonly { readonly id: string; readonly name: string; readonly vehicleIds: readonly string[] }[]
  readonly apiKeys: readonly { readonly name: string; readonly key: string }[]
}
