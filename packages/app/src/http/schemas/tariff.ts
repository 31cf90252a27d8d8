import { type Static, Type } from 'typebox'
import { Instant, Json, Uuid } from './common.ts'
import { named } from './ref.ts'

export const TariffView = named(
  'Tariff',
  Type.Object({
    id: Uuid,
    name: Type.String(),
    version: Type.Integer(),
    definition: Json,
    summary: Type.String(),
    updatedAt: Instant,
    usedBy: Type.Object({ sites: Type.Integer(), evses: Type.Integer() }),
  }),
)
export type TariffView = Static<typeof TariffView>
