import { listIdTokens } from '@voltway/store'
import { TokenView, tokenView } from '../drivers/driver-schemas.ts'
import { route } from '../route.ts'
import { listOf } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { driverOf } from './accept-offer.ts'

export const listOwnTokensRoute = route({
  id: 'listOwnTokens',
  method: 'GET',
  url: '/driver/tokens',
  summary: "The driver's cards",
  access: 'driver',
  reply: listOf(ref(TokenView)),
  handle: async ({ caller, tx }) => ({
    items: (await listIdTokens(tx, caller.tenantId, { driverId: driverOf(caller), cardsOnly: true })).map(tokenView),
  }),
})
