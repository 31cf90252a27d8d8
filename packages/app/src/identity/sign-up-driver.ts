import { insertMembership } from '@voltway/store'
import type { DriverId, TenantId } from '@voltway/units'
import { createDriver } from '../http/drivers/create-driver.ts'
import { Problem } from '../http/problems.ts'
import type { ServerServices } from '../server-services.ts'
import type { NewUser } from './identity.ts'

const refusal = (code: 'EMAIL_TAKEN' | 'PASSWORD_REFUSED') =>
  code === 'EMAIL_TAKEN'
    ? new Problem('ALREADY_EXISTS', 'There is an account with this e-mail address.', {
        errors: [{ path: 'body.email', message: 'has an account' }],
      })
    : new Problem('REQUEST_INVALID', 'The password must have 12 to 128 characters.', {
        errors: [{ path: 'body.password', message: 'must have 12 to 128 characters' }],
      })

/** Makes a person who can sign in, then lets `join` make them a member; takes the person back when that fails. @throws Problem */
export const createMember = async <Value>(
  services: ServerServices,
  user: NewUser,
  join: (userId: string) => Promise<Value>,
): Promise<Value> => {
  const created = await services.identity.createUser(user)
  if (!created.ok) throw refusal(created.failure)
  try {
    return await join(created.value.userId)
  } catch (error) {
    await services.identity.removeUser(created.value.userId)
    throw error
  }
}

/** An account, a person, a driver and the membership, or none of them. @throws Problem when the address has an account */
export const signUpDriver = (services: ServerServices, tenantId: TenantId, user: NewUser): Promise<DriverId> =>
  createMember(services, user, (userId) =>
    services.db.inTenant(tenantId, async (tx) => {
      const driverId = await createDriver(tx, services, { tenantId, driver: { name: user.name, email: user.email } })
      await insertMembership(tx, { userId, tenantId, role: 'driver', driverId, createdAt: services.clock.now() })
      return driverId
    }),
  )
