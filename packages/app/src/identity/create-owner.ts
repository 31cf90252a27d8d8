import { insertMembership, insertTenant } from '@voltway/store'
import { type TenantId, uuidv7 } from '@voltway/units'
import type { ServerServices } from '../server-services.ts'
import type { NewUser } from './identity.ts'
import { createMember } from './sign-up-driver.ts'

/** A tenant and the person who owns it, or neither. @throws Problem when the address has an account */
export const createOwner = (
  services: ServerServices,
  { organisation, owner }: { readonly organisation: string; readonly owner: NewUser },
): Promise<TenantId> =>
  createMember(services, owner, async (userId) => {
    const createdAt = services.clock.now()
    const tenantId = uuidv7<'Tenant'>(createdAt, services.random)
    await services.db.inTenant(tenantId, async (tx) => {
      await insertTenant(tx, { id: tenantId, name: organisation, createdAt })
      await insertMembership(tx, { userId, tenantId, role: 'owner', driverId: null, createdAt })
    })
    return tenantId
  })
