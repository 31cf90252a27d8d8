import { route } from '../route.ts'
import { IdParams } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { TariffView } from '../schemas/tariff.ts'
import { tariffView } from '../views/tariff-view.ts'
import { findTariff } from './find-tariff.ts'

export const getTariffRoute = route({
  id: 'getTariff',
  method: 'GET',
  url: '/tariffs/:id',
  summary: 'One tariff',
  access: 'tariffs:read',
  params: IdParams,
  reply: ref(TariffView),
  handle: async ({ params, caller, tx }) => tariffView(await findTariff(tx, caller.tenantId, params.id)),
})
