import { tariffToJson } from '@voltway/domain/tariffs'
import { appendOutbox, insertTariff, type Tx } from '@voltway/store'
import { type TariffId, type TenantId, uuidv7 } from '@voltway/units'
import { Type } from 'typebox'
import type { Services } from '../../services.ts'
import { route } from '../route.ts'
import { Json, Text } from '../schemas/common.ts'
import { ref } from '../schemas/ref.ts'
import { TariffView } from '../schemas/tariff.ts'
import { tariffView } from '../views/tariff-view.ts'
import { findTariff, readTariff } from './find-tariff.ts'

export interface NewTariff {
  /** The definition's own name when left out. */
  readonly name?: string
  /** The domain's tariff as JSON. */
  readonly definition: unknown
}

/** @throws Problem TARIFF_INVALID */
export const createTariff = async (
  tx: Tx,
  services: Services,
  { tenantId, tariff }: { readonly tenantId: TenantId; readonly tariff: NewTariff },
): Promise<TariffId> => {
  const definition = readTariff(tariff.definition)
  const now = services.clock.now()
  const id = uuidv7<'Tariff'>(now, services.random)
  await insertTariff(tx, tenantId, { id, name: tariff.name ?? definition.name, definition: tariffToJson(definition), now })
  await appendOutbox(tx, tenantId, [{ type: 'tariff.changed', subject: id, data: { tariffId: id }, recordedAt: now }])
  return id
}

export const createTariffRoute = route({
  id: 'createTariff',
  method: 'POST',
  url: '/tariffs',
  summary: 'A new tariff',
  access: 'tariffs:write',
  status: 201,
  body: Type.Object({ name: Type.Optional(Text(80)), definition: Json }),
  reply: ref(TariffView),
  async handle({ body, caller: { tenantId }, tx, services }) {
    const id = await createTariff(tx, services, { tenantId, tariff: body })
    return tariffView(await findTariff(tx, tenantId, id))
  },
})
