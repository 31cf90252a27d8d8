import { Type } from 'typebox'
import { given } from '../given.ts'
import { route } from '../route.ts'
import { OneOf, Uuid } from '../schemas/common.ts'

export const getMeRoute = route({
  id: 'getMe',
  method: 'GET',
  url: '/me',
  summary: 'Who is signed in, and as what',
  access: 'signedIn',
  reply: Type.Object({
    user: Type.Object({ name: Type.String(), email: Type.Optional(Type.String()) }),
    roles: Type.Array(OneOf(['owner', 'operator', 'viewer', 'driver'] as const)),
    scopes: Type.Array(Type.String()),
    tenant: Type.Object({ id: Uuid, name: Type.String() }),
    driver: Type.Optional(Type.Object({ id: Uuid, name: Type.String() })),
  }),
  handle: async ({ caller }) =>
    given({
      user: given({ name: caller.name, email: caller.email }),
      roles: [...caller.roles],
      scopes: [...caller.scopes],
      tenant: { id: caller.tenantId, name: caller.tenantName },
      driver: caller.driverId && { id: caller.driverId, name: caller.name },
    }),
})
