import { insertDriver, type Tx } from '@voltway/store'
import { type DriverId, type RandomBytes, type TenantId, uuidv7 } from '@voltway/units'
import { Type } from 'typebox'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { Text } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { createToken } from './create-token.ts'
import { DriverView, driverView } from './driver-schemas.ts'
import { findDriver } from './find-driver.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 20 characters, the most that an OCPP 1.6 idTag holds: 90 random bits behind a mark of ours. */
const newToken = (mark: string, random: RandomBytes) => `${mark}${Array.from(random(18), (byte) => ALPHABET[byte % 32]).join('')}`

export interface NewDriver {
  readonly name: string
  readonly email?: string
  readonly phone?: string
  readonly locale?: string
}

/**
 * A person and the driver they are, with the tokens that the platform presents to stations for them. The app token is registered like
 * a card, under its hash: what a station reports of a start by the app is found to be this driver's.
 */
export const createDriver = async (
  tx: Tx,
  services: Services,
  { tenantId, driver }: { readonly tenantId: TenantId; readonly driver: NewDriver },
): Promise<DriverId> => {
  const now = services.clock.now()
  const id = uuidv7<'Driver'>(now, services.random)
  const appToken = newToken('VA', services.random)
  await insertDriver(tx, tenantId, {
    id,
    personId: uuidv7<'Person'>(now, services.random),
    name: driver.name,
    email: driver.email ?? null,
    phone: driver.phone ?? null,
    locale: driver.locale ?? 'en-GB',
    appToken,
    groupToken: newToken('VG', services.random),
    createdAt: now,
  })
  await createToken(tx, services, { tenantId, driverId: id, token: { type: 'app', token: appToken, label: 'App' } })
  return id
}

export const createDriverRoute = route({
  id: 'createDriver',
  method: 'POST',
  url: '/drivers',
  summary: 'A new driver, without an account of their own',
  access: 'drivers:write',
  status: 201,
  body: Type.Object({
    name: Text(),
    email: Type.Optional(Type.String({ format: 'email', maxLength: 320 })),
    phone: Type.Optional(Text(40)),
    locale: Type.Optional(Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' })),
  }),
  reply: ref(DriverView),
  async handle({ body, caller: { tenantId }, tx, services }) {
    const id = await createDriver(tx, services, { tenantId, driver: body })
    return driverView(await findDriver(tx, tenantId, id))
  },
})
