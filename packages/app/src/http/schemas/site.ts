import { SITE_ACCESS, type SiteAccess } from '@voltway/domain/stations'
import { type Static, Type } from 'typebox'
import { OneOf, Text, Uuid, Watts } from './common.ts'
import { named } from './ref.ts'

const SITE_KINDS = ['home', 'station', 'parking', 'depot'] as const

/** What an operator says of a site. */
export const siteFields = {
  name: Text(),
  kind: OneOf(SITE_KINDS),
  address: Text(),
  city: Text(),
  country: Type.String({ pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' }),
  latitude: Type.Number({ minimum: -90, maximum: 90 }),
  longitude: Type.Number({ minimum: -180, maximum: 180 }),
  timeZone: Type.String({ minLength: 1, maxLength: 64, description: 'IANA name' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', description: 'ISO 4217' }),
  gridLimitW: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000, description: 'W' })),
  operatorName: Text(),
  access: Type.Optional(
    Type.Unsafe<SiteAccess>({
      ...OneOf(SITE_ACCESS),
      description: 'A private site is not offered to drivers: it serves those whose card its stations accept; public unless told',
    }),
  ),
  steering: Type.Optional(
    Type.Boolean({ description: 'Whether its stations are steered by its plan; unless told, where there is a grid limit' }),
  ),
}

export const SiteView = named(
  'Site',
  Type.Object({
    id: Uuid,
    ...siteFields,
    tariffId: Type.Optional(Uuid),
    counts: Type.Object({
      evses: Type.Integer(),
      available: Type.Integer(),
      charging: Type.Integer(),
      faulted: Type.Integer(),
      offline: Type.Integer(),
    }),
    powerW: Watts,
  }),
)
export type SiteView = Static<typeof SiteView>
