import { updatePerson } from '@voltway/store'
import { Type } from 'typebox'
import { DriverView, driverView } from '../drivers/driver-schemas.ts'
import { findDriver } from '../drivers/find-driver.ts'
import { route } from '../route.ts'
import { Text } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { driverOf } from './accept-offer.ts'

export const getProfileRoute = route({
  id: 'getProfile',
  method: 'GET',
  url: '/driver/profile',
  summary: 'The driver who is signed in',
  access: 'driver',
  reply: ref(DriverView),
  handle: async ({ caller, tx }) => driverView(await findDriver(tx, caller.tenantId, driverOf(caller))),
})

export const updateProfileRoute = route({
  id: 'updateProfile',
  method: 'PATCH',
  url: '/driver/profile',
  summary: "Changes the driver's own details; what is left out stays",
  access: 'driver',
  body: Type.Partial(
    Type.Object({
      name: Text(),
      phone: Type.Unsafe<string | null>({ type: ['string', 'null'], minLength: 3, maxLength: 40 }),
      locale: Type.String({ pattern: '^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$' }),
    }),
  ),
  reply: ref(DriverView),
  async handle({ body, caller, tx }) {
    const driverId = driverOf(caller)
    await updatePerson(tx, caller.tenantId, { driverId, ...body })
    return driverView(await findDriver(tx, caller.tenantId, driverId))
  },
})
