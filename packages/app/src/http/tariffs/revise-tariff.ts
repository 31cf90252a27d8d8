import { tariffToJson } from '@voltway/domain/tariffs'
import { appendOutbox, reviseTariff } from '@voltway/store'
import { Type } from 'typebox'
import { route } from '../route.ts'
import { IdParams, Json, Text } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { TariffView } from '../schemas/tariff.ts'
import { tariffView } from '../views/tariff-view.ts'
import { findTariff, readTariff } from './find-tariff.ts'

export const reviseTariffRoute = route({
  id: 'reviseTariff',
  method: 'PUT',
  url: '/tariffs/:id',
  summary: 'The next version of a tariff; what was accepted before keeps its own copy',
  access: 'tariffs:write',
  params: IdParams,
  body: Type.Object({ name: Type.Optional(Text(80)), definition: Json }),
  reply: ref(TariffView),
  async handle({ params, body, caller: { tenantId }, tx, services }) {
    const { id } = await findTariff(tx, tenantId, params.id)
    const definition = readTariff(body.definition)
    const now = services.clock.now()
    await reviseTariff(tx, tenantId, { id, name: body.name ?? definition.name, definition: tariffToJson(definition), now })
    await appendOutbox(tx, tenantId, [{ type: 'tariff.changed', subject: id, data: { tariffId: id }, recordedAt: now }])
    return tariffView(await findTariff(tx, tenantId, id))
  },
})
